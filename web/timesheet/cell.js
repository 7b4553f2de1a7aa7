// One cell: the time of a day on one thing, typed as people write it.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { today } from '../desk/session.js'
import { changeTime, deleteTime, logTime } from '../desk/time-verbs.js'
import { cell, mayEdit, secondsIn, titleOf } from '../desk/timesheet.js'
import { exactDate, hours, secondsOf } from '../desk/words.js'
import { useBegun } from '../parts/begun.js'
import { html } from '../parts/html.js'

const MOST = 86_400
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

/** Why nothing can be typed here, or ''. */
function whyFixed(list, day) {
  if (!mayEdit()) return 'Somebody else’s time'
  if (day > today.value) return 'Time is booked once it is worked'
  if (list.length > 1) return `${list.length} entries: change them below`
  if (list[0]?.billed) return list[0].invoice?.number ? `On invoice ${list[0].invoice.number}` : 'On an invoice'
  return ''
}

function walk([row, column], [down, right]) {
  const next = document.querySelector(`[data-place="${row + down},${column + right}"]`)
  next?.focus()
  next?.select()
  return Boolean(next)
}

export function Cell({ row, day, place }) {
  const list = row.cells[day] ?? []
  const kept = list.length ? hours(secondsIn(list)) : ''
  const [text, setText] = useState(null)
  const begun = useBegun(list[0]?.seconds, list[0]?.version, text !== null)
  const isTyped = useRef(false)
  const input = useRef()
  const fixed = whyFixed(list, day)
  const isHere = cell.value?.key === row.key && cell.value.day === day
  useLayoutEffect(() => { if (isHere && cell.peek().wanted) input.current.focus() }, [isHere])
  const wanted = text === null || !text.trim() ? 0 : secondsOf(text)
  const wrong = text !== null && (wanted === null || wanted > MOST) ? 'Not kept: write it as 1:45, 24 hours at most' : ''
  const keep = () => {
    // Enter keeps, and moves the focus away, which keeps again: it is kept once.
    if (!isTyped.current || wrong) return
    isTyped.current = false
    setText(null)
    if (wanted === secondsIn(list)) return
    if (!list.length) logTime(row, day, wanted)
    else if (wanted) changeTime(list[0].id, { seconds: wanted }, begun.version)
    else deleteTime(list[0].id)
  }
  const type = (event) => { isTyped.current = true; setText(event.target.value) }
  const onKeyDown = (event) => {
    if (event.key === 'Escape') { isTyped.current = false; setText(null); input.current.value = kept; event.preventDefault() }
    else if (event.key === 'Enter') { keep(); if (!wrong) walk(place, [1, 0]); event.preventDefault() }
    else if (STEPS[event.key] && (text === null || !STEPS[event.key][1])) { if (walk(place, STEPS[event.key])) event.preventDefault() }
  }
  const note = list.some((entry) => entry.note)
  const free = list.length > 0 && list.every((entry) => entry.billing !== 'BILLABLE') && row.client
  return html`<input class="cell numbers" ref=${input} data-place=${place.join()} data-here=${isHere} data-locked=${list.some((entry) => entry.billed)} data-note=${note} data-free=${Boolean(free)}
    aria-label=${`${titleOf(row)}, ${exactDate(day)}`} title=${fixed || wrong || (note ? list.map((entry) => entry.note).filter(Boolean).join(' · ') : undefined)}
    inputmode="text" autocomplete="off" placeholder=${fixed ? '' : '·'} readonly=${Boolean(fixed)} aria-invalid=${Boolean(wrong)} value=${text ?? kept}
    onFocus=${(event) => { cell.value = { key: row.key, day }; event.target.select() }} onInput=${type} onBlur=${keep} onKeyDown=${onKeyDown} />`
}
