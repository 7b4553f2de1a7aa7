// What people said: inside the firm only.
import { useState } from 'preact/hooks'
import { me } from '../desk/session.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { html } from '../parts/html.js'

function Comment({ comment }) {
  return html`<li class="comment">
    <${Avatar} person=${comment.author} size="s" />
    <div><p class="comment-head"><b>${comment.author?.name ?? 'Somebody'}</b> <time datetime=${comment.createdAt} title=${exactMoment(comment.createdAt)}>${agoWords(comment.createdAt, minute.value)}</time></p>
    <p class="comment-body">${comment.body}</p></div>
  </li>`
}

/** `comments` is undefined until they are known; `onSend(body)` adds one. */
export function Comments({ comments, onSend }) {
  const [body, setBody] = useState('')
  const send = (event) => {
    event?.preventDefault()
    if (!body.trim()) return
    onSend(body.trim())
    setBody('')
  }
  const onKeyDown = (event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) send(event) }
  return html`<section class="drawer-part" aria-labelledby="comments-title">
    <h3 id="comments-title">Comments</h3>
    ${comments?.length > 0 && html`<ol class="comments" role="list">${comments.map((comment) => html`<${Comment} key=${comment.id} comment=${comment} />`)}</ol>`}
    <form class="comment-form" onSubmit=${send}>
      <${Avatar} person=${me()} size="s" />
      <textarea rows=${body ? 3 : 1} aria-label="Write a comment" placeholder="A comment for the firm alone" value=${body} onInput=${(event) => setBody(event.target.value)} onKeyDown=${onKeyDown}></textarea>
      ${body && html`<button type="submit" class="button button-strong" title="⌘ Enter">Send</button>`}
    </form>
  </section>`
}
