// A member's week: what was worked on, by day, and how much of it they are there for.
import { batch, computed, effect, signal, untracked } from '@preact/signals-core'
import { Snapshot } from '../live/snapshot.js'
import { ask } from '../live/request.js'
import { address } from './address.js'
import { addDays, daysOf, mondayOf, weekName, weekOf } from './days.js'
import { isMe, may, me, myTimer, session, today } from './session.js'
import { entries, take } from './stores.js'

export const snapshot = new Snapshot((variables) => ask('Timesheet', variables), ['time_entry', 'invoice_line_time', 'capacity', 'time_off'])

export const monday = computed(() => mondayOf(address.value.week) ?? weekOf(today.value))
export const days = computed(() => daysOf(monday.value))
export const memberId = computed(() => address.value.member || me()?.id)
export const weekAt = (date) => (weekOf(date) === weekOf(today.peek()) ? '' : weekName(date))

/** The cell that is worked in, { key, day }, or null; `wanted` until the focus is there. */
export const cell = signal(null)

/** The day that is looked at: that of the cell, else today, else the week's first. */
export const dayShown = computed(() => cell.value?.day ?? (days.value.includes(today.value) ? today.value : days.value[0]))

export const mayEdit = () => isMe({ id: memberId.value }) || may('MANAGE_TIME')

/** Rows that were added or copied and have no time yet. */
export const added = signal([])

const variablesFor = (first) => ({ memberId: memberId.value, first, last: addDays(first, 6) })

/** What a row of the sheet is about: a job, a client, or an activity of the firm's own. */
export function rowOf({ job, client, activity }) {
  return { key: job?.id ?? client?.id ?? `activity:${activity ?? 'internal'}`, job: job ?? null, client: client ?? null, activity: client ? null : (activity ?? 'internal') }
}

export const titleOf = ({ job, client, activity }) => job?.title ?? (client ? 'Without a job' : activity[0].toUpperCase() + activity.slice(1))
export const clientOf = ({ client }) => client?.name ?? 'The firm’s own work'

/** The entries of this week, own unconfirmed ones included. */
const shown = computed(() => {
  entries.changed.value
  return [...entries.all()].filter((entry) => entry.member.id === memberId.value && days.value.includes(entry.localDate))
})

/** What one's own timer runs on, in the week that it will be booked in. */
const running = computed(() => {
  const timer = myTimer.value
  return timer && isMe({ id: memberId.value }) && days.value.includes(today.value) ? [rowOf(timer)] : []
})

export const runsOnRow = (row) => running.value.some(({ key }) => key === row.key)

/** { ...row, cells: { day: entries } } by client and job. */
export const rows = computed(() => {
  const found = new Map()
  for (const row of [...running.value, ...added.value]) found.set(row.key, { ...row, cells: {} })
  for (const entry of shown.value) {
    const row = rowOf(entry)
    if (!found.has(row.key)) found.set(row.key, { ...row, cells: {} })
    const { cells } = found.get(row.key);
    (cells[entry.localDate] ??= []).push(entry)
  }
  const name = (row) => `${row.client ? 0 : 1} ${clientOf(row)} ${titleOf(row)}`
  return [...found.values()].sort((one, other) => name(one).localeCompare(name(other)))
})

export const secondsIn = (list = []) => list.reduce((sum, entry) => sum + entry.seconds, 0)
export const onDay = (day) => rows.value.reduce((sum, row) => sum + secondsIn(row.cells[day]), 0)

/** Seconds the member is there on a day: by the hours that hold then, days off taken away. */
export function capacityOn(day) {
  const member = snapshot.data.value?.member
  const holding = member?.capacities.filter((capacity) => capacity.fromDate <= day).at(-1)
  if (!holding) return 0
  const off = member.timeOff.filter((one) => one.firstDate <= day && day <= one.lastDate)
  if (off.some((one) => !one.halfDays)) return 0
  const seconds = holding.weekdaySeconds[days.value.indexOf(day)]
  return off.length ? seconds / 2 : seconds
}

/** Takes last week's rows over, without their time. */
export async function copyLastWeek() {
  const before = addDays(monday.peek(), -7)
  const { timeEntries } = await ask('Timesheet', variablesFor(before))
  const known = new Set(rows.peek().map((row) => row.key))
  const fresh = new Map(timeEntries.edges.map(({ node }) => [rowOf(node).key, rowOf(node)]))
  const missing = [...fresh.values()].filter((row) => !known.has(row.key))
  added.value = [...added.peek(), ...missing]
  return missing.length
}

export function keepTimesheet() {
  let before = ''
  effect(() => {
    if (!session.value || !memberId.value) return
    const asked = JSON.stringify(variablesFor(monday.value))
    if (asked === before) return
    before = asked
    batch(() => { added.value = []; snapshot.data.value = null })
    snapshot.open(JSON.parse(asked))
  })
  effect(() => {
    const heard = snapshot.data.value?.timeEntries.edges.map(({ node }) => node)
    if (heard) untracked(() => hear(heard))
  })
}

let there = new Set()

/** Takes the week's entries; what was there and is no more is forgotten. */
function hear(heard) {
  batch(() => {
    const now = new Set(heard.map((entry) => entry.id))
    for (const id of there) if (!now.has(id)) entries.forget(id)
    for (const entry of heard) take.timeEntry(entry)
    there = now
  })
}
