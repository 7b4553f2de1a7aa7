// Who else is here, and what is in this person's own hand for the others to see.
import { computed, effect, signal } from '@preact/signals-core'
import { attend, away } from '../live/presence.js'
import { isMe, session } from './session.js'
import { onBoard, view } from './view.js'

const NOBODY = { people: [], count: 0 }

/** The id of the card in this person's hand, or null. */
export const inHand = signal(null)
const writesIn = signal(null)

const boardHere = computed(() => (onBoard ? `${view.value.show === 'tasks' ? 'task' : 'job'}_board` : null))
const thingHere = computed(() => view.value.job || view.value.task || null)
const atBoard = signal(NOBODY)
const atThing = signal(NOBODY)

/** The others among those who are told to be there, as this page knows them, and how many they are. */
function others({ people, count }) {
  const known = new Map(session.value?.members.map((member) => [member.id, member]))
  const rest = people.filter(({ member }) => member && !isMe(member))
  return {
    people: rest.map((one) => ({ ...one, member: known.get(one.member.id) ?? one.member })),
    count: count - people.length + rest.length,
  }
}

export const besideBoard = computed(() => others(atBoard.value))
export const besideThing = computed(() => others(atThing.value))

const holders = computed(() => new Map(besideBoard.value.people.filter(({ holds }) => holds).map(({ holds, member }) => [holds, member])))
const holderSignals = new Map() // id → signal of the person, or undefined

/** The signal of who else has this card in hand: it changes with that card's holder alone. */
export function holderOf(id) {
  if (!holderSignals.has(id)) holderSignals.set(id, computed(() => holders.value.get(id)))
  return holderSignals.get(id)
}

/** Who else writes in this field of the job or task that is open. */
export const writerOf = (field) => besideThing.value.people.find(({ edits }) => edits === field)?.member

function keep(place, hand, told) {
  let leave = () => {}
  effect(() => {
    const here = away.value ? null : place.value
    leave()
    told.value = NOBODY
    leave = here ? attend(here, hand, (now) => { told.value = now }) : () => {}
  })
}

/** Is wherever this page is, and keeps what is known of the others. */
export function keepPresence() {
  keep(boardHere, computed(() => ({ holds: inHand.value })), atBoard)
  keep(thingHere, computed(() => ({ edits: writesIn.value })), atThing)
  // Whoever only looks at a field does not write in it.
  addEventListener('input', ({ target }) => { writesIn.value = target.closest('[data-edits]')?.dataset.edits ?? null })
  addEventListener('focusout', () => { writesIn.value = null })
}
