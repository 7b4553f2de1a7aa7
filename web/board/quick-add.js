// A card more, at the foot of its column: type, enter, go on typing.
import { useState } from 'preact/hooks'
import { ask } from '../live/request.js'
import { createJob, moveJob } from '../desk/job-verbs.js'
import { createTask, moveTask } from '../desk/task-verbs.js'
import { session, today } from '../desk/session.js'
import { addDays } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

/** Fetches clients by the start of their name. */
export async function findClients(text) {
  const { clients } = await ask('Clients', { text })
  return clients.edges.map(({ node }) => ({ id: node.id, title: node.name, thing: node }))
}

const CLOSED = ['DONE', 'CANCELLED', 'overdue', 'later', 'done', 'others']

/** What a new card must have to stand in this column. */
function placeIn(column) {
  const place = { lastId: column.ids.at(-1) }
  if (column.category) place.category = column.category
  if (column.member || column.key === 'nobody') place.ownerId = column.member?.id ?? null
  if (column.weekStart) {
    const friday = addDays(column.weekStart, 4)
    place.dueDate = friday < today.peek() ? today.peek() : friday
  }
  return place
}

async function addJob(column, { client, service, title }) {
  const { lastId, category, ownerId, dueDate } = placeIn(column)
  const payload = await createJob({ client, service, title, category: category ?? 'READY', ownerId, dueDate, lastId })
  // A new job begins where its workflow begins; this column may be further on.
  if (payload && category && payload.job.category !== category) moveJob(payload.job.id, { category, afterId: lastId })
}

async function addTask(column, title) {
  const { lastId, category, ownerId, dueDate } = placeIn(column)
  const payload = await createTask({ title, status: category ?? 'READY', assigneeId: ownerId, dueDate, afterId: lastId })
  if (payload && category && payload.task.status !== category) moveTask(payload.task.id, { status: category, afterId: lastId })
}

export function QuickAdd({ column, tasks }) {
  const [isOpen, setOpen] = useState(false)
  if (CLOSED.includes(column.key)) return null
  if (!isOpen) {
    return html`<button type="button" class="quick-add" onClick=${() => setOpen(true)}><${Icon} name="plus" size=${14} />${tasks ? 'Add a task' : 'Add a job'}</button>`
  }
  return html`<${Form} column=${column} tasks=${tasks} onClose=${() => setOpen(false)} />`
}

function Form({ column, tasks, onClose }) {
  const [client, setClient] = useState(null)
  const [service, setService] = useState(null)
  const [title, setTitle] = useState('')
  const ready = tasks ? title.trim() : client && (title.trim() || service)
  const submit = (event) => {
    event.preventDefault()
    if (!ready) return
    if (tasks) addTask(column, title.trim())
    else addJob(column, { client, service, title: title.trim() })
    setTitle('')
  }
  const services = session.value.services.map((one) => ({ id: one.id, title: one.name, thing: one, chosen: one.id === service?.id }))
  return html`<form class="quick-form" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === 'Escape') onClose() }}>
    ${!tasks && html`<div class="quick-choices">
      <${Choice} class="chip" label="Client" find=${findClients} onPick=${(item) => setClient(item.thing)} autofocus><${Icon} name="building" size=${13} /><span>${client?.name ?? 'Which client?'}</span><//>
      <${Choice} class="chip" label="Service" items=${services} onPick=${(item) => setService(item.thing)}><span>${service?.name ?? 'Service'}</span><//>
    </div>`}
    <input aria-label=${tasks ? 'Title of the task' : 'Title of the job'} placeholder=${tasks ? 'What is to be done?' : (service?.name ?? 'Title')} value=${title}
      ref=${(input) => { if (input && tasks && !input.dataset.met) { input.dataset.met = '1'; input.focus() } }} onInput=${(event) => setTitle(event.target.value)} />
    <div class="quick-actions">
      <button type="submit" class="button button-strong" disabled=${!ready}>Add</button>
      <button type="button" class="button button-quiet" onClick=${onClose}>Close</button>
    </div>
  </form>`
}
