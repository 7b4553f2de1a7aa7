// The board by keyboard: arrows walk, space picks up and puts down, escape brings back.
import { board } from '../desk/board.js'
import { jobs, tasks } from '../desk/stores.js'
import { toggleTimer } from '../desk/timer-verbs.js'
import { openPalette } from '../shell/palette-mode.js'
import { carry, letGo, lift, othersIn, pickUp, putDown } from './lift.js'

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }

export const buttonOf = (id) => document.querySelector(`.board [data-card="${CSS.escape(id)}"] .card-open`)

/** For keydown on a card. */
export function pressKeyOnCard(event, id) {
  if (event.metaKey || event.ctrlKey || event.altKey) return
  const held = lift.peek()?.by === 'keyboard'
  const step = STEPS[event.key]
  if (event.key === ' ') held ? putDown() : pickUp(id, 'keyboard')
  else if (held && event.key === 'Enter') putDown()
  else if (held && (event.key === 'Escape' || event.key === 'Tab')) letGo()
  else if (step) held ? moveHeld(step) : walk(id, step)
  else if (event.key === 'Home' || event.key === 'End') edge(id, event.key === 'Home')
  else return
  if (event.key === 'Tab') return
  event.preventDefault()
  event.stopPropagation()
}

/** A button acts when the space bar comes up; the space bar has done its work by then. */
export function releaseKeyOnCard(event) {
  if (event.key === ' ') event.preventDefault()
}

const openColumns = () => board.peek()

function moveHeld([across, down]) {
  const { key, index } = lift.peek()
  const columns = openColumns()
  const at = columns.findIndex((column) => column.key === key)
  if (down) return carry(key, Math.max(0, Math.min(othersIn(key).length, index + down)))
  const next = columns[at + across]
  return next && carry(next.key, Math.min(othersIn(next.key).length, index))
}

function walk(id, [across, down]) {
  const columns = openColumns().filter((column) => column.ids.some((one) => buttonOf(one)))
  const at = columns.findIndex((column) => column.ids.includes(id))
  if (at < 0) return
  const index = columns[at].ids.indexOf(id)
  const ids = across ? columns[at + across]?.ids : columns[at].ids
  if (!ids) return
  focusCard(ids[Math.max(0, Math.min(ids.length - 1, across ? index : index + down))])
}

function edge(id, first) {
  const ids = openColumns().find((column) => column.ids.includes(id))?.ids
  if (ids) focusCard(first ? ids[0] : ids.at(-1))
}

export function focusCard(id) {
  const button = buttonOf(id)
  button?.focus({ preventScroll: true })
  button?.closest('[data-card]').scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

/** The letters that do something here and on no other page; none while a card is held. */
export const BOARD_KEYS = {
  isBusy: () => Boolean(lift.peek()),
  '/': () => document.getElementById('filter-text')?.focus(),
  t: () => {
    const id = document.activeElement?.closest('[data-card]')?.dataset.card
    const [job, task] = [jobs.peek(id), tasks.peek(id)]
    if (job || task) toggleTimer({ job, task })
    else openPalette('timer')
  },
}
