// The lines: what each is worth, what it was written up or down by and why, and the sums.
import { useState } from 'preact/hooks'
import { amountOf, isNothing } from '../desk/amounts.js'
import { one } from '../desk/invoices.js'
import { may } from '../desk/session.js'
import { hours, moneyWords } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'
import { Sure } from '../parts/sure.js'
import { useVerb } from '../parts/verb.js'

/** The amount somebody typed, as the verbs take it. Throws an Error that says what is wrong. */
export function typedAmount(text, currency) {
  const amount = amountOf(text, currency)
  if (amount === null) throw new Error('An amount is a number such as 250 or -12.50.')
  return { amount, currency }
}

function Adjust({ line, currency, onClose }) {
  const fields = [
    { name: 'adjustment', label: `Up or down by (${currency})`, value: isNothing(line.adjustment) ? '' : line.adjustment.amount, placeholder: '-50.00', inputmode: 'text', required: true, autofocus: true },
    { name: 'reason', label: 'Why', value: line.adjustmentReason ?? '', placeholder: 'Took longer than it should have', maxlength: 500, required: true },
  ]
  const input = ({ adjustment, reason }) => ({ id: line.id, adjustment: typedAmount(adjustment, currency), reason })
  return html`<${Sheet} title="Write up or down" document="AdjustInvoiceLine" fields=${fields} input=${input} does="Adjust" onDone=${one.again} onClose=${onClose}>
    <p>“${line.description}” is worth ${moneyWords(line.standard)}. The client sees what is charged; why stays in the firm. Nothing (0) takes the adjustment back.</p>
  <//>`
}

function Changes({ line, currency }) {
  const [adjusting, setAdjusting] = useState(false)
  const { send, errors } = useVerb('RemoveInvoiceLine')
  const remove = async () => { if (await send({ id: line.id })) one.again() }
  return html`<td class="line-acts"><button type="button" class="link" onClick=${() => setAdjusting(true)}>Adjust</button>
    <${Sure} class="link" ask="Take it off?" aria-label=${`Take off: ${line.description}`} onSure=${remove}>Take off<//>
    ${errors.map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)}
    ${adjusting && html`<${Adjust} line=${line} currency=${currency} onClose=${() => setAdjusting(false)} />`}</td>`
}

function Line({ line, currency, editable }) {
  const adjusted = !isNothing(line.adjustment)
  return html`<tr>
    <td>${line.description}${adjusted && html`<span class="line-why">${moneyWords(line.adjustment)}: ${line.adjustmentReason}</span>`}</td>
    <td class="number wide">${line.seconds ? `${hours(line.seconds)} h` : ''}</td>
    <td class="number">${adjusted && html`<s class="quiet">${moneyWords(line.standard)}</s> `}${moneyWords(line.net)}</td>
    ${editable && html`<${Changes} line=${line} currency=${currency} />`}
  </tr>`
}

const percent = (rate) => `${rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate} %`

function Sums({ invoice, columns }) {
  const row = (name, amount, strong) => html`<tr key=${name} data-strong=${Boolean(strong)}><th scope="row">${name}</th><td class="wide"></td><td class="number">${moneyWords(amount)}</td>${columns > 3 && html`<td></td>`}</tr>`
  const { status, paid, credited } = invoice
  return html`<tfoot>${row('Before tax', invoice.net)}
    ${invoice.taxTotals.map((total) => row(`Tax ${percent(total.rate)}`, total.tax))}${row('Total', invoice.total, true)}
    ${status !== 'DRAFT' && !isNothing(paid) && row('Paid', paid)}${status !== 'DRAFT' && !isNothing(credited) && row('Credited', credited)}</tfoot>`
}

function Add({ invoice, onClose }) {
  const fields = [
    { name: 'description', label: 'What is charged for', placeholder: 'Fixed fee for November', maxlength: 500, required: true, autofocus: true },
    { name: 'price', label: `Price before tax (${invoice.currency})`, placeholder: '250.00', inputmode: 'decimal', required: true },
  ]
  const input = ({ description, price }) => ({ invoiceId: invoice.id, description, price: typedAmount(price, invoice.currency) })
  return html`<${Sheet} title="Add a line" document="AddInvoiceLine" fields=${fields} input=${input} does="Add" onDone=${one.again} onClose=${onClose}><p>Taxed as the firm’s work is.</p><//>`
}

export function Lines({ invoice }) {
  const [adding, setAdding] = useState(false)
  const editable = invoice.status === 'DRAFT' && may('MANAGE_BILLING')
  return html`<section class="panel invoice-lines" aria-label="Lines">
    <h2>Lines${editable && html`<button type="button" class="button button-quiet" onClick=${() => setAdding(true)}><${Icon} name="plus" size=${14} />Add a line</button>`}</h2>
    ${invoice.lines.length ? html`<table class="table"><thead><tr><th scope="col">For</th><th scope="col" class="number wide">Time</th><th scope="col" class="number">Charged</th>${editable && html`<th scope="col"><span class="visually-hidden">Change</span></th>`}</tr></thead>
      <tbody>${invoice.lines.map((line) => html`<${Line} key=${line.id} line=${line} currency=${invoice.currency} editable=${editable} />`)}</tbody>
      <${Sums} invoice=${invoice} columns=${editable ? 4 : 3} /></table>` : html`<p class="panel-none">Nothing is on it yet. Add a line, or discard it and draft one from a job’s time.</p>`}
    ${adding && html`<${Add} invoice=${invoice} onClose=${() => setAdding(false)} />`}
  </section>`
}
