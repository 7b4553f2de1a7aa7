// The week of one member: a row for each thing worked on, a column for each day.
import { address, goTo } from '../desk/address.js'
import { addDays, weekOf } from '../desk/days.js'
import { findJobs } from '../desk/jobs.js'
import { isMe, session, today } from '../desk/session.js'
import { added, cell, copyLastWeek, dayShown, mayEdit, memberId, monday, rowOf, rows, snapshot, weekAt } from '../desk/timesheet.js'
import { say } from '../desk/toasts.js'
import { weekTitle } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { Room } from '../parts/room.js'
import { Entries } from './entries.js'
import { Sheet } from './sheet.js'

function Week() {
  const go = (date) => { cell.value = null; goTo({ week: weekAt(date) }) }
  return html`<div class="week" role="group" aria-label="Week">
    <button type="button" class="button button-icon" aria-label="The week before" onClick=${() => go(addDays(monday.value, -7))}><${Icon} name="back" /></button>
    <button type="button" class="button button-icon" aria-label="The week after" onClick=${() => go(addDays(monday.value, 7))}><${Icon} name="forth" /></button>
    ${monday.value !== weekOf(today.value) && html`<button type="button" class="button button-quiet" onClick=${() => go(today.value)}>This week</button>`}
  </div>`
}

function Whose() {
  const { members } = session.value
  const person = members.find((member) => member.id === memberId.value)
  const items = members.filter((member) => member.active || member.id === memberId.value).map((member) => ({ id: member.id, title: isMe(member) ? `${member.name} (you)` : member.name, sign: html`<${Avatar} person=${member} size="s" />`, chosen: member.id === memberId.value }))
  return html`<${Choice} class="chip chip-set" label="Whose week" items=${items} onPick=${(item) => goTo({ member: isMe(item) ? '' : item.id })}>
    <${Avatar} person=${person} size="s" title="Whose week" /><span>${person?.name}</span><${Icon} name="chevron" size=${12} /><//>`
}

/** Jobs with these words, and the firm's own work under that name. */
async function findRows(text) {
  const own = text.trim() || 'internal'
  return [...await findJobs(text || ' '), { id: own, title: `The firm’s own work: ${own}`, thing: { activity: own } }]
}

function addRow({ thing }) {
  const row = rowOf(thing.activity ? thing : { job: { id: thing.id, title: thing.title }, client: thing.client })
  if (!rows.peek().some((one) => one.key === row.key)) added.value = [...added.peek(), row]
  cell.value = { key: row.key, day: dayShown.peek(), wanted: true }
}

async function copy() {
  const count = await copyLastWeek()
  say(count ? `${count} ${count === 1 ? 'row' : 'rows'} taken over, without their time` : 'Every row of last week is here already')
}

export function TimesheetPage() {
  return html`<${Room} snapshot=${snapshot} label="The timesheet">${({ member }) => (member ? html`
    <header class="room-head"><h1>${weekTitle(monday.value)}</h1><${Whose} /><${Week} /></header>
    <${Sheet} />
    ${mayEdit() && html`<div class="sheet-acts"><${Choice} class="button" label="What was worked on" find=${findRows} onPick=${addRow}><${Icon} name="plus" size=${14} />Add a row<//>
      <button type="button" class="button button-quiet" onClick=${copy}>Last week’s rows</button></div>`}
    <${Entries} />` : html`<div class="empty"><h2>There is nobody of that name</h2><button type="button" class="button button-strong" onClick=${() => goTo({ ...address.value, member: '' })}>My week</button></div>`)}<//>`
}
