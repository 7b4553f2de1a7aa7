// In what order cards stand in a column: as the server has them, page by page.

/** When a card was done; what was done a moment ago has no moment until the server says it. */
const doneAt = ({ completedAt }) => (completedAt ? Date.parse(completedAt) : Infinity)

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

/** What is open by place, in weeks by day first; then what was done, the latest first. */
export const inOrder = (kind, by) => (one, other) => {
  const [isDone, isOtherDone] = [one, other].map((card) => kind.category(card) === 'DONE')
  if (isDone !== isOtherDone) return isDone ? 1 : -1
  if (isDone) return compare(doneAt(other), doneAt(one)) || compare(other.id, one.id)
  const byDay = by === 'due-week' ? compare(one.dueDate ?? '', other.dueDate ?? '') : 0
  return byDay || compare(one.position, other.position) || compare(one.id, other.id)
}
