// What the firm and the client say to each other: one thread for each client.
import { useEffect, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { done, wordsFor } from './door.js'
import { momentWords } from './words.js'

const SHOWN = 6

export function Messages({ messages, clients, firm, onChange }) {
  return html`<section class="portal-part" aria-labelledby="messages">
    <h2 id="messages">Messages</h2>
    ${clients.map((client) => html`<${Thread} key=${client.id} client=${client} firm=${firm} onChange=${onChange}
      named=${clients.length > 1} messages=${messages.filter((one) => one.client.id === client.id)} />`)}
  </section>`
}

function Thread({ client, messages, named, firm, onChange }) {
  const [all, setAll] = useState(false)
  const [problem, setProblem] = useState('')
  useRead(messages, onChange)
  // They come with the latest first; people read them with the latest last.
  const shown = (all ? messages : messages.slice(0, SHOWN)).toReversed()
  return html`<article class="thread">
    ${named && html`<h3>${client.name}</h3>`}
    ${shown.length < messages.length && html`<button type="button" class="portal-again" onClick=${() => setAll(true)}>Show all ${messages.length}</button>`}
    ${shown.length > 0 && html`<ol class="said">${shown.map((one) => html`<li key=${one.id} data-ours=${!one.fromFirm}>
      <p class="said-head"><b>${one.author}</b> <time datetime=${one.createdAt}>${momentWords(one.createdAt)}</time>${one.job && html` · ${one.job.title}`}</p>
      <p class="said-body">${one.body}</p>
    </li>`)}</ol>`}
    ${problem && html`<p class="portal-problem" role="alert">${problem}</p>`}
    <${Write} client=${client} firm=${firm} named=${named} onSent=${onChange} onProblem=${setProblem} />
  </article>`
}

/** What is on the screen of somebody who looks has been read: the latest of each thread says so. */
function useRead(messages, onChange) {
  const waiting = messages.filter((one) => one.fromFirm && !one.readAt)
  const latest = [...new Map(waiting.toReversed().map((one) => [one.job?.id, one.id])).values()]
  useEffect(() => {
    if (!latest.length || document.hidden) return
    Promise.all(latest.map((id) => done('PortalRead', { id }))).then(onChange, () => {})
  }, [latest.join()])
}

function Write({ client, firm, named, onSent, onProblem }) {
  const [body, setBody] = useState('')
  const [busy, setBusy] = useState(false)
  async function send(event) {
    event.preventDefault()
    setBusy(true)
    onProblem('')
    try {
      await done('PortalSend', { clientId: client.id, body: body.trim() })
      setBody('')
      await onSent()
    } catch (trouble) {
      onProblem(wordsFor(trouble))
    } finally {
      setBusy(false)
    }
  }
  const label = named ? `Message to ${firm} for ${client.name}` : `Message to ${firm}`
  return html`<form class="thread-write" onSubmit=${send}>
    <textarea rows="2" maxlength="10000" aria-label=${label} placeholder=${`Write to ${firm}`} value=${body} onInput=${(event) => setBody(event.target.value)}></textarea>
    <button class="button button-strong" disabled=${busy || !body.trim()}>Send</button>
  </form>`
}
