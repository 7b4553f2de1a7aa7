// Where the steps of a job lie in time: bars, what ties them, and the days beneath; all in parts of
// a hundred across, and by rows down.
import { addDays, DAY, noon } from './days.js'

const FEWEST_DAYS = 5
const MOST_TICKS = 7
const APART = [1, 2, 7, 14, 28, 91, 182, 365]

const between = (first, last) => Math.round((noon(last) - noon(first)) / DAY)

/** From which day to which a step is worked on; null where that cannot be told. `dateOf` is a moment's day. */
function spanOf(step, dateOf) {
  if (step.status === 'CANCELLED') return null
  if (step.completedAt) return { from: dateOf(step.startedAt ?? step.completedAt), to: dateOf(step.completedAt) }
  if (!step.expectedFinish) return null
  const begun = step.startedAt ? dateOf(step.startedAt) : step.expectedStart
  return { from: begun < step.expectedStart ? begun : step.expectedStart, to: step.expectedFinish }
}

function ticksOf(first, days, at) {
  const apart = APART.find((step) => days / step <= MOST_TICKS) ?? APART.at(-1)
  const ticks = []
  for (let day = 0; day < days; day += apart) ticks.push({ date: addDays(first, day), at: at(addDays(first, day)) })
  return ticks
}

/** The way from one bar to another: it leaves at its row and comes to the other from above or below. */
function tieOf(kind, blocker, blocked, edge) {
  const start = kind === 'START_TO_START' ? blocker.left : blocker.right
  const end = kind === 'FINISH_TO_FINISH' ? blocked.right : blocked.left
  const down = blocked.row > blocker.row
  const from = blocker.row + 0.5
  const to = blocked.row + 0.5 + (down ? -edge : edge)
  if (kind === 'START_TO_START') return { down, end, to, path: `M${start} ${from}V${blocked.row + (down ? 0 : 1)}H${end}V${to}` }
  // What follows on the same day begins below what it follows.
  const x = end < start ? Math.min(end + (start - end) / 2, end + 1) : end
  return { down, end: x, to, path: `M${Math.min(start, x)} ${from}H${x}V${to}` }
}

/**
 * { rows, ties, ticks, today, due, last } of a job's steps, or null while there is nothing to draw.
 * `edge` is half a bar, in rows.
 */
export function laidOut(job, { today, dateOf, edge = 0.28 }) {
  const critical = new Set(job.criticalPath.map((step) => step.id))
  const drawn = job.tasks.map((step) => ({ step, span: spanOf(step, dateOf) })).filter(({ span }) => span)
  if (!drawn.length) return null
  const ends = [today, ...(job.dueDate ? [job.dueDate] : []), ...drawn.flatMap(({ span }) => [span.from, span.to])].sort()
  const first = ends[0]
  const days = Math.max(FEWEST_DAYS, between(first, ends.at(-1)) + 1)
  const at = (date) => (between(first, date) / days) * 100
  const rows = drawn.map(({ step, span }, row) => ({
    step, row, ...span, left: at(span.from), right: at(addDays(span.to, 1)), done: Boolean(step.completedAt), critical: critical.has(step.id),
    late: step.dueDate && step.dueDate < span.to ? between(step.dueDate, span.to) : 0,
  }))
  const byId = new Map(rows.map((row) => [row.step.id, row]))
  const ties = rows.flatMap((blocked) => blocked.step.dependencies.flatMap(({ id, kind, blocker }) => {
    const other = byId.get(blocker?.id)
    return other ? [{ id, critical: other.critical && blocked.critical, ...tieOf(kind, other, blocked, edge) }] : []
  }))
  return { rows, ties, ticks: ticksOf(first, days, at), today: at(today), due: job.dueDate ? at(addDays(job.dueDate, 1)) : null, last: ends.at(-1), late: job.dueDate && job.expectedFinish > job.dueDate ? between(job.dueDate, job.expectedFinish) : 0 }
}
