// What can be done with an invoice, each act saying before what it will do.
import { useState } from 'preact/hooks'
import { goTo } from '../desk/address.js'
import { exceeds, isNothing } from '../desk/amounts.js'
import { addDays } from '../desk/days.js'
import { nameOf, one } from '../desk/invoices.js'
import { may, today } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { moneyWords, shortDate } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Sheet } from '../parts/sheet.js'
import { Sure } from '../parts/sure.js'
import { useVerb } from '../parts/verb.js'
import { typedAmount } from './lines.js'

function Issue({ invoice, onClose }) {
  const [day, setDay] = useState(today.value)
  const due = day && addDays(day, invoice.paymentTermsDays)
  const done = () => { say('Issued'); one.again() }
  return html`<${Sheet} title="Issue this invoice" document="IssueInvoice" input=${() => ({ id: invoice.id, issueDate: day })} does=${`Issue for ${moneyWords(invoice.total)}`} onDone=${done} onClose=${onClose}>
    <ul class="sheet-list"><li>It gets the next number of ${invoice.legalEntity.name}.</li>
      <li><b>${invoice.client.name}</b> owes <b>${moneyWords(invoice.total)}</b>${due && html`, to be paid by <b>${shortDate(due)}</b>`}, and sees it in the portal.</li>
      <li>It never changes again: what turns out wrong is taken back by a credit note.</li></ul>
    <label>Its day<input type="date" required max=${today.value} value=${day} onInput=${(event) => setDay(event.target.value)} /></label>
  <//>`
}

function Pay({ invoice, onClose }) {
  const fields = [
    { name: 'amount', label: `Amount (${invoice.currency})`, value: isNothing(invoice.outstanding) ? '' : invoice.outstanding.amount, inputmode: 'decimal', required: true, autofocus: true },
    { name: 'receivedOn', label: 'Received on', kind: 'date', value: today.value, max: today.value, required: true },
  ]
  const input = ({ amount, receivedOn }) => ({ invoiceId: invoice.id, amount: typedAmount(amount, invoice.currency), receivedOn })
  const doubts = ({ amount }) => (exceeds(amount, invoice.outstanding) ? `${moneyWords(amount)} is more than the ${moneyWords(invoice.outstanding)} that are to be paid. A payment cannot be taken back.` : '')
  const done = () => { say('Payment recorded'); one.again() }
  return html`<${Sheet} title="Record a payment" document="RecordPayment" fields=${fields} input=${input} doubts=${doubts} does="Record" onDone=${done} onClose=${onClose}>
    <p>${moneyWords(invoice.outstanding)} is to be paid. What comes in beyond that becomes ${invoice.client.name}’s credit.</p><//>`
}

function Credit({ invoice, onClose }) {
  const fields = [
    { name: 'reason', label: 'Why', placeholder: 'Billed twice', maxlength: 500, required: true, autofocus: true },
    { name: 'amount', label: `Amount with tax (${invoice.currency}); empty for all that is left`, inputmode: 'decimal' },
  ]
  const input = ({ reason, amount }) => ({ invoiceId: invoice.id, reason, amount: amount ? typedAmount(amount, invoice.currency) : null })
  const done = () => { say('Credited'); one.again() }
  return html`<${Sheet} title="Write a credit note" document="CreditInvoice" fields=${fields} input=${input} does="Credit" onDone=${done} onClose=${onClose}>
    <p>The invoice stays as it is; the credit note takes back of it. Credited whole, its time can be billed again.</p><//>`
}

function Discard({ invoice }) {
  const { send, errors } = useVerb('DiscardInvoice')
  const discard = async () => {
    if (await send({ id: invoice.id })) { say('Draft discarded; its time is free again'); goTo({ invoice: '' }) }
  }
  return html`<${Sure} class="button button-quiet" ask="Discard for good?" onSure=${discard}>Discard<//>${errors.map((error) => html`<span class="form-wrong" role="alert" key=${error.message}>${error.message}</span>`)}`
}

const ACTS = { issue: Issue, pay: Pay, credit: Credit }

export function Acts({ invoice }) {
  const [act, setAct] = useState('')
  const Open = ACTS[act]
  const button = (name, words, strong) => html`<button type="button" class="button ${strong ? 'button-strong' : ''}" onClick=${() => setAct(name)}>${words}</button>`
  const isDraft = invoice.status === 'DRAFT'
  const isOpen = !isNothing(invoice.outstanding)
  return html`<div class="room-acts" aria-label=${`Do with ${nameOf(invoice)}`} role="group">
    ${isDraft && may('MANAGE_BILLING') && html`<${Discard} invoice=${invoice} />`}
    ${isDraft && may('ISSUE_INVOICES') && invoice.lines.length > 0 && button('issue', 'Issue …', true)}
    ${!isDraft && may('ISSUE_INVOICES') && invoice.status !== 'CREDITED' && button('credit', 'Credit …')}
    ${!isDraft && may('MANAGE_BILLING') && isOpen && button('pay', 'Record payment …', true)}
    ${Open && html`<${Open} invoice=${invoice} onClose=${() => setAct('')} />`}
  </div>`
}
