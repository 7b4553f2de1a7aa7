// What the palette offers: jobs, clients, people, and what can be done.
import { ask } from '../live/request.js'
import { bestFirst, matches } from '../desk/search.js'
import { myTimer, session } from '../desk/session.js'
import { jobs } from '../desk/stores.js'
import { startTimer, stopTimer } from '../desk/timer-verbs.js'
import { undoLast } from '../desk/undo.js'
import { look, NO_FILTER, openThing, SCOPES } from '../desk/view.js'
import { Avatar } from '../parts/person.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { signOut } from './account.js'
import { helpIsOpen } from './help.js'
import { openPalette } from './palette-mode.js'
import { places } from './places.js'
import { toggleTheme } from './theme.js'

const MOST = { jobs: 7, clients: 5, people: 5 }
const icon = (name) => html`<${Icon} name=${name} />`

const deeds = () => [
  ...SCOPES.map((scope) => ({ id: `scope-${scope.key}`, title: scope.title, detail: scope.hint, keys: ['G', scope.key.toUpperCase()], sign: icon('board'), run: () => look(scope.view) })),
  { id: 'jobs', title: 'Job board', keys: ['G', 'J'], sign: icon('board'), run: () => look({ show: 'jobs' }) },
  { id: 'tasks', title: 'Task board', keys: ['G', 'K'], sign: icon('tasks'), run: () => look({ show: 'tasks' }) },
  ...places().map((place) => ({ id: place.path, title: place.title, keys: ['G', place.key.toUpperCase()], sign: icon(place.icon), run: () => location.assign(place.path) })),
  { id: 'overdue', title: 'Only what is overdue', sign: icon('filter'), run: () => look({ due: 'overdue' }) },
  { id: 'mine', title: 'Only mine', sign: icon('person'), run: () => look({ scope: 'mine' }) },
  { id: 'clear', title: 'Clear the filters', sign: icon('close'), run: () => look(NO_FILTER) },
  myTimer.peek()
    ? { id: 'stop', title: 'Stop the timer', sign: icon('stop'), run: stopTimer }
    : { id: 'start', title: 'Start a timer …', sign: icon('play'), run: () => openPalette('timer') },
  { id: 'undo', title: 'Undo the last move', keys: ['Z'], sign: icon('undo'), run: undoLast },
  { id: 'theme', title: 'Light or dark', keys: ['D'], sign: icon('moon'), run: toggleTheme },
  { id: 'help', title: 'Keyboard', keys: ['?'], sign: icon('help'), run: () => { helpIsOpen.value = true } },
  { id: 'leave', title: 'Sign out', sign: icon('leave'), run: signOut },
]

const jobRow = (job, timer) => ({
  id: job.id, title: job.title, detail: job.client.name, sign: job.category ? html`<${Glyph} category=${job.category} />` : icon('board'),
  run: () => (timer ? startTimer({ job }) : openThing(job.id)),
})
const clientRow = (client) => ({ id: client.id, title: client.name, detail: 'client', sign: icon('building'), run: () => location.assign(`/clients/${client.id}`) })
const personRow = (member) => ({ id: member.id, title: member.name, detail: 'their work', sign: html`<${Avatar} person=${member} size="s" />`, run: () => look({ ...NO_FILTER, person: member.id, due: 'any', scope: 'everything' }) })

/** The jobs at hand come first; what the server found joins them. */
function jobsFor(text, found) {
  const near = [...jobs.all()].filter((job) => job.client)
  const known = new Set(near.map((job) => job.id))
  const all = [...near, ...(found?.jobs ?? []).filter((job) => !known.has(job.id))]
  return all.filter((job) => matches(text, job.title, job.client.name)).slice(0, MOST.jobs)
}

/** What is known here at once, and what `find` brought for the same or an earlier text. */
export function groups(text, found, timer) {
  const jobGroup = { title: timer ? 'Start the timer on' : 'Jobs', rows: jobsFor(text, found).map((job) => jobRow(job, timer)) }
  if (timer) return [jobGroup]
  const offered = deeds().filter((deed) => matches(text, deed.title, deed.detail))
  if (!text.trim()) return [{ title: 'Do', rows: offered }]
  const clients = (found?.clients ?? []).filter((client) => matches(text, client.name))
  const people = session.peek().members.filter((member) => matches(text, member.name))
  return [
    jobGroup,
    { title: 'Clients', rows: bestFirst(text, clients, (one) => one.name).slice(0, MOST.clients).map(clientRow) },
    { title: 'People', rows: people.slice(0, MOST.people).map(personRow) },
    { title: 'Do', rows: offered },
  ].filter((group) => group.rows.length)
}

/** What the server knows under this text, on whatever board it stands. */
export async function find(text) {
  const data = await ask('Find', { text })
  return { text, jobs: data.jobs.edges.map(({ node }) => node), clients: data.clients.edges.map(({ node }) => node) }
}
