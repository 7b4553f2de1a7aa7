// All clients that one may see, page by page.
import { useState } from 'preact/hooks'
import { address } from '../desk/address.js'
import { isNarrowed, list, narrow, NARROWED } from '../desk/client-list.js'
import { may } from '../desk/session.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Link } from '../parts/link.js'
import { Room } from '../parts/room.js'
import { Adding } from './adding.js'
import { Filters } from './filters.js'
import { Table } from './rows.js'

function Nothing({ onAdd }) {
  const { text } = address.value
  if (!isNarrowed()) {
    return html`<div class="empty"><h2>No client yet</h2>
      <p>${may('EDIT_CLIENTS') ? 'Add the first: then its jobs, time and invoices have whom they are for. Many at once come with “openpractice import”.' : 'Clients that you are given a part at stand here.'}</p>
      ${may('EDIT_CLIENTS') && html`<button type="button" class="button button-strong" onClick=${onAdd}>Add a client</button>`}</div>`
  }
  return html`<div class="empty"><h2>${text ? `No client is called “${text}”` : 'No client stands so'}</h2>
    <p>${text ? 'Every word has to occur in the name. Look for fewer of them, or at all clients.' : 'Look at all of them, or at fewer of these filters.'}</p>
    <p class="room-acts"><button type="button" class="button button-strong" onClick=${() => narrow(NARROWED)}>All clients</button>
      ${text && may('EDIT_CLIENTS') && html`<button type="button" class="button" onClick=${onAdd}>Add “${text}”</button>`}</p></div>`
}

/** A page begins where the one before ended: it costs the same however far one goes. */
function Pages({ pageInfo, shown }) {
  // Of what lies behind, only who comes from there is told; that there is something, they know.
  const { after, before } = list.variables.value
  const hasEarlier = before ? pageInfo.hasPreviousPage : Boolean(after)
  const hasLater = before ? true : pageInfo.hasNextPage
  if (!hasEarlier && !hasLater) return null
  const link = (to, name, icon) => html`<${Link} class="button" to=${to}>${icon === 'back' && html`<${Icon} name="back" size=${14} />`}${name}${icon === 'forth' && html`<${Icon} name="forth" size=${14} />`}<//>`
  return html`<nav class="client-pages" aria-label="Pages of the list">
    ${hasEarlier && html`${link({ after: '', before: '' }, 'First', '')}${pageInfo.startCursor && link({ after: '', before: pageInfo.startCursor }, 'Earlier', 'back')}`}
    <span>${shown} on this page</span>
    ${hasLater && pageInfo.endCursor && link({ after: pageInfo.endCursor, before: '' }, 'Later', 'forth')}</nav>`
}

function Count({ clients }) {
  const { totalCount: count, countIsCapped: isMore } = clients
  if (count === null) return null
  const words = new Intl.NumberFormat('en').format(count)
  return html`<small class="client-count" role="status">${isMore ? `more than ${words}` : words}</small>`
}

export function ClientsPage() {
  const [adding, setAdding] = useState(false)
  const add = () => setAdding(true)
  return html`<${Room} snapshot=${list} label="The clients">${({ clients }) => {
    const rows = clients.edges.map(({ node }) => node)
    return html`<header class="room-head"><h1>Clients <${Count} clients=${clients} /></h1>
        ${may('EDIT_CLIENTS') && html`<button type="button" class="button button-strong" onClick=${add}><${Icon} name="plus" size=${14} />New client</button>`}</header>
      <${Filters} />
      ${rows.length ? html`<${Table} rows=${rows} /><${Pages} pageInfo=${clients.pageInfo} shown=${rows.length} />` : html`<${Nothing} onAdd=${add} />`}
      ${adding && html`<${Adding} name=${rows.length ? '' : address.value.text} onClose=${() => setAdding(false)} />`}`
  }}<//>`
}
