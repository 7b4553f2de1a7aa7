// The card in hand, and what putting it down means. Mouse, finger and keyboard all end here.
import { batch, effect, signal } from '@preact/signals-core'
import { board, kind, lists } from '../desk/board.js'
import { addDays, weekOf } from '../desk/days.js'
import { titleOf } from '../desk/grouping.js'
import { askWhat } from '../desk/questions.js'
import { moveJob } from '../desk/job-verbs.js'
import { inHand } from '../desk/presence.js'
import { today } from '../desk/session.js'
import { moveTask } from '../desk/task-verbs.js'
import { announce, say } from '../desk/toasts.js'
import { view } from '../desk/view.js'
import { exactDate } from '../desk/words.js'
import { capture } from './glide.js'

/** { id, by: 'pointer' | 'keyboard', key, index, fromKey, fromIndex }, or null. */
export const lift = signal(null)
effect(() => { inHand.value = lift.value?.id ?? null })

const FRIDAY = 4
const WAITS_FOR = { WAITING_ON_CLIENT: 'CLIENT', WAITING_ON_OTHER: 'OTHER' }
const NO_PLACE = {
  overdue: { what: 'Nothing is made overdue by hand', instead: 'Drop it on a coming week to give it a new date.' },
  later: { what: 'Later is no date', instead: 'Open the job and give it the day it is due.' },
  others: { what: 'Others are several people', instead: 'Open the job and choose who has it.' },
}
const column = (key) => board.peek().find((one) => one.key === key)
const cardTitle = (id) => kind.peek().records.peek(id)?.title ?? ''

/** The cards of a column without the one in hand. */
export const othersIn = (key) => (lists.peek().get(key) ?? []).filter((id) => id !== lift.peek()?.id)

export function pickUp(id, by) {
  for (const [key, ids] of lists.peek()) {
    const index = ids.indexOf(id)
    if (index < 0) continue
    lift.value = { id, by, key, index, fromKey: key, fromIndex: index }
    announce(`Picked up ${cardTitle(id)}, ${place(key, index, ids.length)}. Arrow keys move it, space puts it down, escape brings it back.`)
    return true
  }
  return false
}

const place = (key, index, count) => `position ${index + 1} of ${count} in ${titleOf(column(key))}`

/** Holds the card over another place. */
export function carry(key, index) {
  const now = lift.peek()
  if (!now || (now.key === key && now.index === index)) return
  capture()
  lift.value = { ...now, key, index }
  if (now.by === 'keyboard') announce(place(key, index, othersIn(key).length + 1))
}

export function letGo() {
  const now = lift.peek()
  if (!now) return
  capture()
  lift.value = null
  announce(`${cardTitle(now.id)} is back where it was.`)
}

export function putDown() {
  const { id, key, index, fromKey, fromIndex } = lift.peek()
  const others = othersIn(key)
  if (key === fromKey && index === fromIndex) return letGo()
  if (NO_PLACE[key] && key !== fromKey) {
    say(NO_PLACE[key].what, { tone: 'refused', detail: NO_PLACE[key].instead })
    return letGo()
  }
  const change = changeFor(id, key, { afterId: others[index - 1], beforeId: others[index] })
  const source = lists.peek().get(fromKey).filter((one) => one !== id)
  const from = backTo(id, fromKey, { afterId: source[fromIndex - 1], beforeId: source[fromIndex] })
  const move = view.peek().show === 'jobs' ? moveJob : moveTask
  batch(() => {
    lift.value = null
    move(id, change, { from })
  })
  if (isJobs() && key !== fromKey && WAITS_FOR[key]) askWhat(id, WAITS_FOR[key])
  announce(`${cardTitle(id)} put down, ${place(key, index, others.length + 1)}.`)
  return undefined
}

const isJobs = () => view.peek().show === 'jobs'

/** What standing in a column means for a card, as the input of its move. */
function changeFor(id, key, neighbours) {
  const { by } = view.peek()
  if (by === 'category') return { ...(isJobs() ? { category: key } : { status: key }), ...neighbours }
  if (by === 'person') {
    const person = key === 'nobody' ? null : key
    return { ...(isJobs() ? { ownerId: person } : { assigneeId: person }), ...neighbours }
  }
  if (key === 'done') return isJobs() ? { category: 'DONE' } : { status: 'DONE' }
  const { dueDate } = kind.peek().records.peek(id)
  if (NO_PLACE[key]) return { dueDate, ...neighbours }
  return { dueDate: key === 'none' ? null : (dayBeside(neighbours) ?? dayIn(key, dueDate)), ...neighbours }
}

/** A week is in the order of its days: what is put between two cards is due when the upper one is. */
function dayBeside({ afterId, beforeId }) {
  const day = kind.peek().records.peek(afterId ?? beforeId)?.dueDate
  if (day) announce(exactDate(day))
  return day
}

/** The same weekday in another week; a Friday for what had none; never a day that is gone. */
function dayIn(monday, before) {
  const now = today.peek()
  const weekday = before && before >= now ? Math.round((Date.parse(before) - Date.parse(weekOf(before))) / 86_400_000) : FRIDAY
  const day = addDays(monday, weekday)
  const chosen = day < now && weekOf(now) === monday ? now : day
  announce(exactDate(chosen))
  return chosen
}

function backTo(id, key, neighbours) {
  const card = kind.peek().records.peek(id)
  const { by } = view.peek()
  if (by === 'category') return changeFor(id, key, neighbours)
  if (by === 'due-week') return { ...standing(card), dueDate: card.dueDate ?? null, ...neighbours }
  const person = kind.peek().person(card)?.id ?? null
  return { ...(isJobs() ? { ownerId: person } : { assigneeId: person }), ...neighbours }
}

function standing(card) {
  return isJobs() ? { category: card.category } : { status: card.status }
}
