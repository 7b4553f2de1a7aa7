// The table: cells take 1:45, arrows walk over them, and every day is held against its hours.
import { second } from '../live/clock.js'
import { myTimer, today } from '../desk/session.js'
import { capacityOn, cell, clientOf, days, dayShown, onDay, rows, runsOnRow, secondsIn, titleOf } from '../desk/timesheet.js'
import { exactDate, hours, shortDate, ticking } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Cell } from './cell.js'

const weekday = (day) => new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`))

function Day({ day }) {
  return html`<th scope="col" class="number day" data-day=${day === dayShown.value ? 'shown' : ''} data-today=${day === today.value} title=${exactDate(day)}><span>${weekday(day)}</span> <b>${Number(day.slice(8))}</b></th>`
}

/** On a phone one day fills the table; here it is chosen. */
function Strip() {
  return html`<div class="strip" role="group" aria-label="Day">${days.value.map((day) => html`<button type="button" key=${day} aria-pressed=${day === dayShown.value} aria-label=${exactDate(day)} onClick=${() => { cell.value = { key: '', day } }}><span>${weekday(day)[0]}</span><b>${Number(day.slice(8))}</b><small>${onDay(day) ? hours(onDay(day)) : '·'}</small></button>`)}</div>`
}

function Running({ row }) {
  if (!runsOnRow(row)) return null
  return html`<span class="row-running" title="Your timer runs on this"><span class="pulse" aria-hidden="true"></span>${ticking(myTimer.value.startedAt, second.value)}</span>`
}

function Row({ row, index }) {
  const total = days.value.reduce((sum, day) => sum + secondsIn(row.cells[day]), 0)
  return html`<tr>
    <th scope="row" class="row-name"><span>${clientOf(row)}</span>${row.job ? html`<a href=${`/jobs/${row.job.id}`}>${titleOf(row)}</a>` : titleOf(row)}<${Running} row=${row} /></th>
    ${days.value.map((day, column) => html`<td key=${day} class="day" data-day=${day === dayShown.value ? 'shown' : ''}><${Cell} row=${row} day=${day} place=${[index, column]} /></td>`)}
    <td class="number row-total">${total ? hours(total) : ''}</td>
  </tr>`
}

function Total({ seconds, capacity, ...rest }) {
  return html`<td class="number" ...${rest} data-over=${capacity > 0 && seconds > capacity}>${hours(seconds)}<small>${capacity ? `of ${hours(capacity)}` : 'off'}</small></td>`
}

function Totals() {
  const sum = (of) => days.value.reduce((total, day) => total + of(day), 0)
  const [worked, capacity] = [sum(onDay), sum(capacityOn)]
  return html`<tfoot><tr><th scope="row">All together<span class="week-bar" style=${{ '--part': capacity ? Math.min(1, worked / capacity) : 0 }} aria-hidden="true"></span></th>
    ${days.value.map((day) => html`<${Total} key=${day} class="number day" data-day=${day === dayShown.value ? 'shown' : ''} seconds=${onDay(day)} capacity=${capacityOn(day)} />`)}
    <${Total} class="number row-total" seconds=${worked} capacity=${capacity} /></tr></tfoot>`
}

export function Sheet() {
  return html`<${Strip} /><div class="table-frame"><table class="table timesheet">
    <caption class="visually-hidden">Time by day, ${shortDate(days.value[0])} to ${shortDate(days.value[6])}. Arrow keys walk from cell to cell, Enter keeps, Escape takes back.</caption>
    <thead><tr><th scope="col">Worked on</th>${days.value.map((day) => html`<${Day} key=${day} day=${day} />`)}<th scope="col" class="number row-total">Week</th></tr></thead>
    <tbody>${rows.value.map((row, index) => html`<${Row} key=${row.key} row=${row} index=${index} />`)}
      ${!rows.value.length && html`<tr><td colspan="9" class="panel-none">Nothing yet. Add a row, take last week’s over, or start a timer: what it books appears here.</td></tr>`}</tbody>
    <${Totals} />
  </table></div>`
}
