// Asks until the server answers: at once when the line comes up, else every few seconds.
import { effect } from '@preact/signals-core'
import { SignedOut, Unreachable } from './request.js'
import { arrivals, sessionOver } from './socket.js'

const ASK_AGAIN_AFTER = 4_000

const lineOrLater = () => new Promise((resolve) => {
  const before = arrivals.peek()
  const done = () => { clearTimeout(timer); dispose(); resolve() }
  const timer = setTimeout(done, ASK_AGAIN_AFTER)
  const dispose = effect(() => { if (arrivals.value !== before) queueMicrotask(done) })
})

/**
 * What `attempt` resolves with; null when it is no longer wanted, or when the server answered that
 * it cannot be had. `onProblem` hears of each failure, so that it can be shown meanwhile.
 */
export async function persist(attempt, { isWanted, onProblem }) {
  while (isWanted()) {
    try {
      return await attempt()
    } catch (problem) {
      if (!isWanted()) return null
      if (problem instanceof SignedOut) sessionOver.value = true
      onProblem(problem)
      if (!(problem instanceof Unreachable)) return null
    }
    await lineOrLater()
  }
  return null
}
