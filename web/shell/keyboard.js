// Keys that work anywhere on the page, unless somebody types.
import { undoLast } from '../desk/undo.js'
import { look, SCOPES } from '../desk/view.js'
import { closePalette, openPalette } from './palette-mode.js'
import { helpIsOpen } from './help.js'
import { places } from './places.js'
import { toggleTheme } from './theme.js'

const PAIR_WITHIN = 1_200
let leader = 0

const GO = {
  ...Object.fromEntries(SCOPES.map((scope) => [scope.key, () => look(scope.view)])),
  j: () => look({ show: 'jobs' }),
  k: () => look({ show: 'tasks' }),
}
const KEYS = {
  '?': () => { helpIsOpen.value = true },
  z: undoLast,
  d: toggleTheme,
  t: () => openPalette('timer'),
}

const goTo = (key) => {
  const place = places().find((one) => one.key === key)
  return place && (() => location.assign(place.path))
}

const isTyping = ({ target }) => target.closest('input, textarea, select, [contenteditable], dialog, [popover]')

/** `own` are the keys of this page alone; while its `isBusy` says so, no letter does anything. */
export function listenToKeys({ isBusy = () => false, ...own } = {}) {
  const keys = { ...KEYS, ...own }
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
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || isBusy() || isTyping(event)) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : ''
    const inPair = Date.now() - leader < PAIR_WITHIN
    leader = key === 'g' && !inPair ? Date.now() : 0
    const deed = inPair ? (GO[key] ?? goTo(key)) : keys[key]
    if (!deed) return
    event.preventDefault()
    deed()
  })
}
