// What a page shows of the server: asked for, and asked for again whenever something changes that
// it is made of. For pages that show figures of many things; cards keep each thing by itself.
import { batch, signal } from '@preact/signals-core'
import { follow } from './follow.js'
import { persist } from './persist.js'
import { ask, SignedOut, Unreachable } from './request.js'
import { sessionOver } from './socket.js'

const GATHERS_FOR = 200 // one act often changes many rows
const ASKS_AGAIN_AFTER = 4_000

export class Snapshot {
  #document
  #entities
  #variables = {}
  #turn = 0
  #asked = 0
  #later
  #stop = () => {}

  /** `loading`, `ready`, or the problem that kept it from loading. */
  condition = signal('loading')
  data = signal(null)

  /** `document` also asks for the stream's cursor; `entities` are the kinds of rows it is made of. */
  constructor(document, entities) {
    this.#document = document
    this.#entities = new Set(entities)
  }

  /** Asks with these variables and keeps the answer current; what was shown stays until it is in. */
  async open(variables = {}) {
    this.#stop()
    this.#stop = () => {}
    clearTimeout(this.#later)
    const turn = (this.#turn += 1)
    this.#variables = variables
    this.condition.value = 'loading'
    const isWanted = () => turn === this.#turn
    const since = await persist(() => this.#load(), { isWanted, onProblem: (problem) => { this.condition.value = problem } })
    if (since === null || !isWanted()) return
    this.#stop = follow({
      document: 'Changes',
      field: 'changes',
      since,
      apply: (changes) => { if (changes.some((change) => this.#entities.has(change.entity))) this.#soon() },
      resync: () => this.#load(),
    })
  }

  /** Asks again at once: after an act of one's own. */
  again = () => {
    clearTimeout(this.#later)
    return this.#load().catch((problem) => {
      if (problem instanceof SignedOut) sessionOver.value = true
      else if (problem instanceof Unreachable) this.#soon(ASKS_AGAIN_AFTER)
      else this.condition.value = problem
    })
  }

  retry = () => this.open(this.#variables)

  #soon(after = GATHERS_FOR) {
    clearTimeout(this.#later)
    this.#later = setTimeout(this.again, after)
  }

  async #load() {
    const asked = (this.#asked += 1)
    const data = await ask(this.#document, this.#variables)
    // A slower answer to an earlier question does not come over a later one.
    if (asked === this.#asked) batch(() => { this.data.value = data; this.condition.value = 'ready' })
    return data.streamCursor
  }
}
