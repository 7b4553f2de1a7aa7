// Dates, times and durations as people say them.
import { moneyIn } from '../parts/money.js'
import { addDays, DAY, noon, weekOf } from './days.js'
import { session, today } from './session.js'

/** English words in the order of the firm's country: "12 Dec", "Dec 12". */
function locale() {
  const region = new Intl.Locale(session.value?.firm.locale ?? 'en-GB').region ?? 'GB'
  return `en-${region}`
}

const format = (options, moment) => new Intl.DateTimeFormat(locale(), options).format(moment)
const plural = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`

/** Days from today to a date; negative is past. */
export const daysTo = (date) => Math.round((noon(date) - noon(today.value)) / DAY)

/** "today", "in 3 days", "12 Dec". */
export function dueWords(date) {
  const days = daysTo(date)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  if (days > 1 && days <= 13) return `in ${days} days`
  if (days < -1 && days >= -60) return `${-days} days ago`
  return shortDate(date)
}

/** "3 days overdue". */
export const overdueWords = (date) => `${plural(Math.max(1, -daysTo(date)), 'day')} overdue`

const isThisYear = (date) => date.slice(0, 4) === today.value.slice(0, 4)

export function shortDate(date) {
  return format({ day: 'numeric', month: 'short', timeZone: 'UTC', ...(isThisYear(date) ? {} : { year: 'numeric' }) }, noon(date))
}

/** "1 – 30 Nov": both years as soon as they differ, else none that is this one. */
export function periodWords(first, last) {
  const year = first.slice(0, 4) === last.slice(0, 4) ? {} : { year: 'numeric' }
  const format = new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC', ...(isThisYear(last) ? year : { year: 'numeric' }) })
  return format.formatRange(noon(first), noon(last))
}

/** "Friday 12 December 2025": what a date says on hover. */
export const exactDate = (date) => format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }, noon(date))

export function exactMoment(moment) {
  const timeZone = session.value?.firm.timeZone
  return format({ dateStyle: 'full', timeStyle: 'short', timeZone }, new Date(moment))
}

/** "just now", "5 min", "3 h", "12 days": how long something has lasted. */
export function sinceWords(moment, now) {
  const minutes = Math.floor((now - Date.parse(moment)) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min`
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h`
  return plural(Math.floor(minutes / 1440), 'day')
}

export const agoWords = (moment, now) => {
  const words = sinceWords(moment, now)
  return words === 'just now' ? words : `${words} ago`
}

/** 1:45 of hours and minutes. */
export function hours(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60)
  return `${seconds < 0 ? '−' : ''}${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** 0:12:05 of a running timer. */
export function ticking(startedAt, now) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(startedAt)) / 1000))
  const two = (number) => String(number).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Reads "1:30", "1.5", "1,5 h", "90 min" as seconds; null where it is none of these. */
export function secondsOf(text) {
  const clock = /^\s*(\d+):([0-5]?\d)\s*h?\s*$/.exec(text)
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60
  const number = /^\s*(\d+(?:[.,]\d+)?)\s*(h|hours?|m|min|minutes?)?\s*$/.exec(text)
  if (!number) return null
  const amount = Number(number[1].replace(',', '.'))
  return Math.round(amount * (number[2]?.startsWith('m') ? 60 : 3600))
}

/** "This week", "Next week", "8 – 14 Dec". */
export function weekTitle(monday) {
  const weeks = Math.round((noon(monday) - noon(weekOf(today.value))) / DAY / 7)
  if (weeks === 0) return 'This week'
  if (weeks === 1) return 'Next week'
  return `${shortDate(monday)} – ${shortDate(addDays(monday, 6))}`
}

/** "£1,234.50", as the firm's country writes it. */
export const moneyWords = (money) => moneyIn(locale(), money)

/** "£12k", as an axis writes it. */
export function shortMoney({ amount, currency }) {
  return new Intl.NumberFormat(locale(), { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }).format(amount)
}

/** "62 %" of 0.62, as the firm's country writes it. */
export const percentWords = (ratio) => new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(ratio)

/** "1,204 h", "0.3 h": of many hours nobody reads the minutes. */
export function hourWords(seconds) {
  const hours = seconds / 3600
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: hours < 10 ? 1 : 0 }).format(hours)} h`
}

/** "March 2026". */
export const monthWords = (date) => format({ month: 'long', year: 'numeric', timeZone: 'UTC' }, noon(date))

/** "Mon". */
export const weekdayWords = (date) => format({ weekday: 'short', timeZone: 'UTC' }, noon(date))

/** "Mar". */
export const shortMonth = (date) => format({ month: 'short', timeZone: 'UTC' }, noon(date))
