// Who else is here: small signs in a row, and a word where somebody writes.
import { Avatar } from './person.js'
import { html } from './html.js'
import { Icon } from './icons.js'

const SHOWN = 3

/** `beside` is { people, count }; `where` ends the sentence "Also …". */
export function Here({ beside: { people, count }, where }) {
  const shown = people.slice(0, SHOWN)
  const more = count - shown.length
  const names = people.slice(SHOWN).map(({ member }) => member.name).join(', ')
  if (!count) return null
  return html`<ul class="here" role="list" aria-label=${`Also ${where}`}>
    ${shown.map(({ member }) => html`<li key=${member.id}><${Avatar} person=${member} size="s" title=${`${member.name} is ${where}`} /></li>`)}
    ${more > 0 && html`<li class="here-more" title=${names}><span aria-hidden="true">+${more}</span><span class="visually-hidden">and ${more} more: ${names}</span></li>`}
  </ul>`
}

/** Says that this person writes there; nothing, while nobody does. */
export function Writing({ person }) {
  return html`<span class="writing" role="status">${person && html`<span style=${{ '--person': person.colour }}><${Icon} name="pencil" size=${11} />${person.name.split(' ')[0]} is editing</span>`}</span>`
}
