// A client in a row: who it is, how far the firm is with it, who looks after it, what is open.
import { isNothing } from '../desk/amounts.js'
import { narrow } from '../desk/client-list.js'
import { KINDS, PARTS, STATUSES } from '../desk/client-words.js'
import { may } from '../desk/session.js'
import { moneyWords } from '../desk/words.js'
import { Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { walk } from './find.js'

const MOST_JOBS = 50 // as many as a client tells of at once
const ORDER = Object.keys(PARTS)

export const Restricted = () => html`<span class="badge client-restricted" title="Only its team and admins see this client"><${Icon} name="lock" size=${11} />Restricted</span>`

const Status = ({ status }) => html`<span class="badge" data-tone=${STATUSES[status].tone}>${STATUSES[status].title}</span>`

const Tag = ({ tag }) => html`<button type="button" class="client-tag" title=${`Only clients tagged “${tag}”`} onClick=${() => narrow({ tag })}>${tag}</button>`

/** Each person once, with all their parts; who answers for the client first. */
function Team({ roles }) {
  const parts = new Map()
  for (const { role, member } of [...roles].sort((one, other) => ORDER.indexOf(one.role) - ORDER.indexOf(other.role))) {
    parts.set(member.id, { member, words: [...(parts.get(member.id)?.words ?? []), PARTS[role].toLowerCase()] })
  }
  if (!parts.size) return html`<span class="quiet">Nobody yet</span>`
  return html`<ul class="client-team" role="list">${[...parts.values()].map(({ member, words }) => html`<li key=${member.id}><${Avatar} person=${member} size="s" title=${`${member.name}, ${words.join(' and ')}`} /></li>`)}</ul>`
}

function Work({ jobs }) {
  const overdue = jobs.filter((job) => job.overdue).length
  const next = jobs.find((job) => job.dueDate && !job.overdue)
  if (!jobs.length) return html`<td class="number quiet">–</td><td class="wide quiet">Nothing open</td>`
  return html`<td class="number">${jobs.length === MOST_JOBS ? `${MOST_JOBS}+` : jobs.length}${overdue > 0 && html`<span class="narrow client-late">${overdue} overdue</span>`}</td>
    <td class="wide">${overdue > 0 ? html`<span class="due" data-tone="overdue">${overdue} overdue</span>` : next ? html`<${Due} date=${next.dueDate} />` : html`<span class="quiet">No date</span>`}</td>`
}

function Owed({ amounts }) {
  const open = (amounts ?? []).filter((amount) => !isNothing(amount))
  return html`<td class="number wide">${open.length ? open.map((amount) => html`<div key=${amount.currency}>${moneyWords(amount)}</div>`) : html`<span class="quiet">–</span>`}</td>`
}

function Row({ client, billing }) {
  return html`<tr>
    <td class="client-name"><a class="row-link" href=${`/clients/${client.id}`}><b>${client.name}</b></a>${client.restricted && html` <${Restricted} />`}
      ${client.tags.length > 0 && html`<span class="client-tags">${client.tags.map((tag) => html`<${Tag} key=${tag} tag=${tag} />`)}</span>`}</td>
    <td class="wide">${KINDS[client.kind]}</td>
    <td class="client-status"><${Status} status=${client.status} /></td>
    <td class="wide"><${Team} roles=${client.roles} /></td>
    <${Work} jobs=${client.openJobs} />
    ${billing && html`<${Owed} amounts=${client.receivable} />`}
  </tr>`
}

export function Table({ rows }) {
  const billing = may('READ_BILLING')
  return html`<div class="table-frame clients" onKeyDown=${walk}><table class="table">
    <thead><tr><th scope="col">Client</th><th scope="col" class="wide">Kind</th><th scope="col">Status</th><th scope="col" class="wide">Looked after by</th><th scope="col" class="number">Open jobs</th><th scope="col" class="wide">Due next</th>${billing && html`<th scope="col" class="number wide">To be paid</th>`}</tr></thead>
    <tbody>${rows.map((client) => html`<${Row} key=${client.id} client=${client} billing=${billing} />`)}</tbody>
  </table></div>`
}
