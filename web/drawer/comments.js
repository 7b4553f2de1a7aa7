// What people said: inside the firm only.
import { useState } from 'preact/hooks'
import { addComment, changeComment, deleteComment } from '../desk/comment-verbs.js'
import { writerOf } from '../desk/presence.js'
import { isMe, may, me } from '../desk/session.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { Writing } from '../parts/here.js'
import { html } from '../parts/html.js'
import { Sure } from '../parts/sure.js'

const LONGEST = 10_000

function Field({ label, text, onSend, onCancel, children }) {
  const [body, setBody] = useState(text)
  const send = (event) => {
    event.preventDefault()
    if (!body.trim()) return
    onSend(body.trim())
    setBody(text)
  }
  const onKeyDown = (event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send(event)
    if (event.key === 'Escape' && onCancel) { event.preventDefault(); onCancel() }
  }
  return html`<form class="comment-form" onSubmit=${send}>
    ${children}
    <textarea rows=${body ? 3 : 1} maxlength=${LONGEST} aria-label=${label} data-edits="comments" placeholder="A comment for the firm alone" value=${body} onInput=${(event) => setBody(event.target.value)} onKeyDown=${onKeyDown}></textarea>
    ${body && html`<button type="submit" class="button button-strong" title="⌘ Enter">Send</button>`}
  </form>`
}

function Comment({ comment, thing }) {
  const [changing, setChanging] = useState(false)
  const mine = isMe(comment.author)
  const change = (body) => { setChanging(false); changeComment(thing, comment.id, body) }
  return html`<li class="comment">
    <${Avatar} person=${comment.author} size="s" />
    <div><p class="comment-head"><b>${comment.author?.name ?? 'Somebody'}</b> <time datetime=${comment.createdAt} title=${exactMoment(comment.createdAt)}>${agoWords(comment.createdAt, minute.value)}</time>
      <span class="comment-acts">${mine && !changing && html`<button type="button" class="link" onClick=${() => setChanging(true)}>Change</button>`}
        ${(mine || may('MANAGE_WORK')) && html`<${Sure} class="link" ask="Delete for good?" onSure=${() => deleteComment(thing, comment.id)}>Delete<//>`}</span></p>
    ${changing ? html`<${Field} label="Change the comment" text=${comment.body} onSend=${change} onCancel=${() => setChanging(false)} />` : html`<p class="comment-body">${comment.body}</p>`}</div>
  </li>`
}

/** `thing` is a job or a task; its comments may still be on their way. */
export function Comments({ thing }) {
  return html`<section class="drawer-part" aria-labelledby="comments-title">
    <h3><span id="comments-title">Comments</span><${Writing} person=${writerOf('comments')} /></h3>
    ${thing.comments?.length > 0 && html`<ol class="comments" role="list">${thing.comments.map((comment) => html`<${Comment} key=${comment.id} comment=${comment} thing=${thing} />`)}</ol>`}
    <${Field} label="Write a comment" text="" onSend=${(body) => addComment(thing, body)}><${Avatar} person=${me()} size="s" /><//>
  </section>`
}
