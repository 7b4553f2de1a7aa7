// Over HTTP/1.1 a browser has six lines to a server for all its tabs. A stream takes one for as
// long as it goes on, so streams take turns there, and a tab that nobody sees gives its lines back.
const LINES = 2
const TURN = 8_000

const turns = new Set()
let waiting = []

const narrow = () => /^http\/1/.test(performance.getEntriesByType('navigation')[0]?.nextHopProtocol ?? '')
const mustWait = () => narrow() && (turns.size >= LINES || document.hidden)

function look() {
  const woken = waiting
  waiting = []
  for (const resolve of woken) resolve()
}

/** Waits for a line; `end()` gives it back, `over` is aborted when it is somebody else's turn. */
export async function turn() {
  while (mustWait()) await new Promise((resolve) => { waiting.push(resolve) })
  const over = new AbortController()
  const timer = narrow() && setTimeout(() => over.abort(), TURN)
  turns.add(over)
  return {
    over: over.signal,
    end: () => { clearTimeout(timer); turns.delete(over); look() },
  }
}

globalThis.document?.addEventListener('visibilitychange', () => {
  if (document.hidden && narrow()) for (const over of turns) over.abort()
  look()
})
