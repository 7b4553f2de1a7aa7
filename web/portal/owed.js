// What the client owes: each invoice with its amount, where it stands, and its paper.
import { html } from '../parts/html.js'
import { dateWords, moneyWords } from './words.js'

const STATES = { OPEN: 'To pay', OVERDUE: 'Overdue', PAID: 'Paid', CREDITED: 'Credited' }
const isDue = ({ state }) => state === 'OPEN' || state === 'OVERDUE'

export function Owed({ invoices, many }) {
  if (!invoices.length) return null
  const due = invoices.filter(isDue)
  return html`<section class="portal-part" aria-labelledby="owed">
    <h2 id="owed">What you owe</h2>
    ${!due.length && html`<p class="portal-calm">Nothing at the moment.</p>`}
    ${due.length > 0 && html`<${Rows} invoices=${due} many=${many} />`}
    ${due.length < invoices.length && html`<details class="portal-settled">
      <summary>Settled invoices</summary>
      <${Rows} invoices=${invoices.filter((invoice) => !isDue(invoice))} many=${many} />
    </details>`}
  </section>`
}

const Rows = ({ invoices, many }) => html`<ul class="portal-rows">
  ${invoices.map((invoice) => html`<li key=${invoice.id}>
    <div>
      <p class="row-title">${moneyWords(isDue(invoice) ? invoice.outstanding : invoice.total)} <span class="portal-state" data-state=${invoice.state}>${STATES[invoice.state] ?? 'Invoiced'}</span></p>
      <p class="row-about">${about(invoice, many)}</p>
    </div>
    <a class="button" href=${invoice.pdf} download aria-label=${`PDF of invoice ${invoice.number}`}>PDF</a>
  </li>`)}
</ul>`

function about(invoice, many) {
  const when = isDue(invoice) ? `due ${dateWords(invoice.dueDate)}` : `of ${dateWords(invoice.issueDate)}`
  return [many && invoice.client.name, `Invoice ${invoice.number}`, when].filter(Boolean).join(' · ')
}
