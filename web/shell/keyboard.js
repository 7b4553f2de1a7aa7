// Keys that work anywhere on the page, unless somebody types.
import { jobs, tasks } from '../desk/stores.js'
import { toggleTimer } from '../desk/timer-verbs.js'
import { undoLast } from '../desk/undo.js'
import { look, SCOPES } from '../desk/view.js'
import { lift } from '../board/lift.js'
import { closePalette, openPalette } from './palette-mode.js'
import { helpIsOpen } from './help.js'
import { toggleTheme } from './theme.js'

const PAIR_WITHIN = 1_200
let leader = 0

const GO = {
  ...Object.fromEntries(SCOPES.map((scope) => [scope.key, () => look(scope.view)])),
  j: () => look({ show: 'jobs' }),
  k: () => look({ show: 'tasks' }),
}
const KEYS = {
  '/': () => document.getElementById('filter-text')?.focus(),
  '?': () => { helpIsOpen.value = true },
  z: undoLast,
  d: toggleTheme,
  t: () => {
    const id = document.activeElement?.closest('[data-card]')?.dataset.card
    const [job, task] = [jobs.peek(id), tasks.peek(id)]
    if (job || task) toggleTimer({ job, task })
    else openPalette('timer')
  },
}

const isTyping = ({ target }) => target.closest('input, textarea, select, [contenteditable], dialog, [popover]')

export function listenToKeys() {
  addEventListener('keydown', (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      if (document.querySelector('dialog.palette')) closePalette()
      else openPalette()
      return
    }
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'z' && !isTyping(event)) {
      event.preventDefault()
      undoLast()
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || lift.peek() || isTyping(event)) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : ''
    const inPair = Date.now() - leader < PAIR_WITHIN
    leader = key === 'g' && !inPair ? Date.now() : 0
    const deed = inPair ? GO[key] : KEYS[key]
    if (!deed) return
    event.preventDefault()
    deed()
  })
}
