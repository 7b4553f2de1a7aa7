// What the job waits for, since when, and when somebody last reminded.
import { useState } from 'preact/hooks'
import { endWaiting, remindWaiting, startWaiting } from '../desk/job-verbs.js'
import { isOver } from '../desk/kinds.js'
import { agoWords, exactMoment, sinceWords } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

function Running({ job }) {
  const { waiting } = job
  const now = minute.value
  const since = sinceWords(waiting.since, now)
  const whom = waiting.whom === 'CLIENT' ? 'the client' : 'others'
  return html`<section class="notice-box" data-tone="waiting" aria-label="Waiting">
    <${Icon} name="hourglass" />
    <div>
      <p><b>Waiting for ${whom}</b>${since === 'just now' ? '' : html`, <time datetime=${waiting.since} title=${exactMoment(waiting.since)}>${since}</time>`}</p>
      ${waiting.what && html`<p>${waiting.what}</p>`}
      <p class="notice-more">${waiting.remindedAt ? `Last reminder ${agoWords(waiting.remindedAt, now)}` : 'No reminder yet'}</p>
    </div>
    <div class="notice-actions">
      <button type="button" class="button" onClick=${() => remindWaiting(job.id)}><${Icon} name="bell" size=${14} />Reminded now</button>
      <button type="button" class="button button-strong" onClick=${() => endWaiting(job.id)}>It came</button>
    </div>
  </section>`
}

function Start({ job, onClose }) {
  const [whom, setWhom] = useState('CLIENT')
  const [what, setWhat] = useState('')
  const submit = (event) => {
    event.preventDefault()
    if (!what.trim()) return
    startWaiting(job.id, whom, what.trim())
    onClose()
  }
  const choice = (value, title) => html`<label class="radio"><input type="radio" name="whom" checked=${whom === value} onChange=${() => setWhom(value)} />${title}</label>`
  return html`<form class="notice-box notice-form" data-tone="waiting" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === 'Escape') { event.preventDefault(); onClose() } }}>
    <${Icon} name="hourglass" />
    <div>
      <p class="radios">${choice('CLIENT', 'Waiting for the client')}${choice('OTHER', 'for others')}</p>
      <input aria-label="What is waited for" placeholder="For what? For example: bank statements" value=${what} onInput=${(event) => setWhat(event.target.value)} ref=${(input) => { if (input && !input.dataset.met) { input.dataset.met = '1'; input.focus() } }} />
    </div>
    <div class="notice-actions"><button type="button" class="button button-quiet" onClick=${onClose}>Cancel</button><button type="submit" class="button button-strong" disabled=${!what.trim()}>Wait</button></div>
  </form>`
}

export function Waiting({ job }) {
  const [starting, setStarting] = useState(false)
  if (job.waiting) return html`<${Running} job=${job} />`
  if (isOver(job.category)) return null
  if (starting) return html`<${Start} job=${job} onClose=${() => setStarting(false)} />`
  return html`<button type="button" class="button" onClick=${() => setStarting(true)}><${Icon} name="hourglass" size=${14} />Wait for something</button>`
}
