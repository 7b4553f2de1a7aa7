// The people behind the client, and which of them may come into the portal.
import { useRef, useState } from 'preact/hooks'
import { one } from '../desk/client-page.js'
import { findContacts, peopleBehind } from '../desk/contacts.js'
import { newId } from '../desk/ids.js'
import { may } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { ask } from '../live/request.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'
import { useVerb } from '../parts/verb.js'
import { Wrongs } from './changing.js'

function Portal({ person, client }) {
  const { send, sending, errors } = useVerb('InviteToPortal')
  const invite = async () => { if (await send({ contactId: person.id, clientId: client.id })) { say(`${person.name} is invited`, { detail: `A mail tells them how to come into the portal for ${client.name}.` }); one.again() } }
  if (person.isIn) return html`<span class="badge" data-tone="good" title=${`May come into the portal for ${client.name}`}><${Icon} name="check" size=${11} />In the portal</span>`
  if (!person.email || !may('EDIT_CLIENTS')) return html`<span class="badge" title=${person.email ? undefined : 'Without an e-mail address nobody can be invited'}>Not in the portal</span>`
  return html`<button type="button" class="button" aria-label=${`Invite ${person.name} to the portal`} title=${`Opens the portal to them for ${client.name}, and tells them by mail`} disabled=${sending} onClick=${invite}>Invite</button><${Wrongs} errors=${errors} />`
}

function Person({ person, client }) {
  const { name, roles, email, phone } = person
  return html`<li><div><p><b>${name}</b> <span class="quiet">${roles.join(', ')}</span></p>
      <p class="client-reach">${email && html`<a href=${`mailto:${email}`}>${email}</a>`}${phone && html`<a href=${`tel:${phone.replaceAll(' ', '')}`}>${phone}</a>`}${!email && !phone && html`<span class="quiet">No address known</span>`}</p></div>
    <${Portal} person=${person} client=${client} /></li>`
}

const ROLE = { name: 'role', label: 'What they are there', placeholder: 'Director', maxlength: 100, required: true }

/** Somebody who is known already gets one more role: a person is there once, at however many clients. */
function Known({ client, person, onClose }) {
  const input = ({ role }) => ({ contactId: person.id, clientId: client.id, role })
  return html`<${Sheet} title=${`${person.name} at ${client.name}`} document="LinkContact" fields=${[{ ...ROLE, autofocus: true }]} input=${input} does="Add" onDone=${one.again} onClose=${onClose} />`
}

/** A person is made first, then given the role; the id is made here, so that nobody is made twice. */
function Unknown({ client, onKnown, onClose }) {
  const [id] = useState(() => newId('contact'))
  const role = useRef('')
  const fields = [
    { name: 'name', label: 'Full name', placeholder: 'Ada Whitlock', maxlength: 200, required: true, autofocus: true },
    ROLE,
    { name: 'email', label: 'E-mail', kind: 'email', placeholder: 'needed for the portal', maxlength: 254 },
    { name: 'phone', label: 'Telephone', kind: 'tel', maxlength: 50 },
  ]
  const input = ({ name, role: said, email, phone }) => { role.current = said; return { id, name, email: email || null, phone: phone || null } }
  const link = async ({ contact }) => {
    const { linkContact } = await ask('LinkContact', { input: { contactId: contact.id, clientId: client.id, role: role.current } }).catch(({ message }) => ({ linkContact: { errors: [{ message }] } }))
    if (linkContact.errors.length) say(`${contact.name} is known now, but not as ${role.current} here`, { tone: 'refused', detail: linkContact.errors[0].message })
    one.again()
  }
  return html`<${Sheet} title=${`Somebody at ${client.name}`} document="CreateContact" fields=${fields} input=${input} does="Add" onDone=${link} onClose=${onClose}>
    <p class="client-known">Somebody new, or <${Choice} class="link" label="Somebody known" find=${findContacts} onPick=${({ thing }) => onKnown(thing)}>somebody you know already …<//></p><//>`
}

function Adding({ client, onClose }) {
  const [known, setKnown] = useState(null)
  if (known) return html`<${Known} key="known" client=${client} person=${known} onClose=${onClose} />`
  return html`<${Unknown} key="unknown" client=${client} onKnown=${setKnown} onClose=${onClose} />`
}

export function People({ client }) {
  const [adding, setAdding] = useState(false)
  const people = peopleBehind(client)
  return html`<section class="panel" aria-label="People"><h2>People${may('EDIT_CLIENTS') && html`<button type="button" class="button button-quiet" onClick=${() => setAdding(true)}><${Icon} name="plus" size=${14} />Add somebody</button>`}</h2>
    ${people.length ? html`<ul class="client-people" role="list">${people.map((person) => html`<${Person} key=${person.id} person=${person} client=${client} />`)}</ul>`
    : html`<p class="panel-none">Nobody is known here yet. Who is asked for papers, and who gets into the portal, stands here.</p>`}
    ${adding && html`<${Adding} client=${client} onClose=${() => setAdding(false)} />`}</section>`
}
