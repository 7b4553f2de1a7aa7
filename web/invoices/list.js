// Every invoice in a row: whose, how it stands, what is due.
import { useState } from 'preact/hooks'
import { address, goTo } from '../desk/address.js'
import { isNothing, sums } from '../desk/amounts.js'
import { findClients } from '../desk/clients.js'
import { list, mayShowMore, nameOf, showMore, standing, STATES } from '../desk/invoices.js'
import { may } from '../desk/session.js'
import { exactDate, moneyWords, shortDate } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Link } from '../parts/link.js'
import { Room } from '../parts/room.js'
import { Drafting } from './drafting.js'

export function Badge({ invoice }) {
  const { tone, words } = standing(invoice)
  return html`<span class="badge" data-tone=${tone}>${words}</span>`
}

const Day = ({ date }) => (date ? html`<time datetime=${date} title=${exactDate(date)}>${shortDate(date)}</time>` : '–')

function Row({ invoice }) {
  return html`<tr>
    <td class="invoice-client"><${Link} class="row-link" to=${{ invoice: invoice.id }}><b>${invoice.client.name}</b><//><span>${invoice.job?.title ?? nameOf(invoice)}</span></td>
    <td class="number wide">${invoice.number ?? '–'}</td>
    <td class="wide"><${Day} date=${invoice.issueDate} /></td>
    <td class="wide"><${Day} date=${invoice.dueDate} /></td>
    <td><${Badge} invoice=${invoice} /></td>
    <td class="number wide">${moneyWords(invoice.total)}</td>
    <td class="number">${invoice.status === 'DRAFT' ? html`<span class="narrow quiet">${moneyWords(invoice.total)}</span>` : isNothing(invoice.outstanding) ? '–' : moneyWords(invoice.outstanding)}</td>
  </tr>`
}

const Sum = ({ amounts }) => sums(amounts).map((sum) => html`<div key=${sum.currency}>${moneyWords(sum)}</div>`)

function Table({ rows, hasMore }) {
  const issued = rows.filter((invoice) => invoice.status !== 'DRAFT')
  return html`<div class="table-frame"><table class="table">
    <thead><tr><th scope="col">Client</th><th scope="col" class="number wide">Number</th><th scope="col" class="wide">Issued</th><th scope="col" class="wide">Due</th><th scope="col">State</th><th scope="col" class="number wide">Total</th><th scope="col" class="number">To be paid</th></tr></thead>
    <tbody>${rows.map((invoice) => html`<${Row} key=${invoice.id} invoice=${invoice} />`)}</tbody>
    ${issued.length > 0 && html`<tfoot><tr><th scope="row">${hasMore ? `The latest ${rows.length}` : 'All of these'}, drafts apart</th><td class="wide" colspan="3"></td><td></td>
      <td class="number wide"><${Sum} amounts=${issued.map((invoice) => invoice.total)} /></td><td class="number"><${Sum} amounts=${issued.map((invoice) => invoice.outstanding)} /></td></tr></tfoot>`}
  </table></div>`
}

function Filters({ rows }) {
  const { state = '', client = '' } = address.value
  const name = rows.find((invoice) => invoice.client.id === client)?.client.name ?? 'One client'
  return html`<div class="scopes" role="group" aria-label="State">${STATES.map(({ id, title }) => html`<button type="button" key=${id} aria-pressed=${id === state} onClick=${() => goTo({ state: id })}>${title}</button>`)}</div>
    <span class="filter" data-set=${Boolean(client)}>
      <${Choice} class="chip" label="Client" aria-label=${client ? `Client: ${name}` : 'Client'} find=${findClients} onPick=${(item) => goTo({ client: item.id })}><span>${client ? name : 'Client'}</span><${Icon} name="chevron" size=${12} /><//>
      ${client && html`<button type="button" class="chip-off" aria-label="All clients" onClick=${() => goTo({ client: '' })}><${Icon} name="close" size=${12} /></button>`}
    </span>`
}

function Nothing() {
  const filtered = address.value.state || address.value.client
  return html`<div class="empty"><h2>${filtered ? 'No invoice stands so' : 'No invoice yet'}</h2>
    <p>${filtered ? 'Look at all of them, or at another client.' : 'Draft the first from the time on a job: it is priced by your rates, and you can change it before it goes out.'}</p>
    ${filtered && html`<button type="button" class="button button-strong" onClick=${() => goTo({ state: '', client: '' })}>All invoices</button>`}</div>`
}

export function InvoiceList() {
  const [drafting, setDrafting] = useState(false)
  return html`<${Room} snapshot=${list} label="The invoices">${({ invoices }) => {
    const rows = invoices.edges.map(({ node }) => node)
    return html`<header class="room-head"><h1>Invoices</h1><${Filters} rows=${rows} />
        ${may('MANAGE_BILLING') && html`<button type="button" class="button button-strong" onClick=${() => setDrafting(true)}><${Icon} name="plus" size=${14} />Draft from unbilled time</button>`}</header>
      ${rows.length ? html`<${Table} rows=${rows} hasMore=${invoices.pageInfo.hasNextPage} />` : html`<${Nothing} />`}
      ${invoices.pageInfo.hasNextPage && html`<p class="more">${mayShowMore() ? html`<button type="button" class="button" onClick=${showMore}>Show earlier ones</button>` : 'There are earlier ones: narrow them by state or client.'}</p>`}
      ${drafting && html`<${Drafting} onClose=${() => setDrafting(false)} />`}`
  }}<//>`
}
