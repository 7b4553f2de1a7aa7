// Follows one live field from a cursor on: through breaks, restarts and resyncs, missing nothing.
import { documentOf } from './documents.js'
import { hearTime } from './clock.js'
import { behind, lineWorks, nextTry, sessionOver } from './socket.js'
import { subscribe } from './subscribe.js'

const QUIET_MEANS_LEVEL = 1_500 // a server with nothing to tell may leave its first word for later

const isPassing = (errors) => errors.length > 0 && errors.every((one) => one.extensions?.retryable)

/**
 * Keeps `document`'s subscription going until the returned function is called.
 * `apply(changes)` takes a batch; `resync()` fetches the snapshot anew and resolves when it is in.
 */
export function follow({ document: name, field, variables = {}, since, apply, resync }) {
  const follower = Symbol(name)
  let cursor = since
  let stopped = false
  let dispose = () => {}
  let level

  const mark = (isBehind) => {
    clearTimeout(level)
    if (behind.peek().has(follower) === isBehind) return
    const followers = new Set(behind.peek())
    if (isBehind) followers.add(follower)
    else followers.delete(follower)
    behind.value = followers
  }

  function hear(item) {
    lineWorks()
    if (item.serverTime) hearTime(item.serverTime)
    cursor = item.cursor
    if (item.changes) apply(item.changes)
    mark(false)
  }

  const once = () => new Promise((ended) => {
    level = setTimeout(() => mark(false), QUIET_MEANS_LEVEL)
    dispose = subscribe(
      { query: documentOf(name), operationName: name, variables: { ...variables, since: cursor } },
      {
        next: ({ data, errors }) => {
          const item = data?.[field]
          // With errors its data has holes: what could not be read is null there, and not gone.
          if (item && !errors && item.__typename !== 'Resync') hear(item)
          else ended(errors ?? [])
        },
        error: ended,
        complete: () => ended(null),
      },
    )
  })

  async function run() {
    while (!stopped && !sessionOver.peek()) {
      mark(true)
      const problem = await once()
      dispose()
      clearTimeout(level)
      if (stopped) break
      mark(true)
      if (Array.isArray(problem)) {
        // The server heard, but does not go on from this cursor: begin from a snapshot, unless it
        // only cannot read just now. Until one is in, the cursor stays, so that the server says the
        // same again.
        if (problem.some((one) => one.extensions?.code === 'UNAUTHENTICATED')) sessionOver.value = true
        else if (!isPassing(problem)) cursor = (await resync().catch(() => null)) ?? cursor
      }
      await nextTry()
    }
    mark(false)
  }
  run()

  return () => {
    stopped = true
    dispose()
    mark(false)
  }
}
