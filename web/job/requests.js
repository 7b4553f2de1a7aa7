// What the client was asked for and what came of it: looked through, sent back, asked for no more.
import { useState } from 'preact/hooks'
import { around } from '../desk/job-page.js'
import { isOver } from '../desk/kinds.js'
import { may, today } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { Due } from '../parts/due.js'
import { FileList } from '../parts/files.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'
import { Sure } from '../parts/sure.js'
import { useVerb } from '../parts/verb.js'
import { Asking } from './asking.js'

const STANDS = { FULFILLED: ['good', 'All has come'], CANCELLED: ['plain', 'Cancelled'] }
const SIGNS = { OPEN: ['hourglass', ', is missing'], FULFILLED: ['check', ', has come'], ACCEPTED: ['check', ', was found good'] }

const Wrongs = ({ errors }) => errors.map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)

function SendBack({ item, client, onClose }) {
  const fields = [{ name: 'reason', label: 'Why, for the client to read', kind: 'long', placeholder: 'Only the first page is there', maxlength: 2000, required: true, autofocus: true }]
  const done = () => { say('Sent back', { detail: `${client.name} is asked for it again.` }); around.again() }
  return html`<${Sheet} title="Send it back" document="RejectItem" fields=${fields} input=${({ reason }) => ({ id: item.id, reason })} does="Send back" onDone=${done} onClose=${onClose}>
    <p>“${item.text}” is missing again, and the job waits for it. Whoever may come into the portal is told by mail.</p><//>`
}

/** What can be done with what came. */
function Judging({ item, client }) {
  const [returning, setReturning] = useState(false)
  const { send, sending, errors } = useVerb('AcceptItem')
  const accept = async () => { if (await send({ id: item.id })) around.again() }
  return html`<div class="asked-acts">
    ${item.state === 'FULFILLED' && html`<button type="button" class="button" aria-label=${`Found good: ${item.text}`} title="It stays as it is" disabled=${sending} onClick=${accept}><${Icon} name="check" size=${14} />Found good</button>`}
    <button type="button" class="button button-quiet" aria-label=${`Send back: ${item.text}`} onClick=${() => setReturning(true)}><${Icon} name="undo" size=${14} />Send back …</button>
    <${Wrongs} errors=${errors} />
    ${returning && html`<${SendBack} item=${item} client=${client} onClose=${() => setReturning(false)} />`}</div>`
}

function Item({ item, client, isJudged }) {
  const [sign, words] = SIGNS[item.state]
  return html`<li class="asked" data-state=${item.state}><${Icon} name=${sign} size=${14} />
    <div><p>${item.text}<span class="visually-hidden">${words}</span>${item.state === 'ACCEPTED' && html` <span class="badge" data-tone="good" aria-hidden="true">Found good</span>`}</p>
      ${item.answer && html`<p class="asked-answer">${item.answer}</p>`}<${FileList} files=${item.documents} />
      ${item.rejection && html`<p class="asked-back"><b>Sent back:</b> ${item.rejection}</p>`}</div>
    ${isJudged && item.state !== 'OPEN' && html`<${Judging} item=${item} client=${client} />`}</li>`
}

function standing({ state, items }) {
  const missing = items.filter((item) => item.state === 'OPEN').length
  return STANDS[state] ?? ['waiting', `${missing} of ${items.length} missing`]
}

function Request({ request, client, mayAct }) {
  const { send, errors } = useVerb('CancelRequest')
  const [tone, words] = standing(request)
  const isOpen = request.state === 'OPEN'
  const cancel = async () => { if (await send({ id: request.id })) { say(`“${request.title}” is asked for no more`); around.again() } }
  return html`<section class="request" data-state=${request.state} aria-label=${request.title}>
    <h3>${request.title}<span class="badge" data-tone=${tone}>${words}</span>${isOpen && html`<${Due} date=${request.dueDate} overdue=${request.dueDate < today.value} />`}
      ${isOpen && mayAct && html`<${Sure} class="link" ask="Ask no more?" aria-label=${`Ask no more: ${request.title}`} onSure=${cancel}>Ask no more<//>`}</h3>
    <${Wrongs} errors=${errors} />
    <ol class="asked-list" role="list">${request.items.map((item) => html`<${Item} key=${item.id} item=${item} client=${client} isJudged=${mayAct && request.state !== 'CANCELLED'} />`)}</ol></section>`
}

export function Requests({ job }) {
  const [asking, setAsking] = useState(false)
  const requests = around.data.value?.job?.requests
  const mayAct = may('EDIT_WORK') && !isOver(job.category)
  if (!requests || (!requests.length && !mayAct)) return null
  const ask = (strong) => mayAct && html`<button type="button" class="button ${strong}" onClick=${() => setAsking(true)}><${Icon} name="plus" size=${14} />Ask the client</button>`
  return html`<section class="panel" aria-label="Asked of the client"><h2>Asked of the client${requests.length > 0 && ask('')}</h2>
    ${requests.length ? requests.map((request) => html`<${Request} key=${request.id} request=${request} client=${job.client} mayAct=${mayAct} />`)
      : html`<p class="panel-none">Nothing yet. Ask ${job.client.name} for the files and answers that this job needs: they send them in the portal, and the job waits until all has come.</p><div>${ask('button-strong')}</div>`}
    ${asking && html`<${Asking} job=${job} onClose=${() => setAsking(false)} />`}</section>`
}
