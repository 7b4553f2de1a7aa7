// All about one job or one task, beside the board: it stays in sight, and the address names it.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { jobCondition, openAgain } from '../desk/job.js'
import { renameJob } from '../desk/job-verbs.js'
import { besideThing, writerOf } from '../desk/presence.js'
import { jobs, tasks } from '../desk/stores.js'
import { openTaskAgain, taskCondition } from '../desk/task.js'
import { updateTask } from '../desk/task-verbs.js'
import { touchOf } from '../desk/touches.js'
import { closeThing, look, openJobId, openTaskId } from '../desk/view.js'
import { focusCard } from '../board/keys.js'
import { Editable } from '../parts/editable.js'
import { Guarded } from '../parts/guarded.js'
import { Here, Writing } from '../parts/here.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Problem } from '../parts/problem.js'
import { Activity } from './activity.js'
import { Comments } from './comments.js'
import { Messages } from './messages.js'
import { Facts } from './facts.js'
import { Timer } from './fields.js'
import { Review } from './review.js'
import { Steps } from './steps.js'
import { TaskBody } from './task.js'
import { Waiting } from './waiting.js'

/** `thing` is the job or task as far as it is known, `about` what stands above its title, `open` its page. */
function Heading({ thing, word, about, open = '', onRename }) {
  const touched = thing && touchOf(`drawer:${thing.id}`).value
  return html`<header class="drawer-head">
    <div>
      <div class="drawer-about">${about}<${Writing} person=${writerOf('title')} /><${Here} beside=${besideThing.value} where=${`at this ${word.toLowerCase()}`} /></div>
      <h2 id="drawer-title">${thing ? html`<${Editable} class="drawer-title" value=${thing.title} version=${thing.version} label="Title" edits="title" onSave=${onRename} />` : word}</h2>
    </div>
    ${open && html`<a class="button button-icon" href=${open} title="Open its page" aria-label="Open its page"><${Icon} name="open" /></a>`}
    ${touched && html`<span class="drawer-touch" key=${touched.turn} style=${{ '--person': touched.person.colour }}>${touched.person.name} is here</span>`}
    <button type="button" class="button button-icon" aria-label="Close (Escape)" title="Close (Escape)" onClick=${closeThing}><${Icon} name="close" /></button>
  </header>`
}

const OfClient = ({ client }) => html`<button type="button" class="drawer-client" title="Only this client on the board" onClick=${() => look({ client: client.id, job: '', task: '', due: 'any', scope: 'everything' })}>${client.name}</button>`

/** What stands in place of what is not here: it is gone, it could not be fetched, it comes. */
function Instead({ word, condition, retry }) {
  if (condition === 'missing') return html`<${Gone} word=${word} />`
  if (condition instanceof Error) return html`<${Problem} title=${`The rest of the ${word} could not be fetched`} problem=${condition} retry=${retry} />`
  return html`<${Bones} />`
}

function JobRoom({ id }) {
  const condition = jobCondition.value
  const job = condition === 'missing' ? undefined : jobs.of(id).value
  const instead = html`<${Instead} word="job" condition=${condition} retry=${openAgain} />`
  return html`<${Heading} thing=${job} word="Job" open=${`/jobs/${id}`} about=${job && html`<${OfClient} client=${job.client} />`} onRename=${(title, version) => renameJob(id, title, version)} />
    <div class="drawer-body">${job ? html`
      <${Facts} job=${job} />
      <div class="drawer-acts"><${Timer} job=${job} /><${Waiting} job=${job} /><${Review} job=${job} /></div>
      ${job.client.notes && html`<p class="set-apart"><b>About the client</b>${job.client.notes}</p>`}
      ${job.stepIds ? html`<${Steps} job=${job} />${job.messages && html`<${Messages} job=${job} />`}<${Comments} thing=${job} /><${Activity} job=${job} />` : instead}` : instead}
    </div>`
}

function TaskRoom({ id }) {
  const condition = taskCondition.value
  const task = condition === 'missing' ? undefined : tasks.of(id).value
  const instead = html`<${Instead} word="task" condition=${condition} retry=${openTaskAgain} />`
  return html`<${Heading} thing=${task} word="Task" about=${task?.client ? html`<${OfClient} client=${task.client} />` : task && html`<span class="drawer-client">For no client</span>`}
      onRename=${(title, version) => updateTask(id, { title }, 'rename', version)} />
    <div class="drawer-body">${task ? html`<${TaskBody} task=${task} />${!task.comments && instead}` : instead}</div>`
}

const Gone = ({ word }) => html`<div class="empty"><h2>This ${word} is not here</h2><p>It was deleted, or it is not yours to see. The rest of the board is as it was.</p>
    <button type="button" class="button button-strong" onClick=${closeThing}>Back to the board</button></div>`

function Bones() {
  return html`<div class="drawer-bones" aria-hidden="true">${[1, 2, 3, 4, 5].map((line) => html`<span class="bone bone-long" key=${line}></span>`)}</div>`
}

export function Drawer() {
  const id = openJobId.value || openTaskId.value
  const panel = useRef()
  const before = useRef('')
  useLayoutEffect(() => {
    if (id) {
      panel.current.focus({ preventScroll: true })
      // The board gave up some of its width: the card that is open stays in sight.
      document.querySelector(`.board [data-card="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    } else if (before.current) focusCard(before.current)
    before.current = id
  }, [id])
  useEffect(() => {
    const isFree = () => id && !document.querySelector('dialog[open], [popover]:popover-open')
    const onKey = (event) => { if (event.key === 'Escape' && !event.defaultPrevented && isFree()) closeThing() }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [id])
  if (!id) return null
  const Room = openJobId.value ? JobRoom : TaskRoom
  return html`<aside class="drawer" role="dialog" aria-labelledby="drawer-title" tabindex="-1" ref=${panel}><${Guarded} key=${id}><${Room} id=${id} /><//></aside>`
}
