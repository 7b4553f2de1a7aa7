// The steps: who does what, what has to be done first, and a line to add one.
import { useState } from 'preact/hooks'
import { isOver } from '../desk/kinds.js'
import { myTimer } from '../desk/session.js'
import { tasks } from '../desk/stores.js'
import { assignTask, completeTask, createTask, reopenTask, updateTask } from '../desk/task-verbs.js'
import { startTimer, stopTimer } from '../desk/timer-verbs.js'
import { openThing } from '../desk/view.js'
import { holding, shortly } from '../desk/waits.js'
import { exactMoment, hours, secondsOf } from '../desk/words.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { Due } from '../parts/due.js'
import { Editable } from '../parts/editable.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Progress } from '../parts/progress.js'
import { peopleChoices } from './fields.js'

function Step({ id, job }) {
  const step = tasks.of(id).value
  if (!step) return null
  const over = isOver(step.status)
  const holds = holding(step)
  const said = step.commentIds?.length ?? 0
  const runs = myTimer.value?.task?.id === id
  const doneBy = over && step.completedAt ? `Done by ${step.completedBy?.name ?? 'somebody'}, ${exactMoment(step.completedAt)}` : undefined
  return html`<li class="step" data-over=${over} data-unsent=${tasks.isWaiting(id)} title=${doneBy}>
    <button type="button" class="tick" aria-pressed=${over} aria-label=${`${over ? 'Reopen' : 'Complete'}: ${step.title}`} onClick=${() => (over ? reopenTask(id) : completeTask(id))}><${Icon} name="check" size=${12} /></button>
    <div class="step-text"><${Editable} class="step-title" data-over=${over} value=${step.title} version=${step.version} label="Title of the step" onSave=${(title, version) => updateTask(id, { title }, 'rename', version)} />
      ${!over && step.dueDate && step.dueDate !== job.dueDate && html`<${Due} date=${step.dueDate} overdue=${step.overdue} />`}
      ${holds.length > 0 && html`<span class="step-blocked"><${Icon} name="lock" size=${12} />${holds.map(shortly).join('; ')}</span>`}
    </div>
    <span class="step-facts">
      ${!over && html`<button type="button" class="step-action" data-on=${runs} aria-label=${`${runs ? 'Stop' : 'Start'} the timer: ${step.title}`} onClick=${() => (runs ? stopTimer() : startTimer({ job, task: step }))}><${Icon} name=${runs ? 'stop' : 'play'} size=${12} /></button>`}
      <button type="button" class="step-action" data-said=${said > 0} title="Notes and comments" aria-label=${`Notes and comments: ${step.title}${said ? `, ${said}` : ''}`} onClick=${() => openThing(id)}><${Icon} name="comment" size=${13} />${said > 0 && html`<span>${said}</span>`}</button>
      ${step.estimateSeconds && html`<span class="card-hours">${hours(step.estimateSeconds)}</span>`}
      <${Choice} class="step-person" label="Assignee" items=${peopleChoices(step.assignee)} onPick=${(item) => assignTask(id, item.id || null)}><${Avatar} person=${step.assignee} size="s" title=${`${step.title}: with ${step.assignee?.name ?? 'nobody'}`} /><//>
    </span>
  </li>`
}

function Add({ job }) {
  const [text, setText] = useState('')
  const [estimate, setEstimate] = useState('')
  const wrong = estimate && secondsOf(estimate) === null
  const submit = (event) => {
    event.preventDefault()
    if (!text.trim() || wrong) return
    createTask({ title: text.trim(), job, assigneeId: job.owner?.id, estimateSeconds: estimate ? secondsOf(estimate) : null, afterId: job.stepIds.at(-1) ?? null })
    setText('')
    setEstimate('')
  }
  return html`<form class="step-add" onSubmit=${submit}>
    <${Icon} name="plus" size=${14} />
    <input aria-label="Title of a new step" placeholder="Add a step" maxlength="200" value=${text} onInput=${(event) => setText(event.target.value)} />
    ${text && html`<input class="step-estimate" aria-label="Estimate, for example 1:30" placeholder="0:30" aria-invalid=${Boolean(wrong)} value=${estimate} onInput=${(event) => setEstimate(event.target.value)} />
    <button type="submit" class="button button-strong" disabled=${Boolean(wrong)}>Add</button>`}
  </form>`
}

export function Steps({ job }) {
  return html`<section class="drawer-part" aria-labelledby="steps-title">
    <h3 id="steps-title">Steps <${Progress} done=${job.stepsDone} total=${job.stepsTotal} /></h3>
    ${job.stepIds.length > 0 && html`<ol class="steps" role="list">${job.stepIds.map((id) => html`<${Step} key=${id} id=${id} job=${job} />`)}</ol>`}
    ${job.stepIds.length === 0 && html`<p class="part-empty">No steps yet. Add the first: the card then shows what comes next and how far it is.</p>`}
    <${Add} job=${job} />
  </section>`
}
