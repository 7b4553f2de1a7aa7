// What is due when: a month of jobs or tasks, and how full its days are.
import { address, goTo } from '../desk/address.js'
import { calendar, monthAfter, monthOf, SCOPES, SHOWN } from '../desk/calendar.js'
import { today } from '../desk/session.js'
import { monthWords } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Room } from '../parts/room.js'
import { Month } from './month.js'

function Months({ month }) {
  const go = (to) => goTo({ month: to === today.value.slice(0, 7) ? '' : to })
  return html`<div class="week" role="group" aria-label="Month">
    <button type="button" class="button button-icon" aria-label="The month before" onClick=${() => go(monthAfter(month, -1))}><${Icon} name="back" /></button>
    <button type="button" class="button button-icon" aria-label="The month after" onClick=${() => go(monthAfter(month, 1))}><${Icon} name="forth" /></button>
    ${month !== today.value.slice(0, 7) && html`<button type="button" class="button button-quiet" onClick=${() => go(today.value.slice(0, 7))}>This month</button>`}
  </div>`
}

function Choices({ label, name, items, chosen }) {
  return html`<div class="scopes" role="group" aria-label=${label}>${items.map(({ id, title }, at) => html`<button type="button" key=${id} aria-pressed=${chosen === id || (!at && !items.some((one) => one.id === chosen))} onClick=${() => goTo({ [name]: at ? id : '' })}>${title}</button>`)}</div>`
}

export function CalendarPage() {
  const month = monthOf()
  const { show = '', scope = '' } = address.value
  return html`<${Room} snapshot=${calendar} label="The calendar">${({ calendar: { columns } }) => html`<header class="room-head calendar-head"><h1>${monthWords(`${month}-01`)}</h1><${Months} month=${month} />
      <div class="calendar-tools"><${Choices} label="What" name="show" items=${SHOWN} chosen=${show} /><${Choices} label="Whose work" name="scope" items=${SCOPES} chosen=${scope} /></div></header>
    <${Month} days=${columns} month=${month} />`}<//>`
}
