// Everything by its name: type a few letters, choose, done.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { find, groups } from './findings.js'
import { closePalette, mode } from './palette-mode.js'

const TYPING_PAUSE = 120
const LONGEST = 200

/** Why there is nothing, as far as that is known yet. */
function noneWords(text, found) {
  if (found?.text !== text.trim()) return 'Looking …'
  return found.failed ? 'The server does not answer. Only what is on this board could be looked through.' : `Nothing is called “${text}”.`
}

function Body({ timer }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState(null)
  const [chosen, setChosen] = useState('')
  const list = useRef()
  useEffect(() => {
    if (!text.trim()) { setFound(null); return undefined }
    let late = false
    const hear = (result) => { if (!late) setFound(result) }
    const wait = setTimeout(() => find(text.trim()).then(hear, () => hear({ text: text.trim(), failed: true })), TYPING_PAUSE)
    return () => { late = true; clearTimeout(wait) }
  }, [text])
  useLayoutEffect(() => { list.current.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }) }, [chosen])
  const shown = groups(text, found, timer)
  const rows = shown.flatMap((group) => group.rows)
  // By its id: what the server finds meanwhile must not slip under the finger.
  const at = Math.max(0, rows.findIndex((row) => row.id === chosen))
  const run = (row) => { closePalette(); row.run() }
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setChosen(rows[(at + step + rows.length) % rows.length]?.id ?? '')
    else if (event.key === 'Enter' && rows[at]) run(rows[at])
    else return
    event.preventDefault()
  }
  return html`<div class="palette-search"><${Icon} name="search" /><input role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant=${rows[at] ? `row-${rows[at].id}` : undefined}
      aria-label="Find or do" placeholder=${timer ? 'Which job?' : 'Find a job, a client, a person, or what to do'} value=${text} maxlength=${LONGEST} autofocus
      onInput=${(event) => { setText(event.target.value); setChosen('') }} onKeyDown=${onKeyDown} /><kbd>Esc</kbd></div>
    <div class="palette-list" id="palette-list" role="listbox" aria-label="Found" ref=${list}>
      ${shown.map((group) => html`<div role="group" aria-label=${group.title} key=${group.title}><p class="palette-group" aria-hidden="true">${group.title}</p>
        ${group.rows.map((row) => html`<div role="option" id=${`row-${row.id}`} key=${row.id} aria-selected=${rows[at] === row} onPointerMove=${() => setChosen(row.id)} onClick=${() => run(row)}>
          ${row.sign}<span class="palette-title">${row.title}</span>${row.detail && html`<span class="palette-detail">${row.detail}</span>`}
          ${row.keys && html`<span class="palette-keys">${row.keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</span>`}
        </div>`)}</div>`)}
      ${!rows.length && html`<p class="palette-none" role="status">${noneWords(text, found)}</p>`}
    </div>`
}

export function Palette() {
  if (!mode.value) return null
  return html`<${Dialog} key=${mode.value} label="Find or do" class="palette" onClose=${closePalette}><${Body} timer=${mode.value === 'timer'} /><//>`
}
