// Weeks as they stand in an address: 2026-W48, after ISO 8601.
import { addDays, weekOf } from './words.js'

/** "2026-W48" of any date: a week belongs to the year of its Thursday. */
export function weekName(date) {
  const thursday = addDays(weekOf(date), 3)
  const first = weekOf(`${thursday.slice(0, 4)}-01-04`)
  const number = 1 + (Date.parse(weekOf(date)) - Date.parse(first)) / 604_800_000
  return `${thursday.slice(0, 4)}-W${String(number).padStart(2, '0')}`
}

/** The Monday of "2026-W48"; null where the text names no week. */
export function mondayOf(name) {
  const found = /^(\d{4})-W(\d{2})$/.exec(name ?? '')
  if (!found) return null
  const monday = addDays(weekOf(`${found[1]}-01-04`), 7 * (Number(found[2]) - 1))
  return weekName(monday) === name ? monday : null
}

export const daysOf = (monday) => [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(monday, day))
