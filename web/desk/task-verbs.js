// What a person does with a task, and what that makes of its job's card meanwhile.
import { serverNow } from '../live/clock.js'
import { show } from './board.js'
import { categoryTitle } from './grouping.js'
import { newId } from './ids.js'
import { isOver } from './kinds.js'
import { personWith } from './job-verbs.js'
import { me, teamFor, today } from './session.js'
import { jobs, own, tasks } from './stores.js'
import { didSomething } from './undo.js'

const now = () => new Date(serverNow()).toISOString()

function act(document, id, input, patches, tried) {
  const field = document[0].toLowerCase() + document.slice(1)
  const about = tasks.peek(id)
  return own.make({ document, field, input, tried: `${tried} “${about.title}”`, about: about.job?.id ?? id, patches })
}

/** How the job's card reads once `changed` steps stand as they will. */
function cardAfter(jobId, changed) {
  const job = jobs.peek(jobId)
  if (!job?.stepIds) return []
  const steps = job.stepIds.map((id) => changed[id] ?? tasks.peek(id)).filter(Boolean)
  const left = steps.filter((step) => !isOver(step.status))
  const patch = {
    stepsDone: steps.length - left.length,
    stepsTotal: steps.length,
    nextStep: left[0] ?? null,
    remainingSeconds: left.reduce((sum, step) => sum + (step.estimateSeconds ?? 0), 0),
  }
  return [{ store: 'jobs', id: jobId, patch }]
}

function statusPatches(id, status) {
  const task = tasks.peek(id)
  const over = isOver(status)
  const patch = { status, completedAt: over ? now() : null, completedBy: over ? me() : null, overdue: task.overdue && !over }
  const patches = [{ store: 'tasks', id, patch }]
  return task.job ? [...patches, ...cardAfter(task.job.id, { [id]: { ...task, ...patch } })] : patches
}

export async function completeTask(id) {
  const { status, title } = tasks.peek(id)
  const payload = await act('CompleteTask', id, { id }, statusPatches(id, 'DONE'), 'complete')
  if (payload) didSomething(`Done: ${title}`, () => moveTask(id, { status }))
}

export function reopenTask(id) {
  return act('ReopenTask', id, { id }, statusPatches(id, 'READY'), 'reopen')
}

export async function assignTask(id, assigneeId) {
  const before = tasks.peek(id).assignee?.id ?? null
  const assignee = personWith(assigneeId)
  const payload = await act('AssignTask', id, { id, assigneeId }, [{ store: 'tasks', id, patch: { assignee } }], 'assign')
  if (payload) didSomething(`Now with ${assignee?.name ?? 'nobody'}`, () => assignTask(id, before))
}

/** Changes title, notes or due date; `version` is the one that they were written over. */
export function updateTask(id, changes, tried, version = tasks.peek(id).version) {
  const patch = { ...changes }
  if (changes.dueDate !== undefined) patch.overdue = Boolean(changes.dueDate) && changes.dueDate < today.value
  return act('UpdateTask', id, { id, ...changes, expectedVersion: version }, [{ store: 'tasks', id, patch }], tried)
}

/** Moves a task: `change` has status, assigneeId or dueDate, and the neighbours it was dropped by. */
export async function moveTask(id, change, { from = null } = {}) {
  const task = tasks.peek(id)
  const { status, assigneeId, dueDate, afterId = null, beforeId = null } = change
  const input = { id, ...change }
  for (const side of ['afterId', 'beforeId']) if (!input[side]) delete input[side]
  const patch = { placed: { afterId, beforeId } }
  if (assigneeId !== undefined) patch.assignee = personWith(assigneeId)
  if (dueDate !== undefined) Object.assign(patch, { dueDate, overdue: Boolean(dueDate) && dueDate < today.value })
  const patches = [{ store: 'tasks', id, patch }]
  if (status && status !== task.status) patches.push(...statusPatches(id, status))
  const where = status && status !== task.status ? `move to ${categoryTitle(status)}:` : 'move'
  const payload = await act('MoveTask', id, input, patches, where)
  if (payload && from) {
    didSomething(status && status !== task.status ? `Moved to ${categoryTitle(status)}` : 'Moved', () => moveTask(id, from))
  }
}

/** Adds a task: a step of `job`, or one on its own. */
export function createTask({ title, job = null, status = 'READY', assigneeId, dueDate = null, estimateSeconds = null, afterId = null }) {
  const id = newId('task')
  const assignee = assigneeId === undefined ? me() : personWith(assigneeId)
  const patch = {
    id, version: 0, title, notes: '', status, job: job && { id: job.id, title: job.title }, client: job?.client ?? null,
    assignee, dueDate, overdue: Boolean(dueDate) && dueDate < today.value, estimateSeconds, position: '',
    placed: { afterId }, blocked: false, dependencies: [], commentIds: [], completedAt: null,
  }
  const input = { id, title, assigneeId: assignee?.id ?? null }
  const teamId = !job && teamFor(assignee?.id)
  if (teamId) input.teamId = teamId
  if (job) input.jobId = job.id
  if (dueDate) input.dueDate = dueDate
  if (estimateSeconds) input.estimateSeconds = estimateSeconds
  if (afterId) input.afterId = afterId
  const patches = [{ store: 'tasks', id, patch }]
  if (job?.stepIds) {
    const stepIds = [...job.stepIds, id]
    patches.push({ store: 'jobs', id: job.id, patch: { stepIds, stepsTotal: stepIds.length } })
  } else {
    show(id)
  }
  return own.make({ document: 'CreateTask', field: 'createTask', input, tried: `add “${title}”`, about: job?.id ?? id, patches })
}

export async function deleteTask(id) {
  const { title, job } = tasks.peek(id)
  const payload = await own.make({
    document: 'DeleteTask',
    field: 'deleteTask',
    input: { id },
    tried: `delete “${title}”`,
    about: job?.id ?? id,
    patches: [{ store: 'tasks', id, patch: null }],
  })
  if (payload) tasks.forget(id)
}
