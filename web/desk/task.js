// The task in the drawer: all about it, fetched again when it changes or something is said. No board
// has to show it, and a card does not tell all that stands here.
import { effect, signal } from '@preact/signals-core'
import { follow } from '../live/follow.js'
import { Gathered } from '../live/gathered.js'
import { persist } from '../live/persist.js'
import { fetchOpened } from './opened.js'
import { tasks } from './stores.js'
import { openTaskId } from './view.js'

const GATHERS_FOR = 50

/** `closed`, `loading`, `ready`, `missing`, or the problem that kept it from loading. */
export const taskCondition = signal('closed')

let stop = () => {}
let opening = 0

const load = (id) =>
  fetchOpened('task', { document: 'Task', id, open: openTaskId, condition: taskCondition })

async function open(id) {
  stop()
  stop = () => {}
  const turn = (opening += 1)
  if (!id) { taskCondition.value = 'closed'; return }
  taskCondition.value = tasks.peek(id)?.comments ? 'ready' : 'loading'
  const fetched = () => persist(() => load(id), {
    isWanted: () => turn === opening && openTaskId.peek() === id,
    onProblem: (problem) => { if (taskCondition.peek() !== 'ready') taskCondition.value = problem },
  })
  const since = await fetched()
  if (!since || turn !== opening) return
  const again = new Gathered(fetched, GATHERS_FOR)
  stop = follow({
    document: 'Changes',
    field: 'changes',
    since,
    apply: (changes) => { if (changes.some((change) => concerns(change, id))) again.want() },
    resync: () => load(id),
  })
}

/** What was said names itself alone, not the task that it is about; nor does what ties two of them. */
const NAMELESS = new Set(['comment', 'dependency'])
const waitsFor = (id, other) => tasks.peek(id)?.dependencies?.some(({ blocker }) => blocker?.id === other)
const concerns = ({ entity, entityId }, id) => entityId === id || NAMELESS.has(entity) || waitsFor(id, entityId)

export const openTaskAgain = () => open(openTaskId.peek())

export function keepTask() {
  effect(() => { open(openTaskId.value) })
}
