// How tasks wait for one another, in words, and what is done about it.
import { ask } from '../live/request.js'
import { isOver } from './kinds.js'
import { bestFirst } from './search.js'
import { tasks } from './stores.js'
import { UNSEEN, waitWords } from './wait-words.js'
import { shortDate } from './words.js'

const NOT_BEGUN = new Set(['PLANNED', 'READY'])
export const isBegun = (status) => !NOT_BEGUN.has(status) && status !== 'CANCELLED'

const blockerOf = ({ blocker }) => blocker && (tasks.peek(blocker.id) ?? blocker)

/** Whether what is waited for is as it should be, as far as this page knows; a lag may follow. */
function came(link) {
  const status = blockerOf(link)?.status
  return Boolean(status) && (isOver(status) || (link.kind === 'START_TO_START' && isBegun(status)))
}

/** What a task still waits for with what comes next: to begin, or once begun, to be finished. */
export function holding(task) {
  if (isOver(task.status)) return []
  const links = (task.dependencies ?? []).filter((link) => link.holds && !(came(link) && !link.lagDays))
  return isBegun(task.status) ? links : links.filter(({ kind }) => kind !== 'FINISH_TO_FINISH')
}

const nameOf = (link) => blockerOf(link)?.title ?? UNSEEN

/** "after Gather", "once Gather is begun", "done after Gather, 2 business days later". */
export const shortly = (link) => waitWords({ ...link, name: nameOf(link), from: link.holds && link.freeOn ? shortDate(link.freeOn) : '' })

/** Tasks to wait for, as choices: without words those of the same job, else of the whole firm. */
export async function findTasks(task, text) {
  const typed = text.trim()
  if (!typed && !task.job) return []
  const { tasks: found } = await ask('FindTasks', { filter: typed ? { search: typed } : { job: { eq: task.job.id } } })
  const others = found.edges.map((edge) => edge.node).filter((one) => one.id !== task.id)
  const isNear = (one) => task.job && one.job?.id === task.job.id
  const ranked = typed ? bestFirst(typed, others, (one) => one.title) : others
  return [...ranked.filter(isNear), ...ranked.filter((one) => !isNear(one))].map((one) => ({ id: one.id, title: one.title, detail: isNear(one) ? 'this job' : (one.job?.title ?? one.client?.name ?? 'no job') }))
}
