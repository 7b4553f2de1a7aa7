// The task in the drawer: all about it, fetched again when the board hears that something was said.
import { effect, signal } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { persist } from '../live/persist.js'
import { marksNow, take, tasks } from './stores.js'
import { openTaskId } from './view.js'

/** `closed`, `loading`, `ready`, `missing`, or the problem that kept it from loading. */
export const taskCondition = signal('closed')

let opening = 0

async function load(id) {
  const marks = marksNow()
  const { task } = await ask('Task', { id })
  if (openTaskId.peek() !== id) return
  if (task) take.task(task, marks)
  taskCondition.value = task ? 'ready' : 'missing'
}

async function open(id) {
  const turn = (opening += 1)
  if (!id) { taskCondition.value = 'closed'; return }
  taskCondition.value = tasks.peek(id)?.comments ? 'ready' : 'loading'
  await persist(() => load(id), {
    isWanted: () => turn === opening && openTaskId.peek() === id,
    onProblem: (problem) => { if (taskCondition.peek() !== 'ready') taskCondition.value = problem },
  })
}

export const openTaskAgain = () => open(openTaskId.peek())

export function keepTask() {
  effect(() => { open(openTaskId.value) })
  effect(() => {
    const task = tasks.heard(openTaskId.value)
    tasks.changed.value
    const said = task?.commentIds?.length
    if (task?.comments && said !== undefined && said !== task.comments.length) open(task.id)
  })
}
