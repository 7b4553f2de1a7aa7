// One thing that is due: how it stands, what it is and whose.
import { kindOf } from '../desk/calendar.js'
import { categoryTitle } from '../desk/grouping.js'
import { html } from '../parts/html.js'
import { Glyph } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { useLift } from './moving.js'

export function Card({ card }) {
  const kind = kindOf()
  const lift = useLift(card)
  const [name, more] = kind.words(card)
  const category = kind.category(card)
  return html`<li class="due-card" data-overdue=${card.overdue}><a href=${kind.href(card)} ...${lift} title=${[name, more, categoryTitle(category)].filter(Boolean).join(' · ')}>
    <${Glyph} category=${category} /><span class="due-words"><span class="due-name">${name}</span>${more && html`<span class="due-more">${more}</span>`}</span>
    ${card.overdue && html`<span class="visually-hidden">overdue</span>`}<${Avatar} person=${kind.person(card)} size="xs" /></a></li>`
}
