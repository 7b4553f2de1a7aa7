// All about one task: what is to be done, by whom, until when, and what was said about it.
import { categoryTitle, CATEGORY_ORDER } from '../desk/grouping.js'
import { isOver } from '../desk/kinds.js'
import { assignTask, deleteTask, moveTask, updateTask } from '../desk/task-verbs.js'
import { holding, isBegun, shortly } from '../desk/waits.js'
import { hours } from '../desk/words.js'
import { closeThing, openThing } from '../desk/view.js'
import { writerOf } from '../desk/presence.js'
import { useWritten } from '../parts/begun.js'
import { Choice } from '../parts/choice.js'
import { Writing } from '../parts/here.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { later } from '../parts/later.js'
import { NotKept } from '../parts/not-kept.js'
import { Sure } from '../parts/sure.js'
import { Comments } from './comments.js'
import { DueDate, Holder, Timer } from './fields.js'

const Waits = later(() => import('./waits.js').then(({ Waits: part }) => part))

function Status({ task }) {
  const items = CATEGORY_ORDER.map((status) => ({ id: status, title: categoryTitle(status), sign: html`<${Glyph} category=${status} />`, chosen: status === task.status }))
  return html`<${Choice} class="fact-button" label="Where it stands" items=${items} onPick=${({ id }) => moveTask(task.id, { status: id }, { from: { status: task.status } })}>
    <${Glyph} category=${task.status} /><span>${categoryTitle(task.status)}</span><${Icon} name="chevron" size=${12} /><//>`
}

function Notes({ task }) {
  const { field, refused } = useWritten(task.notes, task.notesVersion, (notes, version) => updateTask(task.id, { notes }, 'change the notes of', version))
  return html`<section class="drawer-part"><h3><label for="task-notes">Notes</label><${Writing} person=${writerOf('notes')} /></h3>
    <textarea id="task-notes" data-edits="notes" rows="3" maxlength="5000" placeholder="How it is done, what to look at" ...${field}></textarea>
    <${NotKept} text=${refused} /></section>`
}

export function TaskBody({ task }) {
  const over = isOver(task.status)
  const holds = holding(task)
  return html`<section class="facts" aria-label="Facts"><dl>
      <div><dt>Stands</dt><dd><${Status} task=${task} /></dd></div>
      <div><dt>With</dt><dd><${Holder} label="Assignee" person=${task.assignee} onPick=${(id) => assignTask(task.id, id)} /></dd></div>
      <div><dt><label for="drawer-due">Due</label></dt><dd><${DueDate} date=${task.dueDate} overdue=${task.overdue} over=${over} onSet=${(dueDate) => updateTask(task.id, { dueDate }, 'change the due date of')} /></dd></div>
      ${task.estimateSeconds && html`<div><dt>Estimate</dt><dd class="numbers">${hours(task.estimateSeconds)} h</dd></div>`}
    </dl></section>
    ${holds.length > 0 && html`<p class="notice-line" data-tone="plain"><${Icon} name="lock" size=${14} /><span>To be ${isBegun(task.status) ? 'finished' : 'begun'} ${holds.map(shortly).join('; ')}</span></p>`}
    <div class="drawer-acts"><${Timer} task=${task} />
      ${task.job && html`<button type="button" class="button" onClick=${() => openThing(task.job.id)}>Open the job</button>`}
      <${Sure} class="button drawer-delete" ask="Delete for good?" onSure=${() => { closeThing(); deleteTask(task.id) }}><${Icon} name="trash" size=${14} />Delete<//></div>
    <${Waits} key=${`waits ${task.id}`} task=${task} />
    <${Notes} key=${task.id} task=${task} />
    <${Comments} thing=${task} />`
}
