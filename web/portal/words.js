// Dates and sizes as people say them.
import { moneyIn } from '../parts/money.js'

const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const noon = (date) => new Date(`${date}T12:00:00Z`)

export const dateWords = (date) => format.format(noon(date))
export const periodWords = (first, last) => format.formatRange(noon(first), noon(last))

/** "640 bytes", "1.2 MB". */
export function sizeWords(bytes) {
  if (bytes < 1000) return `${bytes} bytes`
  const [unit, scale] = bytes < 1e6 ? ['kB', 1e3] : ['MB', 1e6]
  return `${(bytes / scale).toFixed(bytes < 10 * scale ? 1 : 0)} ${unit}`
}

/** "£1,200.00": an amount as the reader's own language writes it. */
export const moneyWords = (money) => moneyIn(undefined, money)

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
/** The day on which something happened, where the reader is. */
export const dayWords = (instant) => day.format(new Date(instant))

const moment = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' })
export const momentWords = (instant) => moment.format(new Date(instant))
