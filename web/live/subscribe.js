// How a page hears of changes: over its socket, or where something on the way blocks sockets, over
// HTTP, for as long as that is so.
import { address, arrivals, client, door, lineWorks, streams, unanswered } from './socket.js'
import { listen } from './event-stream.js'
import { Refused, SignedOut } from './request.js'
import { turn } from './turns.js'

const MEANS_BLOCKED = 2 // handshakes in a row that nobody answered
const SOCKETS_AGAIN_AFTER = 5 * 60_000

const open = new Set()

/** As the client of the socket does it: `sink` has `next`, `error` and `complete`. */
export function subscribe(request, sink) {
  if (unanswered.peek() < MEANS_BLOCKED) return client.subscribe(request, sink)
  const control = new AbortController()
  open.add(control)
  overHttp(request, sink, control.signal).finally(() => open.delete(control))
  return () => control.abort()
}

async function overHttp(request, sink, stopped) {
  let worked = false
  const opened = () => {
    lineWorks()
    if (worked) return
    worked = true
    streams.value += 1
    if (streams.peek() > 1) return
    arrivals.value += 1
    tryASocket() // perhaps it was the server itself that was away
  }
  try {
    await turnByTurn(request, sink, stopped, opened)
    sink.complete()
  } catch (problem) {
    if (problem instanceof SignedOut) sink.error([{ extensions: { code: 'UNAUTHENTICATED' } }])
    else if (problem instanceof Refused) sink.error([{ message: problem.message, extensions: { code: problem.code } }])
    else {
      // HTTP does not work either: the server is away, and nothing is known of sockets.
      if (!worked && !stopped.aborted) unanswered.value = 0
      sink.complete()
    }
  } finally {
    if (worked) streams.value -= 1
  }
}

async function turnByTurn(request, sink, stopped, opened) {
  let lastId
  const next = (payload, id) => { lastId = id ?? lastId; sink.next(payload) }
  for (;;) {
    const { over, end } = await turn()
    const control = new AbortController()
    const abort = () => control.abort()
    for (const signal of [over, stopped]) signal.addEventListener('abort', abort)
    try {
      stopped.throwIfAborted()
      await listen(door, request, { lastId, opened, next }, control)
      return
    } catch (problem) {
      if (!over.aborted || stopped.aborted) throw problem
    } finally {
      stopped.removeEventListener('abort', abort)
      end()
    }
  }
}

/** Whether a socket is let through again: then all go back to it, each from where it stands. */
function tryASocket() {
  if (!open.size) return
  const socket = new WebSocket(address, 'graphql-transport-ws')
  socket.onopen = () => socket.send('{"type":"connection_init"}')
  socket.onmessage = () => {
    socket.close()
    unanswered.value = 0
    for (const control of open) control.abort()
  }
}

if (globalThis.window) {
  setInterval(tryASocket, SOCKETS_AGAIN_AFTER)
  addEventListener('online', tryASocket)
}
