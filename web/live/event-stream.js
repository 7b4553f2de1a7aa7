// GraphQL over server-sent events: one request whose answer goes on until either side has enough.
import { Refused, SignedOut, Unreachable } from './request.js'

const SILENCE_MEANS_DEAD = 30_000 // the server gives a sign of life every 12 seconds

/**
 * Asks `door`, from after the event `lastId` if there is one; calls `opened()`, then
 * `next(payload, id)` for each event. Resolves when the server ends it. Throws Unreachable,
 * SignedOut, Refused, or what `control` was aborted with.
 */
export async function listen(door, request, { lastId, opened, next }, control) {
  let silence
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => control.abort(new Unreachable('nothing was heard')), SILENCE_MEANS_DEAD)
  }
  heard()
  try {
    const answer = await asked(door, request, lastId, control.signal)
    opened()
    for await (const block of blocks(answer.body, heard)) {
      const { event, data, id } = fields(block)
      if (event === 'next') next(JSON.parse(data), id)
    }
  } catch (problem) {
    if (control.signal.aborted) throw control.signal.reason
    throw problem
  } finally {
    clearTimeout(silence)
  }
}

async function asked(door, request, lastId, signal) {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', 'x-openpractice': '1' }
  if (lastId) headers['last-event-id'] = lastId
  const answer = await fetch(door, {
    method: 'POST', credentials: 'same-origin', headers, body: JSON.stringify(request), signal,
  }).catch((problem) => { throw new Unreachable(problem.message) })
  if (answer.status === 401) throw new SignedOut('the session is over')
  if (answer.ok) return answer
  const { errors } = await answer.json().catch(() => ({}))
  const busy = answer.status === 429 || answer.status >= 500
  throw errors && !busy ? new Refused(errors[0]) : new Unreachable(`the server said ${answer.status}`)
}

/** The parts between empty lines; `heard()` at whatever comes. */
async function* blocks(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read().catch((problem) => { throw new Unreachable(problem.message) })
    if (done) return
    heard()
    const parts = (rest + value).split('\n\n')
    rest = parts.pop()
    yield* parts
  }
}

/** What a block says; a comment says nothing. */
function fields(block) {
  const pairs = block.split('\n').map((text) => text.split(/: ?(.*)/s))
  return Object.fromEntries(pairs.filter(([name]) => name))
}
