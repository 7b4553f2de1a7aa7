// Stretches of days that figures are asked for, up to today, and the months that they are made of.

/** What can be chosen, by the word in the address; the first unless said. */
export const PERIODS = [
  { id: '12-months', title: '12 months' },
  { id: 'year', title: 'This year' },
  { id: 'quarter', title: 'This quarter' },
  { id: 'month', title: 'This month' },
]

const first = (year, month) => new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)

/** { first, last } of that period on a day: it ends today, for days to come have no figures yet. */
export function periodOf(id, today) {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7)) - 1
  const begins = { year: first(year, 0), quarter: first(year, month - (month % 3)), month: first(year, month) }
  return { first: begins[id] ?? first(year, month - 11), last: today }
}

/** The first day of each month that a period touches. */
export function monthsOf({ first: from, last }) {
  const year = Number(from.slice(0, 4))
  const found = []
  for (let month = Number(from.slice(5, 7)) - 1; first(year, month) <= last; month += 1) found.push(first(year, month))
  return found
}
