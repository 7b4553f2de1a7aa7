// In what order cards stand in a column: as the server has them, page by page.

/** What was done a moment ago, until the server says when. */
const LATELY = '9999'

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0)

/** What is open by place, in weeks by day first; then what was done, the latest first. */
export const inOrder = (kind, by) => (one, other) => {
  const [isDone, isOtherDone] = [one, other].map((card) => kind.category(card) === 'DONE')
  if (isDone !== isOtherDone) return isDone ? 1 : -1
  if (isDone) return compare(other.completedAt ?? LATELY, one.completedAt ?? LATELY) || compare(other.id, one.id)
  const byDay = by === 'due-week' ? compare(one.dueDate ?? '', other.dueDate ?? '') : 0
  return byDay || compare(one.position, other.position) || compare(one.id, other.id)
}
