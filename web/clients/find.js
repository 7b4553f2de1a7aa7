// Finding by words, and walking through what was found without leaving the keyboard.
import { useEffect, useRef, useState } from 'preact/hooks'
import { address } from '../desk/address.js'
import { narrow } from '../desk/client-list.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

const TYPING_PAUSE = 200
const STEPS = { ArrowDown: 1, ArrowUp: -1 }

const rows = () => [...document.querySelectorAll('.clients .row-link')]

export const intoFind = () => document.getElementById('find-client')?.focus()

/** Arrows go from row to row, and from the first back into the words; Enter opens as any link does. */
export function walk(event) {
  const step = STEPS[event.key]
  if (!step && event.key !== 'Home' && event.key !== 'End') return
  const all = rows()
  const at = all.indexOf(document.activeElement)
  if (at < 0) return
  event.preventDefault()
  const next = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : at + step
  if (next < 0) intoFind()
  else all[Math.min(next, all.length - 1)].focus()
}

export function Find() {
  const said = address.value.text ?? ''
  const [text, setText] = useState(said)
  const asked = useRef(said)
  // The address goes back and forth, too; what stands in the field follows it then.
  useEffect(() => { if (said !== asked.current) { asked.current = said; setText(said) } }, [said])
  const look = (words) => { asked.current = words.trim(); narrow({ text: words.trim() }, { replace: true }) }
  useEffect(() => {
    if (text.trim() === asked.current) return undefined
    const wait = setTimeout(() => look(text), TYPING_PAUSE)
    return () => clearTimeout(wait)
  }, [text])
  const onKeyDown = (event) => {
    if (event.key === 'ArrowDown' || (event.key === 'Enter' && !event.isComposing)) { rows()[0]?.focus(); event.preventDefault() }
    else if (event.key === 'Escape' && text) { setText(''); look(''); event.preventDefault() }
  }
  return html`<label class="filter-text find-client"><${Icon} name="search" size=${14} /><span class="visually-hidden">Find a client by words of the name</span>
    <input type="search" id="find-client" placeholder="Find a client" autocomplete="off" maxlength="200" value=${text} onInput=${(event) => setText(event.target.value)} onKeyDown=${onKeyDown} /><kbd aria-hidden="true">/</kbd></label>`
}
