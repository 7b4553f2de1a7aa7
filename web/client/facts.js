// What the client is: the facts that its jobs and invoices go by.
import { isNothing } from '../desk/amounts.js'
import { KINDS, STATUSES } from '../desk/client-words.js'
import { may, session } from '../desk/session.js'
import { moneyWords } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { useChange, Written, Wrongs } from './changing.js'

const MOST_DAYS = 365
const STATUS_TITLES = Object.fromEntries(Object.entries(STATUSES).map(([id, { title }]) => [id, title]))
const SEEN_BY = { false: 'Whole firm', true: 'Team, admins' }

const Fact = ({ name, children }) => html`<div><dt>${name}</dt><dd>${children}</dd></div>`

function Chosen({ client, name, label, titles, needs, asked = (id) => id }) {
  const { change, sending, errors } = useChange(client)
  const now = String(client[name])
  if (!may(needs)) return titles[now]
  const items = Object.entries(titles).map(([id, title]) => ({ id, title, chosen: id === now }))
  return html`<${Choice} class="fact-button" label=${label} aria-label=${`${label}: ${titles[now]}`} disabled=${sending} items=${items} onPick=${({ id }) => { if (id !== now) change({ [name]: asked(id) }) }}><span>${titles[now]}</span><${Icon} name="chevron" size=${12} /><//>
    <${Wrongs} errors=${errors} />`
}

function daysOf(text) {
  if (!text) return null
  const days = Number(text.replace(/\s*(days?|d)$/i, ''))
  if (!Number.isInteger(days) || days < 0 || days > MOST_DAYS) throw new Error(`A whole number of days up to ${MOST_DAYS}, or nothing.`)
  return days
}

const tagsOf = (text) => text.split(',').map((tag) => tag.trim()).filter(Boolean)

function Terms({ client }) {
  const { paymentTermsDays: days } = client
  const shown = days === null ? '' : `${days} days`
  if (!may('EDIT_CLIENTS')) return shown || 'As the firm’s'
  return html`<${Written} client=${client} name="paymentTermsDays" said=${shown} read=${daysOf} aria-label="Days to pay" placeholder="As the firm’s" />`
}

function Money({ client }) {
  if (!may('EDIT_CLIENTS')) return client.currency
  return html`<${Written} client=${client} name="currency" said=${client.currency} read=${(text) => text.toUpperCase()} aria-label="Currency" maxlength="3" placeholder=${session.value.firm.currency} />`
}

function Tags({ client }) {
  const shown = client.tags.join(', ')
  if (!may('EDIT_CLIENTS')) return shown || 'None'
  return html`<${Written} client=${client} name="tags" said=${shown} read=${tagsOf} aria-label="Tags" placeholder="monthly, retail" />`
}

function Owed({ client }) {
  const open = client.receivable.filter((amount) => !isNothing(amount))
  if (!open.length) return 'Nothing'
  return html`<a class="numbers" href=${`/invoices?state=open&client=${client.id}`}>${open.map(moneyWords).join(' + ')}</a>`
}

export function Facts({ client }) {
  return html`<section class="panel facts client-facts" aria-label="Facts"><dl>
    <${Fact} name="Status"><${Chosen} client=${client} name="status" label="Status" titles=${STATUS_TITLES} needs="EDIT_CLIENTS" /><//>
    <${Fact} name="Kind"><${Chosen} client=${client} name="kind" label="Kind" titles=${KINDS} needs="EDIT_CLIENTS" /><//>
    <${Fact} name="Seen by"><${Chosen} client=${client} name="restricted" label="Seen by" titles=${SEEN_BY} needs="MANAGE_WORK" asked=${(id) => id === 'true'} /><//>
    <${Fact} name="Tags"><${Tags} client=${client} /><//>
    <${Fact} name="Days to pay"><${Terms} client=${client} /><//>
    <${Fact} name="Invoiced in"><${Money} client=${client} /><//>
    ${client.receivable && html`<${Fact} name="To be paid"><${Owed} client=${client} /><//>`}
  </dl></section>`
}

export function Notes({ client }) {
  const edits = may('EDIT_CLIENTS')
  if (!edits && !client.notes) return null
  return html`<section class="panel" aria-label="Notes"><h2>Notes<small>shown on each of its jobs</small></h2>
    ${edits ? html`<${Written} client=${client} name="notes" said=${client.notes} long aria-label="Standing notes" maxlength="10000" placeholder="What everybody who works for them should know" />` : html`<p class="client-notes">${client.notes}</p>`}</section>`
}
