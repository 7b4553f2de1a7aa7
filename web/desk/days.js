// Days and weeks of the calendar, as text: "2026-11-26"; weeks as in an address: 2026-W48 (ISO 8601).

export const DAY = 86_400_000

/** The middle of a day: no clock change moves it to another. */
export const noon = (date) => new Date(`${date}T12:00:00Z`)

/** The Monday of a date's week: the key of the board's column. */
export function weekOf(date) {
  const day = noon(date)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}

export function addDays(date, days) {
  return new Date(noon(date).getTime() + days * DAY).toISOString().slice(0, 10)
}

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
