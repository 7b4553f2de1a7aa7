// Words that become a field when they are pressed: Enter keeps, Escape takes back.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useBegun } from './begun.js'
import { html } from './html.js'

const LONGEST = 200

/** `edits` is what others are told that one writes in; `onSave(text, version)`, as one began from it. */
export function Editable({ value, version, label, onSave, edits, class: className, ...rest }) {
  const [editing, setEditing] = useState(false)
  const begun = useBegun(value, version, editing)
  const input = useRef()
  useLayoutEffect(() => { if (editing) { input.current.focus(); input.current.select() } }, [editing])
  if (!editing) return html`<button type="button" class=${className} title="Click to rename" ...${rest} onClick=${() => setEditing(true)}>${value}</button>`
  const save = (event) => {
    const text = event.target.value.trim()
    setEditing(false)
    if (text && text !== value && text !== begun.value) onSave(text, begun.version)
  }
  const onKeyDown = (event) => {
    if (event.key === 'Enter') event.target.blur()
    if (event.key === 'Escape') { event.target.value = value; event.target.blur(); event.preventDefault(); event.stopPropagation() }
  }
  return html`<input class="editable-field" aria-label=${label} data-edits=${edits} maxlength=${LONGEST} ref=${input} defaultValue=${value} onBlur=${save} onKeyDown=${onKeyDown} />`
}
