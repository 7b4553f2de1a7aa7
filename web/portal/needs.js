// What the firm needs: each request a card, each item a file to send or a question to answer.
import { useRef, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { done, wordsFor } from './door.js'
import { send } from './sending.js'
import { dateWords } from './words.js'

export function Needs({ requests, onChange }) {
  const open = requests.filter((request) => request.state === 'OPEN')
  return html`<section class="portal-part" aria-labelledby="needs">
    <h2 id="needs">What we need from you</h2>
    ${open.length
      ? open.map((request) => html`<${Card} key=${request.id} request=${request} onChange=${onChange} />`)
      : html`<p class="portal-calm">Nothing at the moment. We write to you when we need something.</p>`}
  </section>`
}

function Card({ request, onChange }) {
  const missing = request.items.filter((item) => item.state === 'OPEN').length
  return html`<article class="need">
    <header>
      <h3>${request.title}</h3>
      <p class="need-about">${request.client.name}${request.dueDate && html` · by <time datetime=${request.dueDate}>${dateWords(request.dueDate)}</time>`}${request.overdue && html` <span class="portal-state" data-state="OVERDUE">Overdue</span>`}</p>
      <p class="need-count">${missing} of ${request.items.length} still missing</p>
    </header>
    <ol class="need-items">
      ${request.items.map((item) => html`<li key=${item.id} class="need-item" data-state=${item.state}>
        <p class="need-text">${item.state !== 'OPEN' && html`<${Icon} name="check" /><span class="visually-hidden">Done: </span>`}${item.text}</p>
        ${item.rejection && html`<p class="need-rejection"><b>Please send it again:</b> ${item.rejection}</p>`}
        <${item.state === 'ACCEPTED' ? Accepted : item.kind === 'FILE' ? FileItem : Question} item=${item} onChange=${onChange} />
      </li>`)}
    </ol>
  </article>`
}

/** Runs one act of a person, and keeps what stood against it. */
function useAct(onChange) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  async function act(work) {
    setBusy(true)
    setProblem('')
    try {
      await work()
      await onChange()
    } catch (trouble) {
      setProblem(wordsFor(trouble))
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, act }
}

/** What the firm has found good: it stays as it is. */
const Accepted = ({ item }) => html`<p class="need-sent">${item.answer ?? cleanOf(item).map((document) => document.name).join(', ')}</p>`

const cleanOf = (item) => item.documents.filter((document) => document.state === 'CLEAN')

function FileItem({ item, onChange }) {
  const [part, setPart] = useState(null)
  const { busy, problem, act } = useAct(onChange)
  const chosen = useRef(null)
  const choose = () => act(async () => {
    const [file] = chosen.current.files
    // Browsers say nothing of the file that is chosen already: after a failure it may come again.
    chosen.current.value = ''
    if (file) await send(item.id, file, setPart)
  }).finally(() => setPart(null))
  return html`<div class="need-file">
    ${cleanOf(item).map((document) => html`<p key=${document.id} class="need-sent">${document.name}</p>`)}
    ${busy && html`<progress aria-label=${`Sending for ${item.text}`} value=${part} max="1"></progress>`}
    ${problem && html`<p class="portal-problem" role="alert">${problem}</p>`}
    <label class=${`button ${item.state === 'OPEN' ? 'button-strong' : ''}`} data-busy=${busy}>
      ${busy ? 'Sending …' : item.state === 'OPEN' ? 'Choose a file' : 'Send another file'}
      <input class="visually-hidden" type="file" ref=${chosen} disabled=${busy} onChange=${choose} aria-label=${`File: ${item.text}`} />
    </label>
  </div>`
}

function Question({ item, onChange }) {
  const [draft, setDraft] = useState(null)
  // Until something is typed here, what was answered, be it elsewhere and just now.
  const answer = draft ?? item.answer ?? ''
  const { busy, problem, act } = useAct(async () => {
    await onChange()
    setDraft((now) => (now === draft ? null : now))
  })
  const changed = answer.trim() !== (item.answer ?? '')
  const submit = (event) => {
    event.preventDefault()
    act(() => done('AnswerItem', { id: item.id, answer: answer.trim() }))
  }
  return html`<form class="need-question" onSubmit=${submit}>
    <textarea rows="2" maxlength="10000" aria-label=${`Answer: ${item.text}`} value=${answer} onInput=${(event) => setDraft(event.target.value)}></textarea>
    ${problem && html`<p class="portal-problem" role="alert">${problem}</p>`}
    ${(item.state === 'OPEN' || changed) && html`<button class="button button-strong" disabled=${busy || !answer.trim() || !changed}>
      ${item.state === 'OPEN' ? 'Send the answer' : 'Send the new answer'}
    </button>`}
  </form>`
}
