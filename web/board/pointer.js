// Dragging with a mouse or a finger. A finger has to rest first, or it scrolls.
import { board } from '../desk/board.js'
import { capture, flights } from './glide.js'
import { carry, letGo, lift, othersIn, pickUp, putDown } from './lift.js'

const MOUSE_SLACK = 5
const FINGER_SLACK = 8
const REST = 280
const EDGE = 56
const FASTEST = 18

let drag = null

/** For a card's pointerdown. */
export function pressCard(event, id) {
  if (event.button !== 0 || drag || event.target.closest('[data-no-drag]')) return
  const card = event.currentTarget
  drag = { id, card, pointer: event.pointerId, touch: event.pointerType !== 'mouse', x: event.clientX, y: event.clientY, picture: null }
  if (drag.touch) {
    drag.rest = setTimeout(begin, REST)
    // On the card itself: it goes on hearing its finger even if it is drawn elsewhere meanwhile.
    card.addEventListener('touchmove', holdStill, { passive: false })
  }
  addEventListener('pointermove', onMove)
  addEventListener('pointerup', onUp)
  addEventListener('pointercancel', onCancel)
  addEventListener('keydown', onKey, true)
  addEventListener('contextmenu', onContextMenu)
}

const holdStill = (event) => { if (drag?.picture) event.preventDefault() }
const onContextMenu = (event) => { if (drag?.touch) event.preventDefault() }

function begin() {
  const rect = drag.card.getBoundingClientRect()
  if (!pickUp(drag.id, 'pointer')) return end()
  const picture = drag.card.cloneNode(true)
  picture.removeAttribute('data-card')
  picture.inert = true
  picture.classList.add('in-hand')
  Object.assign(picture.style, { left: `${rect.left}px`, top: `${rect.top}px`, width: `${rect.width}px` })
  flights().append(picture)
  Object.assign(drag, { picture, rect, startX: drag.x, startY: drag.y })
  document.documentElement.classList.add('dragging')
  if (drag.touch) navigator.vibrate?.(12)
  drag.frame = requestAnimationFrame(scrollAtEdges)
  follow()
  return undefined
}

function onMove(event) {
  if (event.pointerId !== drag.pointer) return
  const moved = Math.hypot(event.clientX - drag.x, event.clientY - drag.y)
  if (!drag.picture) {
    if (drag.touch) { if (moved > FINGER_SLACK) end() } else if (moved > MOUSE_SLACK) begin()
    if (!drag?.picture) return
  }
  drag.x = event.clientX
  drag.y = event.clientY
  follow()
}

function follow() {
  drag.picture.style.transform = `translate(${drag.x - drag.startX}px, ${drag.y - drag.startY}px) rotate(1.2deg)`
  const key = columnUnder(drag.x)
  if (key) carry(key, indexUnder(key, drag.picture.getBoundingClientRect()))
}

const columnElements = () => document.querySelectorAll('.board [data-column]')

function columnUnder(x) {
  for (const element of columnElements()) {
    const { left, right } = element.getBoundingClientRect()
    if (x >= left && x <= right) return element.dataset.column
  }
  return null
}

function indexUnder(key, { top, height }) {
  if (!board.peek().some((column) => column.key === key)) return 0
  const middle = top + Math.min(height, 80) / 2
  const ids = othersIn(key)
  for (let index = 0; index < ids.length; index += 1) {
    const card = document.querySelector(`.board [data-card="${CSS.escape(ids[index])}"]`)
    if (!card) continue
    const rect = card.getBoundingClientRect()
    if (middle < rect.top + rect.height / 2) return index
  }
  return ids.length
}

/** Near an edge the column, or the whole board, scrolls under the card in hand. */
function scrollAtEdges() {
  if (!drag?.picture) return
  const board = document.querySelector('.board')
  board.scrollLeft += speed(drag.x, 0, innerWidth)
  const list = document.querySelector(`[data-column="${CSS.escape(lift.peek()?.key ?? '')}"] .column-list`)
  if (list) {
    const { top, bottom } = list.getBoundingClientRect()
    list.scrollTop += speed(drag.y, top, bottom)
  }
  // The pointer may rest: it is the board that moves under it.
  follow()
  drag.frame = requestAnimationFrame(scrollAtEdges)
}

function speed(at, low, high) {
  if (at < low + EDGE) return -FASTEST * Math.min(1, (low + EDGE - at) / EDGE)
  if (at > high - EDGE) return FASTEST * Math.min(1, (at - high + EDGE) / EDGE)
  return 0
}

function onUp(event) {
  if (event.pointerId !== drag.pointer) return
  const { picture, id } = drag
  if (picture) {
    // A drag ends in no click: it would open the card just moved.
    addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
    const rect = picture.getBoundingClientRect()
    putDown()
    capture({ [id]: rect })
  }
  end()
}

const swallow = (event) => { event.preventDefault(); event.stopPropagation() }
const onCancel = (event) => { if (event.pointerId === drag?.pointer) { letGo(); end() } }
function onKey(event) {
  if (event.key !== 'Escape' || !drag?.picture) return
  event.preventDefault()
  event.stopPropagation()
  letGo()
  end()
}

function end() {
  clearTimeout(drag.rest)
  cancelAnimationFrame(drag.frame)
  drag.card.removeEventListener('touchmove', holdStill)
  drag.picture?.remove()
  drag = null
  document.documentElement.classList.remove('dragging')
  removeEventListener('pointermove', onMove)
  removeEventListener('pointerup', onUp)
  removeEventListener('pointercancel', onCancel)
  removeEventListener('keydown', onKey, true)
  removeEventListener('contextmenu', onContextMenu)
}
