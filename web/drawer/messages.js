// What the firm and the client say to each other about a job: the client reads it in the portal.
import { useState } from 'preact/hooks'
import { readMessages, sendMessage } from '../desk/message-verbs.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { html } from '../parts/html.js'

export function Messages({ job }) {
  const [body, setBody] = useState('')
  const unread = job.messages.some((one) => !one.member && !one.readAt)
  const send = (event) => {
    event.preventDefault()
    if (!body.trim()) return
    sendMessage(job, body.trim())
    setBody('')
  }
  return html`<section class="drawer-part" aria-labelledby="messages-title">
    <h3 id="messages-title">Messages with ${job.client.name}</h3>
    ${job.messages.length > 0 && html`<ol class="comments" role="list">${job.messages.map((one) => html`<li key=${one.id} class="comment"><div>
      <p class="comment-head"><b>${one.author}</b> <time datetime=${one.createdAt} title=${exactMoment(one.createdAt)}>${agoWords(one.createdAt, minute.value)}</time>${one.member && one.readAt && ' · read'}</p>
      <p class="comment-body">${one.body}</p>
    </div></li>`)}</ol>`}
    ${unread && html`<p><button type="button" class="link" onClick=${() => readMessages(job)}>Mark as read</button></p>`}
    <form class="comment-form" onSubmit=${send}>
      <textarea rows=${body ? 3 : 1} maxlength="10000" aria-label="Write to the client" placeholder="A message that the client reads" value=${body} onInput=${(event) => setBody(event.target.value)}></textarea>
      ${body && html`<button type="submit" class="button button-strong">Send to the client</button>`}
    </form>
  </section>`
}
