// Who hears of what a client is asked for: the contacts who may come into the portal, and whoever
// can be let in.
import { useEffect } from 'preact/hooks'
import { peopleBehind } from '../desk/contacts.js'
import { contacts, lookUpContacts } from '../desk/job-page.js'
import { may } from '../desk/session.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { useVerb } from '../parts/verb.js'

function Invite({ person, client }) {
  const { send, sending, errors } = useVerb('InviteToPortal')
  const invite = async () => { if (await send({ contactId: person.id, clientId: client.id })) contacts.again() }
  return html`<button type="button" class="button" aria-label=${`Invite ${person.name}`} title=${`Opens the portal to them for ${client.name}, and tells them by mail`} disabled=${sending} onClick=${invite}>Invite</button>
    ${errors.map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)}`
}

function standing({ email, isIn }) {
  if (!email) return 'has no e-mail address'
  return isIn ? `told at ${email}` : 'not in the portal yet'
}

function Person({ person, client }) {
  const { name, roles, email, isIn, isTold } = person
  return html`<li data-told=${isTold}><${Icon} name=${isTold ? 'check' : 'person'} size=${14} />
    <div><p><b>${name}</b> ${roles.join(', ')}</p><p>${standing(person)}</p></div>
    ${!isIn && email && may('EDIT_CLIENTS') && html`<${Invite} person=${person} client=${client} />`}</li>`
}

function words(people, client) {
  const told = people.filter(({ isTold }) => isTold).length
  if (!people.length) return `Nobody is told: no contact of ${client.name} is known yet. What you ask waits in the portal for whoever is invited later.`
  return told ? '' : 'Nobody is told yet: none of these may come into the portal.'
}

export function Told({ client }) {
  useEffect(() => { lookUpContacts() }, [])
  const found = contacts.data.value?.job
  if (contacts.condition.value instanceof Error) return html`<p class="told">Who is told by mail cannot be seen now: the server does not say.</p>`
  const people = found && peopleBehind(found.client)
  const nobody = people && words(people, client)
  return html`<section class="told" aria-label="Who is told by mail" aria-busy=${!people}><h3>Who is told by mail</h3>
    ${people ? html`${nobody && html`<p class="told-nobody">${nobody}</p>`}
      ${people.length > 0 && html`<ul role="list">${people.map((person) => html`<${Person} key=${person.id} person=${person} client=${client} />`)}</ul>`}`
    : html`<span class="bone bone-long"></span>`}</section>`
}
