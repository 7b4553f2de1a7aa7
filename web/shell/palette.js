// Everything by its name: jobs, clients, people, and what can be done.
import { signal } from '@preact/signals-core'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../live/request.js'
import { myTimer, session } from '../desk/session.js'
import { jobs } from '../desk/stores.js'
import { startTimer, stopTimer } from '../desk/timer-verbs.js'
import { undoLast } from '../desk/undo.js'
import { look, NO_FILTER, SCOPES } from '../desk/view.js'
import { Avatar } from '../parts/person.js'
import { Dialog } from '../parts/dialog.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { signOut } from './account.js'
import { helpIsOpen } from './help.js'
import { toggleTheme } from './theme.js'

/** '' closed, 'all' for everything, 'timer' for what a timer can run on. */
const mode = signal('')
export const openPalette = (what = 'all') => { mode.value = what }
export const closePalette = () => { mode.value = '' }

const TYPING_PAUSE = 120
const icon = (name) => html`<${Icon} name=${name} />`

const actions = () => [
  ...SCOPES.map((scope) => ({ id: `scope-${scope.key}`, title: scope.title, detail: scope.hint, keys: ['G', scope.key.toUpperCase()], sign: icon('board'), run: () => look(scope.view) })),
  { id: 'jobs', title: 'Job board', keys: ['G', 'J'], sign: icon('board'), run: () => look({ show: 'jobs' }) },
  { id: 'tasks', title: 'Task board', keys: ['G', 'K'], sign: icon('tasks'), run: () => look({ show: 'tasks' }) },
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
  run: () => (timer ? startTimer({ job }) : look({ job: job.id })),
})
const clientRow = (client) => ({ id: client.id, title: client.name, detail: 'all their jobs', sign: icon('building'), run: () => look({ ...NO_FILTER, client: client.id, due: 'any', scope: 'everything' }) })
const personRow = (member) => ({ id: member.id, title: member.name, detail: 'their work', sign: html`<${Avatar} person=${member} size="s" />`, run: () => look({ ...NO_FILTER, person: member.id, due: 'any', scope: 'everything' }) })

const has = (wanted, ...words) => words.some((word) => word?.toLowerCase().includes(wanted))

/** What is known here at once; what the server finds joins it. */
function groups(text, found, timer) {
  const wanted = text.trim().toLowerCase()
  const near = [...jobs.all()].filter((job) => job.client && has(wanted, job.title, job.client.name))
  const known = new Set(near.map((job) => job.id))
  const allJobs = [...near, ...(found?.jobs ?? []).filter((job) => !known.has(job.id))].slice(0, 7)
  const jobGroup = { title: timer ? 'Start the timer on' : 'Jobs', rows: allJobs.map((job) => jobRow(job, timer)) }
  if (timer) return [jobGroup]
  const deeds = actions().filter((action) => has(wanted, action.title, action.detail))
  if (!wanted) return [{ title: 'Do', rows: deeds }]
  const people = session.peek().members.filter((member) => has(wanted, member.name)).slice(0, 5)
  return [
    jobGroup,
    { title: 'Clients', rows: (found?.clients ?? []).map(clientRow) },
    { title: 'People', rows: people.map(personRow) },
    { title: 'Do', rows: deeds },
  ].filter((group) => group.rows.length)
}

async function find(text) {
  const data = await ask('Find', { text })
  const found = data.jobBoard.columns.flatMap((column) => column.jobs.edges.map((edge) => edge.node))
  return { jobs: found, clients: data.clients.edges.map((edge) => edge.node) }
}

function Body({ timer }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState(null)
  const [at, setAt] = useState(0)
  const list = useRef()
  useEffect(() => {
    if (!text.trim()) { setFound(null); return undefined }
    let late = false
    const wait = setTimeout(() => find(text.trim()).then((result) => { if (!late) setFound(result) }, () => {}), TYPING_PAUSE)
    return () => { late = true; clearTimeout(wait) }
  }, [text])
  useLayoutEffect(() => { list.current.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }) }, [at])
  const shown = groups(text, found, timer)
  const rows = shown.flatMap((group) => group.rows)
  const run = (row) => { closePalette(); row.run() }
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((at + step + rows.length) % Math.max(1, rows.length))
    else if (event.key === 'Enter' && rows[at]) run(rows[at])
    else return
    event.preventDefault()
  }
  return html`<div class="palette-search"><${Icon} name="search" /><input role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant=${rows[at] ? `row-${rows[at].id}` : undefined}
      aria-label="Find or do" placeholder=${timer ? 'Which job?' : 'Find a job, a client, a person, or what to do'} value=${text} autofocus
      onInput=${(event) => { setText(event.target.value); setAt(0) }} onKeyDown=${onKeyDown} /><kbd>Esc</kbd></div>
    <div class="palette-list" id="palette-list" role="listbox" aria-label="Found" ref=${list}>
      ${shown.map((group) => html`<div role="group" aria-label=${group.title} key=${group.title}><p class="palette-group" aria-hidden="true">${group.title}</p>
        ${group.rows.map((row) => html`<div role="option" id=${`row-${row.id}`} key=${row.id} aria-selected=${rows[at] === row} onPointerMove=${() => setAt(rows.indexOf(row))} onClick=${() => run(row)}>
          ${row.sign}<span class="palette-title">${row.title}</span>${row.detail && html`<span class="palette-detail">${row.detail}</span>`}
          ${row.keys && html`<span class="palette-keys">${row.keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</span>`}
        </div>`)}</div>`)}
      ${!rows.length && html`<p class="palette-none">Nothing is called “${text}”.</p>`}
    </div>`
}

export function Palette() {
  if (!mode.value) return null
  return html`<${Dialog} key=${mode.value} label="Find or do" class="palette" onClose=${closePalette}><${Body} timer=${mode.value === 'timer'} /><//>`
}
