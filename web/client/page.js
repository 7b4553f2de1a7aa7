// One client in full: what it is, who is behind it, who looks after it, what is done for it.
import { useEffect } from 'preact/hooks'
import { one } from '../desk/client-page.js'
import { sameWords } from '../desk/client-words.js'
import { may, session } from '../desk/session.js'
import { Editable } from '../parts/editable.js'
import { html } from '../parts/html.js'
import { NotKept } from '../parts/not-kept.js'
import { Room } from '../parts/room.js'
import { Restricted } from '../clients/rows.js'
import { Engagements, Series } from './agreed.js'
import { useChange, Wrongs } from './changing.js'
import { Facts, Notes } from './facts.js'
import { Addresses, KeyDates, Numbers } from './known.js'
import { People } from './people.js'
import { Relations } from './relations.js'
import { Team } from './team.js'
import { ToBoard, Work } from './work.js'

function Heading({ client }) {
  const { change, errors } = useChange(client)
  const name = may('EDIT_CLIENTS')
    ? html`<${Editable} class="drawer-title" value=${client.name} version=${client.version} label="Name" onSave=${(text, version) => change({ name: text }, version)} />`
    : client.name
  return html`<header class="room-head"><div class="room-name"><a class="room-back" href="/clients">Clients</a>
      <h1 class="client-title"><span>${name}</span>${client.restricted && html`<${Restricted} />`}</h1><${Wrongs} errors=${errors} /></div>
    <${ToBoard} client=${client} /></header>`
}

const MOST_TWINS = 2

/** Clients that may be this one: somebody decides which of them stays. */
function Twins({ client }) {
  const twins = client.possibleDuplicates.map(({ client: who, alike }) => ({ who, words: sameWords(alike) })).filter(({ who, words }) => who && words)
  if (!twins.length) return null
  return html`<aside class="client-twins" aria-label="Perhaps here twice"><b>Perhaps here twice.</b> ${twins.slice(0, MOST_TWINS).map(({ who, words }, index) => html`${index > 0 && ', '}<a key=${who.id} href=${`/clients/${who.id}`}>${who.name}</a> has ${words}`)}${twins.length > MOST_TWINS && `, and ${twins.length - MOST_TWINS} more`}.</aside>`
}

function Content({ client }) {
  useEffect(() => { document.title = `${client.name} · ${session.peek().firm.name}` }, [client.name])
  return html`<${Heading} client=${client} />
    <${Twins} client=${client} />
    <${Facts} client=${client} />
    <div class="job client"><div><${Work} client=${client} /><${Series} client=${client} /><${Engagements} client=${client} /></div>
      <div><${Notes} client=${client} /><${Team} client=${client} /><${People} client=${client} /><${KeyDates} client=${client} /><${Numbers} client=${client} /><${Addresses} client=${client} /><${Relations} client=${client} /></div></div>`
}

const Gone = () => html`<div class="empty"><h2>This client is not here</h2><p>There is none at this address, or it is not yours to see.</p><a class="button button-strong" href="/clients">All clients</a></div>`

export function ClientPage() {
  return html`<${Room} snapshot=${one} label="The client">${({ client }) => (client ? html`<${Content} client=${client} />` : html`<${Gone} />`)}<//>`
}
