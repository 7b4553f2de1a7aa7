// One invoice: its lines, what becomes of it, and the paper that the client gets.
import { goTo } from '../desk/address.js'
import { nameOf, one } from '../desk/invoices.js'
import { exactDate, moneyWords, shortDate } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Link } from '../parts/link.js'
import { Room } from '../parts/room.js'
import { Acts } from './acts.js'
import { Lines } from './lines.js'
import { Badge } from './list.js'

const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`
const Day = ({ date }) => html`<time datetime=${date} title=${exactDate(date)}>${shortDate(date)}</time>`

function Facts({ invoice }) {
  const { job, issueDate, dueDate, status } = invoice
  return html`<section class="panel" aria-label="Facts"><dl class="invoice-facts">
    <${Fact} name="Client"><a href=${`/clients/${invoice.client.id}`}>${invoice.client.name}</a><//>
    ${job && html`<${Fact} name="Job"><a href=${`/jobs/${job.id}`}>${job.title}</a><//>`}
    <${Fact} name="Issued">${issueDate ? html`<${Day} date=${issueDate} />` : 'Not yet'}<//>
    <${Fact} name="Due">${dueDate ? html`<${Day} date=${dueDate} />` : `${invoice.paymentTermsDays} days after its issue`}<//>
    <${Fact} name="From">${invoice.legalEntity.name}<//>
    ${status !== 'DRAFT' && html`<${Fact} name="To be paid"><b class="numbers">${moneyWords(invoice.outstanding)}</b><//>`}
  </dl></section>`
}

function Events({ title, rows }) {
  if (!rows.length) return null
  return html`<section class="panel" aria-label=${title}><h2>${title}</h2>
    <ul class="invoice-events" role="list">${rows.map(({ id, date, words, amount }) => html`<li key=${id}><${Day} date=${date} /><span>${words}</span><b class="numbers">${moneyWords(amount)}</b></li>`)}</ul></section>`
}

const payments = (invoice) => invoice.payments.map(({ id, receivedOn, provider, amount }) => ({ id, date: receivedOn, amount, words: provider === 'manual' ? 'Recorded by hand' : `By ${provider}` }))
const creditNotes = (invoice) => invoice.creditNotes.map(({ id, issueDate, number, reason, amount }) => ({ id, date: issueDate, amount, words: `Credit note ${number}: ${reason}` }))

/** What the client gets; another version of it is another paper. */
function Paper({ invoice }) {
  const shown = `${invoice.pdf}?inline&version=${invoice.version}`
  return html`<section class="panel invoice-paper" aria-label="PDF">
    <h2>${invoice.number ? 'As the client gets it' : 'As it would look'}<a class="button button-quiet" href=${invoice.pdf} download><${Icon} name="download" size=${14} />Download</a>
      <a class="button button-quiet" href=${shown} target="_blank" rel="noopener"><${Icon} name="open" size=${14} />Open</a></h2>
    <iframe key=${shown} src=${`${shown}#toolbar=0&navpanes=0&view=FitH`} title=${`${nameOf(invoice)} as PDF`} loading="lazy"></iframe>
  </section>`
}

const Gone = () => html`<div class="empty"><h2>This invoice is not here</h2><p>It was discarded, or it is not yours to see.</p>
  <button type="button" class="button button-strong" onClick=${() => goTo({ invoice: '' })}>All invoices</button></div>`

export function InvoiceRoom() {
  return html`<${Room} snapshot=${one} label="The invoice">${({ invoice }) => (invoice ? html`
    <header class="room-head"><div class="room-name"><${Link} class="room-back" to=${{ invoice: '' }}>Invoices<//>
      <h1>${nameOf(invoice)} ${invoice.status !== 'DRAFT' && html`<${Badge} invoice=${invoice} />`}</h1></div><${Acts} invoice=${invoice} /></header>
    <div class="invoice"><div>
      <${Facts} invoice=${invoice} /><${Lines} invoice=${invoice} />
      <${Events} title="Payments" rows=${payments(invoice)} /><${Events} title="Credit notes" rows=${creditNotes(invoice)} />
    </div><${Paper} invoice=${invoice} /></div>` : html`<${Gone} />`)}<//>`
}
