// What a person does with a job. Each verb says how the card looks meanwhile, and what it tried.
import { serverNow } from '../live/clock.js'
import { show } from './board.js'
import { categoryTitle } from './grouping.js'
import { newId } from './ids.js'
import { isOver } from './kinds.js'
import { me, session, teamFor, today } from './session.js'
import { jobs, own } from './stores.js'
import { didSomething } from './undo.js'

const now = () => new Date(serverNow()).toISOString()
const named = (job) => `“${job.client.name}: ${job.title}”`

/** Sends one verb about one job; `tried` completes "Could not …". */
export function act(document, id, input, patch, tried) {
  const field = document[0].toLowerCase() + document.slice(1)
  const job = jobs.peek(id)
  return own.make({
    document,
    field,
    input,
    tried: `${tried} ${named(job)}`,
    about: id,
    patches: [{ store: 'jobs', id, patch }],
  })
}

/**
 * Moves a job: `change` has category (or a stage of the workflow by its id as well), ownerId or
 * dueDate, and the neighbours it was dropped by; `from` is the same for the way back.
 */
export async function moveJob(id, change, { from = null } = {}) {
  const job = jobs.peek(id)
  const { category, ownerId, dueDate, afterId = null, beforeId = null } = change
  const input = { id, ...change }
  for (const side of ['afterId', 'beforeId']) if (!input[side]) delete input[side]
  if (input.stageId) delete input.category
  const patch = { placed: { afterId, beforeId } }
  if (category) Object.assign(patch, { category, overdue: job.overdue && !isOver(category) })
  if (ownerId !== undefined) patch.owner = personWith(ownerId)
  if (dueDate !== undefined) Object.assign(patch, { dueDate, overdue: Boolean(dueDate) && dueDate < today.value })
  const where = category && category !== job.category ? `move to ${categoryTitle(category)}:` : 'move'
  const payload = await act('MoveJob', id, input, patch, where)
  if (payload && from) didSomething(movedWords(job, change), () => moveJob(id, from), movedDetail(job, change))
}

function movedWords(job, { category, ownerId, dueDate }) {
  if (category && category !== job.category) return `Moved to ${categoryTitle(category)}`
  if (ownerId !== undefined) return `Now with ${personWith(ownerId)?.name ?? 'nobody'}`
  return dueDate !== undefined ? 'Due date changed' : 'Moved'
}

function movedDetail(job, { category }) {
  if (category !== 'CANCELLED' || category === job.category) return ''
  return 'What the client was still asked for is cancelled with it. Undo does not ask again.'
}

export const personWith = (id) => session.peek().members.find((member) => member.id === id) ?? null

export async function assignJob(id, ownerId) {
  const before = jobs.peek(id).owner?.id ?? null
  const owner = personWith(ownerId)
  const payload = await act('AssignJob', id, { id, ownerId }, { owner }, 'assign')
  if (payload) didSomething(`Now with ${owner?.name ?? 'nobody'}`, () => assignJob(id, before))
}

export async function setJobDue(id, dueDate) {
  const { dueDate: before, version } = jobs.peek(id)
  const patch = { dueDate, overdue: Boolean(dueDate) && dueDate < today.value }
  const input = { id, dueDate, expectedVersion: version }
  const payload = await act('UpdateJob', id, input, patch, 'change the due date of')
  if (payload) didSomething('Due date changed', () => setJobDue(id, before))
}

/** `version` is the one that the new title was written over. */
export function renameJob(id, title, version) {
  return act('UpdateJob', id, { id, title, expectedVersion: version }, { title }, 'rename')
}

export function startWaiting(id, whom, what) {
  const waiting = { id: newId('waiting'), whom, what, since: now(), remindedAt: null }
  return act('StartWaiting', id, { jobId: id, whom, what }, { waiting, whoseTurn: whom, category: whom === 'CLIENT' ? 'WAITING_ON_CLIENT' : 'WAITING_ON_OTHER' }, 'wait with')
}

export function endWaiting(id) {
  return act('EndWaiting', id, { jobId: id }, { waiting: null, whoseTurn: 'FIRM', category: 'IN_PROGRESS' }, 'end the waiting of')
}

export function remindWaiting(id) {
  const { waiting } = jobs.peek(id)
  return act('RemindWaiting', id, { jobId: id }, { waiting: { ...waiting, remindedAt: now() } }, 'note a reminder for')
}

/** Takes a client on, under the id that what follows already uses. */
export function createClient({ id, name }) {
  return own.make({ document: 'CreateClient', field: 'createClient', input: { id, name }, tried: `take on “${name}”`, about: id })
}

/** Adds a job at the foot of a column. */
export function createJob({ client, title, service, category, ownerId, dueDate, lastId }) {
  const id = newId('job')
  const owner = ownerId === undefined ? me() : personWith(ownerId)
  const patch = {
    id, version: 0, title: title || service?.name || 'Job', category, client, service, owner, dueDate,
    overdue: Boolean(dueDate) && dueDate < today.value, position: '', placed: { afterId: lastId },
    stepsDone: 0, stepsTotal: 0, remainingSeconds: 0, whoseTurn: 'FIRM', turnOf: owner, commentCount: 0,
  }
  const input = { id, clientId: client.id, title: patch.title, ownerId: owner?.id ?? null }
  const teamId = teamFor(owner?.id)
  if (teamId) input.teamId = teamId
  if (service) input.serviceId = service.id
  if (dueDate) input.dueDate = dueDate
  show(id)
  return own.make({
    document: 'CreateJob',
    field: 'createJob',
    input,
    tried: `add ${named(patch)}`,
    about: id,
    patches: [{ store: 'jobs', id, patch }],
  })
}
