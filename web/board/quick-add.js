// A card more, at the foot of its column: type, enter, go on typing.
import { useState } from 'preact/hooks'
import { findClients } from '../desk/clients.js'
import { addDays } from '../desk/days.js'
import { newId } from '../desk/ids.js'
import { createClient, createJob, moveJob } from '../desk/job-verbs.js'
import { createTask, moveTask } from '../desk/task-verbs.js'
import { may, session, today } from '../desk/session.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

/** The same, and a new one of that name for whoever may take clients on. */
async function findOrNew(text) {
  const found = await findClients(text)
  const name = text.trim()
  const isKnown = found.some((one) => one.title.toLowerCase() === name.toLowerCase())
  if (!name || isKnown || !may('EDIT_CLIENTS')) return found
  return [...found, { id: 'new', title: `New client “${name}”`, sign: html`<${Icon} name="plus" size=${14} />`, thing: { id: newId('client'), name, isNew: true } }]
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
  if (client.isNew) createClient(client)
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
    // The client stays, for the next of theirs; nothing else does, so that a second Enter adds nothing.
    setTitle('')
    setService(null)
    setClient(client && { id: client.id, name: client.name })
    const list = event.target.closest('.column').querySelector('.column-list')
    requestAnimationFrame(() => list.scrollTo({ top: list.scrollHeight }))
  }
  const services = session.value.services.map((one) => ({ id: one.id, title: one.name, thing: one, chosen: one.id === service?.id }))
  return html`<form class="quick-form" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === 'Escape') onClose() }}>
    ${!tasks && html`<div class="quick-choices">
      <${Choice} class="chip" label="Client" find=${findOrNew} onPick=${(item) => setClient(item.thing)}><${Icon} name="building" size=${13} /><span>${client?.name ?? 'Which client?'}</span><//>
      <${Choice} class="chip" label="Service" items=${services} onPick=${(item) => setService(item.thing)}><span>${service?.name ?? 'Service'}</span><//>
    </div>`}
    <input aria-label=${tasks ? 'Title of the task' : 'Title of the job'} placeholder=${tasks ? 'What is to be done?' : (service?.name ?? 'Title')} value=${title} maxlength="200"
      ref=${(input) => { if (input && tasks && !input.dataset.met) { input.dataset.met = '1'; input.focus() } }} onInput=${(event) => setTitle(event.target.value)} />
    <div class="quick-actions">
      <button type="submit" class="button button-strong" disabled=${!ready}>Add</button>
      <button type="button" class="button button-quiet" onClick=${onClose}>Close</button>
    </div>
  </form>`
}
