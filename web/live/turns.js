// Over HTTP/1.1 a browser has six lines to a server for all its tabs. A stream takes one for as
// long as it goes on, so streams take turns there, and a tab that nobody sees gives its lines back.
const LINES = 2
const TURN = 8_000

const turns = new Set()
const waiting = []

const narrow = () => /^http\/1/.test(performance.getEntriesByType('navigation')[0]?.nextHopProtocol ?? '')
const mustWait = () => narrow() && (turns.size >= LINES || document.hidden)

/** A line, once it is one's turn: `over` is aborted when it has lasted long enough, `end()` gives it back. */
export const turn = () => new Promise((resolve) => {
  waiting.push(resolve)
  look()
})

// Who waited longest is next, before whoever has just had a turn.
function look() {
  while (waiting.length && !mustWait()) waiting.shift()(taken())
}

function taken() {
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
