// What the list is narrowed to, in chips that can be taken off, and how it is sorted.
import { address, goTo } from '../desk/address.js'
import { isNarrowed, KIND_CHOICES, narrow, NARROWED, SORTS, STATES } from '../desk/client-list.js'
import { isMe, session } from '../desk/session.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { Find } from './find.js'

function Off({ name, label, value }) {
  return html`<button type="button" class="chip-off" aria-label=${`Remove the filter ${label}: ${value}`} onClick=${() => narrow({ [name]: '' })}><${Icon} name="close" size=${12} /></button>`
}

function Filter({ name, label, value, items }) {
  return html`<span class="filter" data-set=${Boolean(value)}>
    <${Choice} class="chip" label=${label} aria-label=${value ? `${label}: ${value}` : label} items=${items} onPick=${(item) => narrow({ [name]: item.id })}><span>${value || label}</span><${Icon} name="chevron" size=${12} /><//>
    ${value && html`<${Off} name=${name} label=${label} value=${value} />`}</span>`
}

/** Oneself first: whose clients one looks for most. */
function people(chosen) {
  const all = session.value.members.filter((member) => member.active || member.id === chosen)
  return [...all.filter(isMe), ...all.filter((member) => !isMe(member))].map((member) => ({
    id: member.id, title: isMe(member) ? `${member.name} (you)` : member.name, sign: html`<${Avatar} person=${member} size="s" />`, chosen: member.id === chosen,
  }))
}

export function Filters() {
  const { status = '', kind = '', member = '', tag = '', sort = '' } = address.value
  const titleOf = (list, id) => list.find((one) => one.id === id)?.title ?? ''
  const chosen = (list, id) => list.map((one) => ({ ...one, chosen: one.id === id }))
  const person = member && (session.value.members.find(({ id }) => id === member)?.name ?? 'One person')
  return html`<div class="client-filters" role="toolbar" aria-label="Which clients">
    <${Find} />
    <div class="scopes" role="group" aria-label="Status">${STATES.map(({ id, title }) => html`<button type="button" key=${id} aria-pressed=${id === status} onClick=${() => narrow({ status: id })}>${title}</button>`)}</div>
    <${Filter} name="kind" label="Kind" value=${titleOf(KIND_CHOICES, kind)} items=${chosen(KIND_CHOICES, kind)} />
    <${Filter} name="member" label="Looked after by" value=${person} items=${people(member)} />
    ${tag && html`<span class="filter" data-set="true"><span class="chip"><span>${tag}</span></span><${Off} name="tag" label="Tag" value=${tag} /></span>`}
    ${isNarrowed() && html`<button type="button" class="button button-quiet" onClick=${() => narrow(NARROWED)}>Clear</button>`}
    <span class="client-sort"><${Choice} class="chip chip-set" label="Sorted" items=${chosen(SORTS, sort)} onPick=${(item) => { goTo({ sort: item.id, after: '', before: '' }) }}><span>${titleOf(SORTS, sort)}</span><${Icon} name="chevron" size=${12} /><//></span>
  </div>`
}
