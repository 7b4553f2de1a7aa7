// What a page shows of the server: asked for, and asked for again whenever something changes that
// it is made of. For pages that show figures of many things; cards keep each thing by itself.
import { batch, signal } from '@preact/signals-core'
import { follow } from './follow.js'
import { Gathered } from './gathered.js'
import { persist } from './persist.js'
import { SignedOut, Unreachable } from './request.js'
import { sessionOver } from './socket.js'

const GATHERS_FOR = 200 // one act often changes many rows
const ASKS_AGAIN_AFTER = 4_000
const STAFF = { document: 'Changes', field: 'changes' }

export class Snapshot {
  #question
  #entities
  #stream
  #asked = { variables: {}, turn: 0, number: 0 }
  #shown = 0
  #changed
  #stop = () => {}

  /** `loading`, `ready`, or the problem that kept it from loading. */
  condition = signal('loading')
  data = signal(null)
  /** What the data is an answer to: while another question is on its way, still the one before. */
  variables = signal({})

  /**
   * `question(variables)` asks the server, for the stream's cursor too; `entities` are the kinds of
   * rows that the answer is made of, all unless said. `gathersFor`: see Gathered.
   */
  constructor(question, entities, { stream = STAFF, gathersFor = GATHERS_FOR } = {}) {
    this.#question = question
    this.#entities = entities && new Set(entities)
    this.#stream = stream
    this.#changed = new Gathered(this.again, gathersFor)
  }

  /** Asks with these variables and keeps the answer current; what was shown stays until it is in. */
  async open(variables = {}) {
    this.#stop()
    this.#stop = () => {}
    this.#changed.forget()
    this.#asked.variables = variables
    const turn = (this.#asked.turn += 1)
    this.condition.value = 'loading'
    const isWanted = () => turn === this.#asked.turn
    const since = await persist(() => this.#load(), { isWanted, onProblem: (problem) => { this.condition.value = problem } })
    if (since === null || !isWanted()) return
    this.#stop = follow({
      ...this.#stream,
      since,
      apply: (changes) => { if (changes.some(({ entity }) => this.#entities?.has(entity) ?? true)) this.#changed.want() },
      resync: () => this.#load(),
    })
  }

  /** Asks again at once: after an act of one's own. */
  again = async () => {
    const { turn } = this.#asked
    try {
      await this.#load()
    } catch (problem) {
      if (problem instanceof SignedOut) sessionOver.value = true
      if (turn !== this.#asked.turn) return
      if (problem instanceof Unreachable) this.#changed.want(ASKS_AGAIN_AFTER)
      else this.condition.value = problem
    }
  }

  retry = () => this.open(this.#asked.variables)

  async #load() {
    const { variables, turn } = this.#asked
    const number = (this.#asked.number += 1)
    const data = await this.#question(variables)
    // A slower answer to an earlier question does not come over a later one.
    if (turn === this.#asked.turn && number > this.#shown) {
      this.#shown = number
      batch(() => { this.data.value = data; this.variables.value = variables; this.condition.value = 'ready' })
    }
    return data.streamCursor
  }
}
