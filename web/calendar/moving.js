// Moving what is due to another day: dragged with the mouse, or with Alt and the arrows.
import { useState } from 'preact/hooks'
import { makeDue } from '../desk/calendar.js'
import { addDays } from '../desk/days.js'
import { may } from '../desk/session.js'
import { announce } from '../desk/toasts.js'
import { exactDate } from '../desk/words.js'

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
let held = null

/** What a card takes so that it can be moved; nothing for who may not change it. */
export function useLift(card) {
  if (!may('EDIT_WORK')) return {}
  const onDragStart = (event) => {
    held = card
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', card.title)
  }
  const onDragEnd = () => { held = null }
  const onKeyDown = (event) => {
    const step = event.altKey && STEPS[event.key]
    if (!step) return
    event.preventDefault()
    const to = addDays(card.dueDate, step)
    announce(`${card.title}: due on ${exactDate(to)}`)
    keepFocusOn(card.id)
    makeDue(card, to)
  }
  return { draggable: true, onDragStart, onDragEnd, onKeyDown, 'data-card': card.id, 'aria-keyshortcuts': 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' }
}

/** The card stands elsewhere in the page after its move: whoever moved it by keys goes with it. */
function keepFocusOn(id) {
  requestAnimationFrame(() => { document.querySelector(`[data-card="${id}"]`)?.focus() })
}

/** What a day takes so that a card can be dropped on it. */
export function useDrop(day) {
  const [isOver, setOver] = useState(false)
  const onDragOver = (event) => {
    if (!held) return
    event.preventDefault()
    setOver(true)
  }
  const onDragLeave = (event) => { if (!event.currentTarget.contains(event.relatedTarget)) setOver(false) }
  const onDrop = (event) => {
    event.preventDefault()
    setOver(false)
    const card = held
    held = null
    if (card) makeDue(card, day)
  }
  return { onDragOver, onDragLeave, onDrop, 'data-target': isOver }
}
