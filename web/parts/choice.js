// A button that opens a short list to choose from; with a field to search it when it is long.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { matches } from '../desk/search.js'
import { html } from './html.js'
import { Icon } from './icons.js'

const LONG = 8
const TALL = 380
const GAP = 6
const MARGIN = 8
const TYPING_PAUSE = 120
const NOTHING = { found: 'Nothing found', looking: 'Looking …', failed: 'The server does not answer' }
let number = 0

/** Stands below (or above) what opened it, never higher than there is room; `grows` if more may come. */
function place(popup, anchor, grows) {
  const from = anchor.getBoundingClientRect()
  popup.style.maxHeight = ''
  const above = from.top - GAP - MARGIN
  const below = (visualViewport?.height ?? innerHeight) - from.bottom - GAP - MARGIN
  const isAbove = (grows ? TALL : popup.offsetHeight) > below && above > below
  Object.assign(popup.style, {
    left: `${Math.max(MARGIN, Math.min(from.left, innerWidth - popup.offsetWidth - MARGIN))}px`,
    top: isAbove ? 'auto' : `${from.bottom + GAP}px`,
    bottom: isAbove ? `${innerHeight - from.top + GAP}px` : 'auto',
    maxHeight: `${isAbove ? above : below}px`,
  })
}

/** Keeps it there while results come and the window changes; answers how to stop. */
function keepPlaced(popup, anchor, grows) {
  const again = () => place(popup, anchor, grows)
  const watching = new ResizeObserver(again)
  again()
  watching.observe(popup)
  addEventListener('resize', again)
  visualViewport?.addEventListener('resize', again)
  return () => {
    watching.disconnect()
    removeEventListener('resize', again)
    visualViewport?.removeEventListener('resize', again)
  }
}

function List({ anchor, label, items, find, onPick, onClose }) {
  const popup = useRef()
  const [text, setText] = useState('')
  const [found, setFound] = useState(find ? [] : null)
  const [state, setState] = useState(find ? 'looking' : 'found')
  const [at, setAt] = useState(0)
  const [id] = useState(() => `choice-${(number += 1)}`)
  const searching = Boolean(find) || items.length > LONG
  const shown = found ?? items.filter((item) => matches(text, item.title))

  useLayoutEffect(() => {
    const element = popup.current
    element.showPopover()
    const stop = keepPlaced(element, anchor, searching)
    element.querySelector('input, [role=listbox]').focus()
    const chosen = items.findIndex((item) => item.chosen)
    if (chosen > 0) setAt(chosen)
    return stop
  }, [])
  useEffect(() => {
    if (!find) return undefined
    let late = false
    setState('looking')
    const hear = (list, now) => { if (!late) { setFound(list); setState(now); setAt(0) } }
    const wait = setTimeout(() => find(text).then((list) => hear(list, 'found'), () => hear([], 'failed')), text ? TYPING_PAUSE : 0)
    return () => { late = true; clearTimeout(wait) }
  }, [text])
  useLayoutEffect(() => {
    popup.current.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const pick = (item) => { onClose(); onPick(item) }
  const onKeyDown = (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (steps) setAt((at + steps + shown.length) % Math.max(1, shown.length))
    else if (event.key === 'Enter' && shown[at]) pick(shown[at])
    else if (event.key === 'Escape') onClose()
    else if (event.key === 'Tab') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const options = html`<ul role="listbox" id=${id} aria-label=${label} tabindex=${searching ? -1 : 0}
    aria-activedescendant=${searching ? undefined : `${id}-${at}`}>
    ${shown.map((item, index) => html`<li key=${item.id} id=${`${id}-${index}`} role="option" aria-selected=${index === at}
      onPointerMove=${() => setAt(index)} onClick=${() => pick(item)}>
      ${item.sign}<span class="choice-title">${item.title}</span>
      ${item.detail && html`<span class="choice-detail">${item.detail}</span>`}
      ${item.chosen && html`<${Icon} name="check" size=${14} />`}
    </li>`)}
    ${!shown.length && html`<li class="choice-none" role="option" aria-selected="false" aria-disabled="true">${!text && state === 'found' ? 'Type a name' : NOTHING[state]}</li>`}
  </ul>`
  return html`<div class="choice" popover="auto" ref=${popup} onKeyDown=${onKeyDown}
    onToggle=${(event) => { if (event.newState === 'closed') onClose() }}>
    ${searching && html`<input class="choice-search" role="combobox" aria-expanded="true" aria-controls=${id}
      aria-activedescendant=${`${id}-${at}`} aria-label=${`Search: ${label}`} placeholder="Search" maxlength="200" value=${text}
      onInput=${(event) => { setText(event.target.value); setAt(0) }} />`}
    ${options}
  </div>`
}

/** `items` are { id, title, detail, sign, chosen }; `find(text)` fetches them instead, if given. */
export function Choice({ label, items = [], find, onPick, class: className = 'button', children, ...rest }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef()
  const close = () => { setOpen(false); button.current?.focus() }
  return html`<button type="button" ...${rest} class=${className} ref=${button} aria-haspopup="listbox" aria-expanded=${isOpen}
    onClick=${(event) => { event.stopPropagation(); setOpen(true) }}>${children}</button>
    ${isOpen && html`<${List} anchor=${button.current} label=${label} items=${items} find=${find} onPick=${onPick} onClose=${close} />`}`
}
