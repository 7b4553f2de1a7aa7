// Which timers run, whatever of them was heard so far.

/**
 * Of each person the last timer that they started, while it runs: that it stopped the one before
 * may be heard after it.
 */
export function runningOf(timers) {
  const last = new Map() // person's id → timer
  for (const timer of timers) {
    const other = last.get(timer.member.id)
    if (!other || began(other) < began(timer)) last.set(timer.member.id, timer)
  }
  return [...last.values()].filter((timer) => !timer.stoppedAt)
}

const began = (timer) => Date.parse(timer.startedAt)
