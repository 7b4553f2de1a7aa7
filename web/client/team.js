// Who of the firm looks after the client: the roles that templates give work to.
import { one } from '../desk/client-page.js'
import { PARTS } from '../desk/client-words.js'
import { isMe, may, session } from '../desk/session.js'
import { exactDate } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { Sure } from '../parts/sure.js'
import { useVerb } from '../parts/verb.js'
import { Wrongs } from './changing.js'

function Holder({ held, title }) {
  const { send, errors } = useVerb('EndClientRole')
  const end = async () => { if (await send({ id: held.id })) one.again() }
  return html`<li title=${`Since ${exactDate(held.fromDate)}`}><${Avatar} person=${held.member} size="s" /><span>${held.member.name}</span>
    ${may('EDIT_CLIENTS') && html`<${Sure} class="link client-end" ask="No longer?" aria-label=${`${held.member.name} is no longer ${title.toLowerCase()}`} onSure=${end}><${Icon} name="close" size=${12} /><//>`}<${Wrongs} errors=${errors} /></li>`
}

function Part({ client, role, title }) {
  const { send, sending, errors } = useVerb('AssignClientRole')
  const held = client.roles.filter((one) => one.role === role)
  const taken = new Set(held.map(({ member }) => member.id))
  const items = session.value.members.filter((member) => member.active && !taken.has(member.id)).map((member) => ({
    id: member.id, title: isMe(member) ? `${member.name} (you)` : member.name, sign: html`<${Avatar} person=${member} size="s" />`,
  }))
  const give = async ({ id }) => { if (await send({ clientId: client.id, memberId: id, role })) one.again() }
  return html`<li class="client-part"><span class="quiet">${title}</span>
    <ul role="list">${held.map((part) => html`<${Holder} key=${part.id} held=${part} title=${title} />`)}
      ${!held.length && html`<li class="quiet">Nobody yet</li>`}</ul>
    ${may('EDIT_CLIENTS') && html`<${Choice} class="client-give" label=${`${title} of ${client.name}`} aria-label=${`Give somebody the part of ${title.toLowerCase()}`} title="Give it to somebody" disabled=${sending} items=${items} onPick=${give}><${Icon} name="plus" size=${14} /><//>`}
    <${Wrongs} errors=${errors} /></li>`
}

export function Team({ client }) {
  return html`<section class="panel" aria-label="Looked after by"><h2>Looked after by</h2>
    <ul class="client-parts" role="list">${Object.entries(PARTS).map(([role, title]) => html`<${Part} key=${role} client=${client} role=${role} title=${title} />`)}</ul></section>`
}
