// One card, one task, for those who live in tasks.
import { isOver } from '../desk/kinds.js'
import { tasks } from '../desk/stores.js'
import { completeTask, reopenTask } from '../desk/task-verbs.js'
import { look } from '../desk/view.js'
import { hours } from '../desk/words.js'
import { Avatar } from '../parts/person.js'
import { Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { CardFrame, Comments } from './card-frame.js'
import { RunningTimers } from './running.js'

export function TaskCard({ id, isTabStop }) {
  const task = tasks.of(id).value
  if (!task) return null
  const over = isOver(task.status)
  const about = task.job ? `${task.client?.name ?? ''} · ${task.job.title}` : (task.client?.name ?? 'On its own')
  const heading = html`<span class="card-client">${about}</span><span class="card-title">${task.title}</span>`
  const open = () => task.job && look({ job: task.job.id })
  return html`<${CardFrame} id=${id} records=${tasks} isTabStop=${isTabStop} over=${over} heading=${heading} onOpen=${open}>
    <${RunningTimers} task=${task} />
    <p class="card-foot">
      <button type="button" class="tick" data-no-drag tabindex="-1" aria-pressed=${over} aria-label=${`${over ? 'Reopen' : 'Complete'}: ${task.title}`}
        onClick=${() => (over ? reopenTask(id) : completeTask(id))}><${Icon} name="check" size=${11} /></button>
      <${Due} date=${task.dueDate} overdue=${task.overdue} over=${over} />
      ${task.blocked && !over && html`<span class="card-blocked" title="Something else has to be done first"><${Icon} name="lock" size=${12} />blocked</span>`}
      <span class="card-space"></span>
      <${Comments} count=${task.commentIds.length} />
      ${task.estimateSeconds && html`<span class="card-hours" title="Estimate">${hours(task.estimateSeconds)} h</span>`}
      <${Avatar} person=${task.assignee} size="s" title=${task.assignee ? `Assigned to ${task.assignee.name}` : 'Nobody yet'} />
    </p>
  <//>`
}
