// The calendar of due work: which month, whose work, and moving what is due to another day.
import { effect } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'
import { address } from './address.js'
import { addDays, weekOf } from './days.js'
import { today } from './session.js'
import { say } from './toasts.js'
import { didSomething } from './undo.js'
import { exactDate } from './words.js'

const GATHERS_FOR = 1_000 // others' work changes all day
const WEEK = 7

/** What stands in a calendar: jobs or tasks, and what each is asked and changed by. */
const KINDS = {
  jobs: { title: 'Jobs', month: 'JobCalendar', day: 'JobsDue', change: 'UpdateJob', noun: 'job', href: ({ id }) => `/jobs/${id}`, person: ({ owner }) => owner, category: ({ category }) => category, words: ({ title, client }) => [client.name, title] },
  tasks: { title: 'Tasks', month: 'TaskCalendar', day: 'TasksDue', change: 'UpdateTask', noun: 'task', href: ({ id }) => `/board?show=tasks&task=${id}`, person: ({ assignee }) => assignee, category: ({ status }) => status, words: ({ title, client, job }) => [title, client?.name ?? job?.title ?? ''] },
}
export const SHOWN = Object.entries(KINDS).map(([id, { title }]) => ({ id, title }))
export const SCOPES = [
  { id: '', title: 'My team', scope: 'MY_TEAMS' }, { id: 'my-clients', title: 'My clients', scope: 'MY_CLIENTS' },
  { id: 'mine', title: 'Mine', scope: 'MINE' }, { id: 'everything', title: 'Everything', scope: 'EVERYTHING' },
]

export const kindOf = ({ show } = address.value) => KINDS[show] ?? KINDS.jobs
export const monthOf = ({ month } = address.value) => (/^\d{4}-(0[1-9]|1[0-2])$/.test(month ?? '') ? month : today.value.slice(0, 7))

/** The month before or after, as the address says it. */
export function monthAfter(month, months) {
  const day = new Date(`${month}-01T12:00:00Z`)
  day.setUTCMonth(day.getUTCMonth() + months)
  return day.toISOString().slice(0, WEEK)
}

/** The variables that an address asks for: the whole weeks in which its month lies. */
export function variablesOf(words) {
  const month = monthOf(words)
  const firstDay = weekOf(`${month}-01`)
  const last = addDays(`${monthAfter(month, 1)}-01`, -1)
  const weeks = 1 + Math.round((Date.parse(weekOf(last)) - Date.parse(firstDay)) / 604_800_000)
  const filter = { scope: (SCOPES.find(({ id }) => id === words.scope) ?? SCOPES[0]).scope }
  if (words.member) filter.memberId = words.member
  if (words.team) filter.teamId = words.team
  return { firstDay, weeks, filter }
}

export const calendar = new Snapshot(({ document, ...variables }) => ask(document, variables), ['job', 'task', 'client', 'member', 'team_membership', 'client_role', 'capacity', 'time_off'], { gathersFor: GATHERS_FOR })

export function keepCalendar() {
  let before = ''
  effect(() => {
    const asked = JSON.stringify({ document: kindOf(address.value).month, ...variablesOf(address.value) })
    if (asked === before) return
    before = asked
    calendar.open(JSON.parse(asked))
  })
}

/** All that is due on a day, a page at a time. */
export async function dueOn(day, after = null) {
  const { filter } = variablesOf(address.peek())
  const found = await ask(kindOf(address.peek()).day, { day, column: day, filter, after })
  return found.calendar.columns[0].cards
}

/** The days with the card on its new one, as it will be once the server has heard. */
function moved(days, card, to) {
  const without = (day) => ({ ...day, count: day.count - 1, cards: { nodes: day.cards.nodes.filter(({ id }) => id !== card.id) } })
  const within = (day) => ({ ...day, count: day.count + 1, cards: { nodes: [...day.cards.nodes, { ...card, dueDate: to, overdue: to < today.value }] } })
  return days.map((day) => (day.day === card.dueDate ? without(day) : day.day === to ? within(day) : day))
}

/** Makes it due on another day; refused, it goes back to where it was. */
export async function makeDue(card, to, { mayUndo = true } = {}) {
  const kind = kindOf(address.peek())
  const from = card.dueDate
  if (from === to) return
  const shown = calendar.data.peek()
  calendar.data.value = { ...shown, calendar: { ...shown.calendar, columns: moved(shown.calendar.columns, card, to) } }
  const payload = await ask(kind.change, { input: { id: card.id, dueDate: to, expectedVersion: card.version } })
    .then((found) => Object.values(found)[0], ({ message }) => ({ errors: [{ message }] }))
  const now = payload[kind.noun]
  if (payload.errors.length) say(`“${card.title}” could not be moved`, { tone: 'refused', detail: payload.errors[0].message })
  else if (mayUndo) didSomething(`Due on ${exactDate(to)}`, () => makeDue({ ...card, dueDate: to, version: now.version }, from, { mayUndo: false }))
  calendar.again()
}
