// Starting and stopping the one timer a member can run. The server's clock decides how long it ran.
import { serverNow } from '../live/clock.js'
import { newId } from './ids.js'
import { me, myTimer } from './session.js'
import { own, tasks } from './stores.js'
import { say } from './toasts.js'
import { hours } from './words.js'

const now = () => new Date(serverNow()).toISOString()

const about = (timer) => timer.job?.id ?? timer.task?.id ?? ''
export const timerTitle = (timer) => timer.task?.title ?? timer.job?.title ?? timer.note ?? 'Timer'

function stoppedPatch(timer) {
  return timer ? [{ store: 'timers', id: timer.id, patch: { stoppedAt: now() } }] : []
}

/** Says what time was booked, and on what. */
function sayBooked(seconds, title) {
  say(`${seconds < 60 ? 'Less than a minute' : `${hours(seconds)} h`} booked on “${title}”`)
}

/** Starts the timer on a job or a task of it; one that runs already is stopped by the same act. */
export async function startTimer({ job = null, task = null, client = null }) {
  const id = newId('timer')
  const patch = { id, version: 0, note: '', startedAt: now(), stoppedAt: null, member: me(), job, task, client: client ?? (job ?? task)?.client ?? null }
  const input = { id, ...(task ? { taskId: task.id } : job ? { jobId: job.id } : { clientId: client.id }) }
  const payload = await own.make({
    document: 'StartTimer',
    field: 'startTimer',
    input,
    tried: `start the timer on “${(task ?? job ?? client).title ?? client?.name}”`,
    about: job?.id ?? task?.id ?? '',
    patches: [...stoppedPatch(myTimer.peek()), { store: 'timers', id, patch }],
  })
  const stopped = payload?.stopped
  if (stopped) sayBooked(stopped.seconds, stopped.task?.title ?? stopped.job?.title ?? stopped.client?.name ?? 'the firm’s own work')
}

export async function stopTimer() {
  const timer = myTimer.peek()
  if (!timer) return
  const payload = await own.make({
    document: 'StopTimer',
    field: 'stopTimer',
    input: { id: timer.id },
    tried: `stop the timer on “${timerTitle(timer)}”`,
    about: about(timer),
    patches: stoppedPatch(timer),
  })
  if (payload?.timeEntry) sayBooked(payload.timeEntry.seconds, timerTitle(timer))
}

/** Starts on this job or task, or stops if that is what runs. */
export function toggleTimer({ job = null, task = null }) {
  const mine = myTimer.peek()
  if (mine && runsOn(mine, (task ?? job).id)) stopTimer()
  else startTimer({ job, task })
}

/** Whether a timer runs on this task, or on this job or one of its steps. */
export const runsOn = (timer, id) => timer.task?.id === id || jobOfTimer(timer) === id

export const jobOfTimer = (timer) => timer.job?.id ?? timer.task?.job?.id ?? tasks.peek(timer.task?.id)?.job?.id ?? ''
