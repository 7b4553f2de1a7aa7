// The month as a table of weeks; on a phone a list of the days on which something is due.
import { useState } from 'preact/hooks'
import { kindOf } from '../desk/calendar.js'
import { today } from '../desk/session.js'
import { exactDate, hours, weekdayWords } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Card } from './card.js'
import { useDrop } from './moving.js'
import { WholeDay } from './whole-day.js'

const WEEK = 7

/** How full a day is: the work left that is due then, against what those can do whose calendar it is. */
function Load({ day }) {
  const { remainingSeconds: left, capacitySeconds: capacity } = day
  if (!left || !capacity) return null
  return html`<span class="day-load" data-over=${left > capacity} title=${`${hours(left)} h of work left, ${hours(capacity)} h of capacity`}><span class="meter" style=${{ '--full': Math.min(1, left / capacity) }} aria-hidden="true"></span><span class="visually-hidden">${hours(left)} of ${hours(capacity)} hours</span></span>`
}

function Day({ day, month, onWhole }) {
  const { count, cards: { nodes } } = day
  const drop = useDrop(day.day)
  const isToday = day.day === today.value
  const more = count - nodes.length
  return html`<td class="day" ...${drop} data-day=${day.day} data-empty=${!count} data-today=${isToday} data-other=${day.day.slice(0, WEEK) !== month}>
    <header><time datetime=${day.day} title=${exactDate(day.day)}><span class="day-name">${exactDate(day.day)}</span><b>${Number(day.day.slice(8))}</b></time><span class="visually-hidden">${isToday && 'today, '}${count} due</span><${Load} day=${day} /></header>
    <ul role="list">${nodes.map((card) => html`<${Card} key=${card.id} card=${card} />`)}</ul>
    ${more > 0 && html`<button type="button" class="day-more" onClick=${onWhole}>${more} more<span class="visually-hidden"> due on ${exactDate(day.day)}</span></button>`}</td>`
}

export function Month({ days, month }) {
  const [whole, setWhole] = useState('')
  const weeks = Array.from({ length: days.length / WEEK }, (_, number) => days.slice(WEEK * number, WEEK * (number + 1)))
  const isEmpty = days.every(({ count }) => !count)
  return html`${isEmpty && html`<p class="calendar-none" role="status">No ${kindOf().noun} that is shown here is due in these weeks.</p>`}
    <div class="calendar-frame"><table class="calendar"><thead><tr>${days.slice(0, WEEK).map(({ day }) => html`<th scope="col" key=${day}>${weekdayWords(day)}</th>`)}</tr></thead>
      <tbody>${weeks.map((week) => html`<tr key=${week[0].day}>${week.map((day) => html`<${Day} key=${day.day} day=${day} month=${month} onWhole=${() => setWhole(day.day)} />`)}</tr>`)}</tbody></table></div>
    ${whole && html`<${WholeDay} day=${whole} onClose=${() => setWhole('')} />`}`
}
