// What the firm and the client say to each other: one thread for each client.
import { useEffect, useRef, useState } from 'preact/hooks'
import { newId } from '../desk/ids.js'
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
  // They come with the latest first; people read them with the latest last.
  const many = useMany(messages)
  const shown = (all ? messages : messages.slice(0, many)).toReversed()
  useRead(shown)
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

const isNew = (one) => one.fromFirm && !one.readAt

/** How many of them are shown: whatever is new and a few before, and once shown they stay. */
function useMany(messages) {
  const many = useRef(SHOWN)
  many.current = Math.max(many.current, messages.findLastIndex(isNew) + 1)
  return many.current
}

/** What is on the screen of somebody who looks has been read: the latest of each thread says so. */
function useRead(shown) {
  const looking = useLooking()
  const latest = [...new Map(shown.filter(isNew).map((one) => [one.job?.id, one.id])).values()]
  useEffect(() => {
    // That it is read now comes back as a change, like all others.
    if (looking) Promise.allSettled(latest.map((id) => done('PortalRead', { id })))
  }, [looking, latest.join()])
}

/** Whether somebody looks at the page, as far as a browser knows. */
function useLooking() {
  const [looking, setLooking] = useState(!document.hidden)
  useEffect(() => {
    const look = () => setLooking(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return looking
}

/** What is typed, under a key of its own: sent again after a lost answer, it is said once. */
const drafted = (body) => ({ body, key: newId('message') })

function Write({ client, firm, named, onSent, onProblem }) {
  const [draft, setDraft] = useState(() => drafted(''))
  const [busy, setBusy] = useState(false)
  async function send(event) {
    event.preventDefault()
    setBusy(true)
    onProblem('')
    try {
      await done('PortalSend', { clientId: client.id, body: draft.body.trim(), idempotencyKey: draft.key })
      setDraft(drafted(''))
      await onSent()
    } catch (trouble) {
      onProblem(wordsFor(trouble))
    } finally {
      setBusy(false)
    }
  }
  const label = named ? `Message to ${firm} for ${client.name}` : `Message to ${firm}`
  return html`<form class="thread-write" onSubmit=${send}>
    <textarea rows="2" maxlength="10000" aria-label=${label} placeholder=${`Write to ${firm}`} value=${draft.body} onInput=${(event) => setDraft(drafted(event.target.value))}></textarea>
    <button class="button button-strong" disabled=${busy || !draft.body.trim()}>Send</button>
  </form>`
}
