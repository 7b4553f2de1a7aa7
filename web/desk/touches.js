// Who changed a card just now: shown as a ring in that person's colour, which fades.
import { signal } from '@preact/signals-core'

const SHOWN_FOR = 2_600
const touches = new Map() // id → signal of { person, turn } or null
let turn = 0

export function touchOf(id) {
  if (!touches.has(id)) touches.set(id, signal(null))
  return touches.get(id)
}

export function touch(id, person) {
  const mark = touchOf(id)
  const mine = { person, turn: (turn += 1) }
  mark.value = mine
  setTimeout(() => { if (mark.peek() === mine) mark.value = null }, SHOWN_FOR)
}
