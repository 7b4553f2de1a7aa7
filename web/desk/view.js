// What is looked at. The address says it all, so a link shows a colleague the same board.
import { computed, signal } from '@preact/signals-core'

const WORDS = {
  show: ['jobs', 'tasks'],
  scope: ['my-teams', 'my-clients', 'mine', 'everything'],
  by: ['category', 'person', 'due-week'],
  due: ['soon', 'overdue', 'this-week', 'next-week', 'any'],
}
const NAMED = ['team', 'person', 'client', 'service', 'text', 'job', 'task']

const BOARD = '/board'

/** Whether this page is the board; every other has an address of its own kind. */
export const onBoard = location.pathname === BOARD

/** The job that this page is about, where it is the page of one. */
export const jobOfPage = /^\/jobs\/([^/]+)$/.exec(location.pathname)?.[1] ?? ''

function read() {
  const given = new URLSearchParams(onBoard ? location.search : '')
  const view = {}
  for (const [name, words] of Object.entries(WORDS)) {
    view[name] = words.includes(given.get(name)) ? given.get(name) : words[0]
  }
  for (const name of NAMED) view[name] = given.get(name) || ''
  if (jobOfPage) view.job = jobOfPage
  return view
}

export const view = signal(read())
export const openJobId = computed(() => view.value.job)
export const openTaskId = computed(() => (view.value.job ? '' : view.value.task))

function addressOf(next) {
  const told = new URLSearchParams()
  for (const [name, words] of Object.entries(WORDS)) if (next[name] !== words[0]) told.set(name, next[name])
  for (const name of NAMED) if (next[name]) told.set(name, next[name])
  const query = told.toString()
  return BOARD + (query ? `?${query}` : '')
}

/** Looks at something else, on the board if this is another page; typing in a field replaces the address instead of piling up steps. */
export function look(changes, { replace = false } = {}) {
  const next = { ...view.peek(), ...(onBoard ? {} : { job: '' }), ...changes }
  const address = addressOf(next)
  if (!onBoard) { location.assign(address); return }
  if (address === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState'](null, '', address)
  view.value = next
}

/** Opens a job or a task in the drawer. */
export const openThing = (id) => look(id.startsWith('task_') ? { task: id, job: '' } : { job: id, task: '' })
export const closeThing = () => look({ job: '', task: '' })

addEventListener('popstate', () => { view.value = read() })

/** The scopes that are two keystrokes away: G, then the letter. */
export const SCOPES = [
  { key: 't', title: 'My team', hint: 'due soon', view: { scope: 'my-teams', by: 'category', due: 'soon' } },
  { key: 'c', title: 'My clients', hint: 'all dates', view: { scope: 'my-clients', by: 'category', due: 'any' } },
  { key: 'p', title: 'By person', hint: 'who carries what', view: { scope: 'my-teams', by: 'person', due: 'soon' } },
  { key: 'w', title: 'By due week', hint: 'what comes when', view: { scope: 'my-teams', by: 'due-week', due: 'any' } },
]

export const isScope = (scope, now) => now.scope === scope.view.scope && now.by === scope.view.by

const enumOf = (word) => word.toUpperCase().replaceAll('-', '_')
const GROUPING = { category: 'CATEGORY', person: 'PERSON', 'due-week': 'DUE_WEEK' }

/** The variables of the board's query and subscription; `open` leaves out what is done. */
export function variablesOf(now) {
  const filter = { scope: enumOf(now.scope), due: enumOf(now.due) }
  if (now.team) filter.teamId = now.team
  if (now.person) filter.memberId = now.person
  if (now.client) filter.clientId = now.client
  if (now.service) filter.serviceId = now.service
  if (now.text) filter.text = now.text
  return { filter, open: { ...filter, includeDone: false }, groupBy: GROUPING[now.by] }
}

/** The filters that are set, beyond the scope: what "clear" clears. */
export const NO_FILTER = { team: '', person: '', client: '', service: '', text: '' }
export const isFiltered = (now) => Object.keys(NO_FILTER).some((name) => now[name])
