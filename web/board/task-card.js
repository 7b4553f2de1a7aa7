// One card, one task, for those who live in tasks.
import { isOver } from '../desk/kinds.js'
import { tasks } from '../desk/stores.js'
import { completeTask, reopenTask } from '../desk/task-verbs.js'
import { dueWords, exactDate, hours } from '../desk/words.js'
import { Avatar } from '../parts/person.js'
import { DoneAgo, Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { CardFrame, Comments } from './card-frame.js'
import { RunningTimers } from './running.js'

/** A step without a date of its own is due with its job. */
function DueWithJob({ job }) {
  if (!job?.dueDate) return null
  return html`<time class="due" data-tone="job" datetime=${job.dueDate} title=${`Its job is due ${exactDate(job.dueDate)}`}>job ${dueWords(job.dueDate)}</time>`
}

export function TaskCard({ id, isTabStop }) {
  const task = tasks.of(id).value
  if (!task) return null
  const over = isOver(task.status)
  const about = task.job ? `${task.client?.name ?? ''} · ${task.job.title}` : (task.client?.name ?? 'On its own')
  const heading = html`<span class="card-client">${about}</span><span class="card-title">${task.title}</span>`
  return html`<${CardFrame} id=${id} records=${tasks} isTabStop=${isTabStop} over=${over} heading=${heading}>
    <${RunningTimers} task=${task} />
    <p class="card-foot">
      <button type="button" class="tick" data-no-drag tabindex="-1" aria-pressed=${over} aria-label=${`${over ? 'Reopen' : 'Complete'}: ${task.title}`}
        onClick=${() => (over ? reopenTask(id) : completeTask(id))}><${Icon} name="check" size=${11} /></button>
      ${over ? html`<${DoneAgo} at=${task.completedAt} />` : task.dueDate ? html`<${Due} date=${task.dueDate} overdue=${task.overdue} />` : html`<${DueWithJob} job=${task.job} />`}
      ${task.blocked && !over && html`<span class="card-blocked" title="Something else has to be done first"><${Icon} name="lock" size=${12} /><span class=${task.overdue ? 'visually-hidden' : ''}>blocked</span></span>`}
      <span class="card-space"></span>
      <${Comments} count=${task.commentIds.length} />
      ${task.estimateSeconds && html`<span class="card-hours" title="Estimate">${hours(task.estimateSeconds)} h</span>`}
      <${Avatar} person=${task.assignee} size="s" title=${task.assignee ? `Assigned to ${task.assignee.name}` : 'Nobody yet'} />
    </p>
  <//>`
}
