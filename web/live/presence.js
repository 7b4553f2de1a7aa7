// Being at a place: one is there for as long as one hears who else is, and the stream that is open
// says what one has in hand.
import { effect, signal } from '@preact/signals-core'
import { documentOf } from './documents.js'
import { client, lineWorks, nextTry, sessionOver } from './socket.js'

const GATHERS_FOR = 100 // what is only touched in passing is nobody's business
const AWAY_AFTER = 60_000

/** Whether nobody has looked at this page for long: they are not there then. */
export const away = signal(false)

const isRefused = (problem, code) => Array.isArray(problem) && problem.some((one) => one.extensions?.code === code)

/**
 * Is at `place` until the returned function is called. `hand` is a signal of what others are to see
 * in this person's hands; `tell({ people, count })` hears all who are there.
 */
export function attend(place, hand, tell) {
  let turn = 0
  let leave = () => {} // all streams that are open

  /** Opens a stream; those before it end with its first word, so that nobody seems gone meanwhile. */
  const once = (mine) => new Promise((ended) => {
    let before = leave
    const dispose = client.subscribe(
      { query: documentOf('Presence'), operationName: 'Presence', variables: { place, ...hand.peek() } },
      {
        next: ({ data, errors }) => {
          if (!data) { ended(errors); return }
          lineWorks()
          before()
          before = () => {}
          if (mine === turn) tell(data.presence)
        },
        error: ended,
        complete: () => ended(null),
      },
    )
    leave = () => { before(); dispose() }
  })

  async function stay() {
    const mine = (turn += 1)
    while (mine === turn && !sessionOver.peek()) {
      const problem = await once(mine)
      if (mine !== turn) return
      tell({ people: [], count: 0 })
      if (isRefused(problem, 'UNAUTHENTICATED')) sessionOver.value = true
      if (isRefused(problem, 'NOT_FOUND')) return // what shows the place says so itself
      await nextTry()
    }
  }

  let pause = 0
  let later
  const dispose = effect(() => {
    hand.value
    clearTimeout(later)
    later = setTimeout(stay, pause)
    pause = GATHERS_FOR
  })

  return () => {
    turn += 1
    clearTimeout(later)
    dispose()
    leave()
  }
}

if (globalThis.document) {
  let going
  document.addEventListener('visibilitychange', () => {
    clearTimeout(going)
    if (document.hidden) going = setTimeout(() => { away.value = true }, AWAY_AFTER)
    else away.value = false
  })
}
