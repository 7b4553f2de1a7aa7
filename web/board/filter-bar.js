// The scope and the filters. All of it is in the address, so the link is the saved view.
import { useEffect, useRef } from 'preact/hooks'
import { findClients } from '../desk/clients.js'
import { session } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { isFiltered, isScope, look, NO_FILTER, SCOPES, view } from '../desk/view.js'
import { jobs, tasks } from '../desk/stores.js'
import { hours } from '../desk/words.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { summary } from './board-view.js'

const DUE = { soon: 'Due soon', overdue: 'Overdue', 'this-week': 'This week', 'next-week': 'Next week', any: 'Any date' }
const SCOPE_NAMES = { 'my-teams': 'My teams', 'my-clients': 'My clients', mine: 'Mine', everything: 'Everyone' }
const TYPING_PAUSE = 250

const clientNames = new Map()

/** The client's name for the chip: as picked, or from any card of theirs. */
function clientName(id) {
  if (clientNames.has(id)) return clientNames.get(id)
  for (const store of [jobs, tasks]) for (const card of store.all()) if (card.client?.id === id) return card.client.name
  return 'One client'
}

function options(record, chosen) {
  return Object.entries(record).map(([id, title]) => ({ id, title, chosen: id === chosen }))
}

function Scopes() {
  const now = view.value
  return html`<nav class="scopes" aria-label="Scope">
    ${SCOPES.map((scope) => html`<button type="button" key=${scope.key} aria-pressed=${isScope(scope, now)} title=${`${scope.title}, ${scope.hint} (G ${scope.key.toUpperCase()})`} onClick=${() => look(scope.view)}>
      ${scope.title}${scope.key === 't' && html`<span class="scope-hint">, due soon</span>`}
    </button>`)}
  </nav>`
}

/** A filter is a quiet word until it is set; then a chip that can be taken off. */
function Filter({ name, label, value, ...choice }) {
  const set = Boolean(value)
  return html`<span class="filter" data-set=${set}>
    <${Choice} class="chip" label=${label} aria-label=${set ? `${label}: ${value}` : label} onPick=${(item) => look({ [name]: item.id })} ...${choice}>
      <span>${value || label}</span><${Icon} name="chevron" size=${12} />
    <//>
    ${set && html`<button type="button" class="chip-off" aria-label=${`Remove the filter ${label}: ${value}`} onClick=${() => look({ [name]: '' })}><${Icon} name="close" size=${12} /></button>`}
  </span>`
}

function TextFilter() {
  const input = useRef()
  const later = useRef()
  const { text } = view.value
  useEffect(() => { if (input.current.value !== text && document.activeElement !== input.current) input.current.value = text }, [text])
  const onInput = (event) => {
    clearTimeout(later.current)
    const { value } = event.target
    later.current = setTimeout(() => look({ text: value.trim() }, { replace: true }), TYPING_PAUSE)
  }
  return html`<label class="filter-text"><${Icon} name="search" size=${14} /><span class="visually-hidden">Only cards with these words</span>
    <input type="search" id="filter-text" placeholder="Filter" autocomplete="off" ref=${input} defaultValue=${text} onInput=${onInput} /><kbd>/</kbd></label>`
}

async function copyLink() {
  await navigator.clipboard.writeText(location.href)
  say('Link to this board copied')
}

export function FilterBar() {
  const now = view.value
  const { members, teams, services } = session.value
  const person = members.find((member) => member.id === now.person)
  const people = members.filter((member) => member.active || member.id === now.person).map((member) => ({
    id: member.id, title: member.name, sign: html`<${Avatar} person=${member} size="s" />`, chosen: member.id === now.person,
  }))
  const named = (list, chosen) => list.map((one) => ({ id: one.id, title: one.name, chosen: one.id === chosen }))
  const pickClient = (item) => { clientNames.set(item.id, item.title); look({ client: item.id }) }
  const { open, overdue, seconds } = summary.value
  return html`<div class="filter-bar" role="toolbar" aria-label="Scope and filters">
    <${Scopes} />
    <div class="filters">
      <${Choice} class="chip chip-set" label="Due" items=${options(DUE, now.due)} onPick=${(item) => look({ due: item.id })}><span>${DUE[now.due]}</span><${Icon} name="chevron" size=${12} /><//>
      <${Choice} class="chip chip-set" label="Whose" items=${options(SCOPE_NAMES, now.scope)} onPick=${(item) => look({ scope: item.id })}><span>${SCOPE_NAMES[now.scope]}</span><${Icon} name="chevron" size=${12} /><//>
      <span class="filter-line" aria-hidden="true"></span>
      <${Filter} name="team" label="Team" value=${teams.find((team) => team.id === now.team)?.name} items=${named(teams, now.team)} />
      <${Filter} name="person" label="Person" value=${person?.name} items=${people} />
      <${Filter} name="client" label="Client" value=${now.client && clientName(now.client)} find=${findClients} onPick=${pickClient} />
      ${now.show === 'jobs' && html`<${Filter} name="service" label="Service" value=${services.find((one) => one.id === now.service)?.name} items=${named(services, now.service)} />`}
      ${isFiltered(now) && html`<button type="button" class="button button-quiet" onClick=${() => look(NO_FILTER)}>Clear</button>`}
    </div>
    <span class="filter-space"></span>
    <p class="summary"><b>${open}</b> open${overdue > 0 && html` · <span class="summary-overdue">${overdue} overdue</span>`} · ${hours(seconds)} h</p>
    <${TextFilter} />
    <button type="button" class="button button-icon" title="Copy the link to this board" aria-label="Copy the link to this board" onClick=${copyLink}><${Icon} name="link" /></button>
  </div>`
}
