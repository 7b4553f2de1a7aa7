// Which column a card stands in, and where inside it.
import { weekOf } from './days.js'
import { isOver } from './kinds.js'
import { inOrder } from './order.js'
import { weekTitle } from './words.js'

/** The key of the column, among those that the board has, in which `card` stands. */
export function keyOf(kind, card, by, keys) {
  if (by === 'category') return kind.category(card)
  if (by === 'person') {
    const key = kind.person(card)?.id ?? 'nobody'
    return keys.includes(key) ? key : 'others'
  }
  if (isOver(kind.category(card))) return 'done'
  if (!card.dueDate) return 'none'
  if (card.overdue) return 'overdue'
  const week = weekOf(card.dueDate)
  return keys.includes(week) ? week : 'later'
}

/** The ids of each column's cards, in order. */
export function arranged(kind, cards, by, keys) {
  const columns = new Map()
  for (const card of cards) {
    const key = keyOf(kind, card, by, keys)
    if (!columns.has(key)) columns.set(key, [])
    columns.get(key).push(card)
  }
  for (const [key, inside] of columns) {
    inside.sort(inOrder(kind, by))
    columns.set(key, placed(inside).map((card) => card.id))
  }
  return columns
}

/** A card just dropped stands beside its neighbour until the server has given it a position. */
function placed(cards) {
  if (!cards.some((card) => card.placed)) return cards
  const rest = cards.filter((card) => !card.placed)
  for (const card of cards.filter((one) => one.placed)) {
    const { afterId, beforeId } = card.placed
    let at = rest.findIndex((other) => other.id === afterId) + 1
    if (!at && beforeId) at = rest.findIndex((other) => other.id === beforeId)
    rest.splice(at < 0 || (!afterId && !beforeId) ? rest.length : at, 0, card)
  }
  return rest
}

const NAMES = { overdue: 'Overdue', later: 'Later', none: 'No due date', done: 'Done', nobody: 'Nobody yet', others: 'Other people' }
const CATEGORIES = {
  PLANNED: 'Planned',
  READY: 'Ready',
  IN_PROGRESS: 'In progress',
  WAITING_ON_CLIENT: 'Waiting on client',
  WAITING_ON_OTHER: 'Waiting on others',
  ON_HOLD: 'On hold',
  IN_REVIEW: 'In review',
  DONE: 'Done',
  CANCELLED: 'Cancelled',
}

const SHORT = { IN_PROGRESS: 'Doing', WAITING_ON_CLIENT: 'Client', WAITING_ON_OTHER: 'Others', ON_HOLD: 'Hold', IN_REVIEW: 'Review' }

export const CATEGORY_ORDER = Object.keys(CATEGORIES)
export const categoryTitle = (category) => CATEGORIES[category] ?? category

/** Whether a column holds what is over, and nothing else. */
export const isPast = (column) => column.key === 'done' || isOver(column.category)

/** How many cards its head tells: what is open, but of what is over all of it. */
export const countOf = (column) => (isPast(column) ? column.count : column.open)

/** What a phone's pager calls a column, where the title is too long. */
export const shortTitleOf = (column) => SHORT[column.category] ?? titleOf(column)

export function titleOf(column) {
  if (NAMES[column.key]) return NAMES[column.key]
  if (column.weekStart) return weekTitle(column.weekStart)
  return column.category ? categoryTitle(column.category) : column.title
}
