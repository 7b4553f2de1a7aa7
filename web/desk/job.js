// The job in the drawer: all about it, live while it is open.
import { effect, signal } from '@preact/signals-core'
import { follow } from '../live/follow.js'
import { persist } from '../live/persist.js'
import { fetchOpened } from './opened.js'
import { isMe } from './session.js'
import { jobs, take } from './stores.js'
import { touch } from './touches.js'
import { openJobId } from './view.js'

/** `closed`, `loading`, `ready`, `missing`, or the problem that kept it from loading. */
export const jobCondition = signal('closed')

let stop = () => {}
let opening = 0

const load = (id) =>
  fetchOpened('job', { document: 'Job', id, open: openJobId, condition: jobCondition })

async function open(id) {
  stop()
  stop = () => {}
  if (!id) { jobCondition.value = 'closed'; return }
  // A card knows enough to begin with; the steps follow.
  jobCondition.value = jobs.peek(id)?.stepIds ? 'ready' : 'loading'
  const turn = (opening += 1)
  const since = await persist(() => load(id), {
    isWanted: () => turn === opening && openJobId.peek() === id,
    onProblem: (problem) => { if (jobCondition.peek() !== 'ready') jobCondition.value = problem },
  })
  if (since === null || turn !== opening) return
  stop = follow({
    document: 'JobChanges',
    field: 'jobChanges',
    variables: { jobId: id },
    since,
    apply: (changes) => {
      for (const change of changes) {
        if (change.removed) jobCondition.value = 'missing'
        else if (change.job) take.job(change.job)
        if (change.actor && !isMe(change.actor)) touch(`drawer:${id}`, change.actor)
      }
    },
    resync: () => load(id),
  })
}

export const openAgain = () => open(openJobId.peek())

export function keepJob() {
  effect(() => { open(openJobId.value) })
}
