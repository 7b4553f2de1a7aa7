// What this person does: shown at once, sent in order, kept while nobody answers, taken back with
// the server's reason when it is refused. Each carries a key, so sending twice changes once.
import { batch, computed, effect, signal } from '@preact/signals-core'
import { ask, Refused, SignedOut, Unreachable } from './request.js'
import { arrivals, sessionOver } from './socket.js'

const RETRY_AFTER = 3_000
const STORED = 'openpractice.unsent.'

export class OwnChanges {
  #stores
  #take
  #storage
  #owner = ''
  #sending = false
  #told = new Map() // key → what to call with the payload

  /** Changes the server has not confirmed, oldest first. */
  unsent = signal([])
  count = computed(() => this.unsent.value.length)

  /** Called with (change, errors) when the server refuses one. */
  onRefused = () => {}

  /** Called before a change of this person or its answer alters what is seen. */
  onShowing = () => {}

  /**
   * `stores` names the Records a patch can lie on; `take[part](value, marks)` takes that part of a
   * payload; `storage` outlives a reload.
   */
  constructor({ stores, take, storage = globalThis.localStorage }) {
    this.#stores = stores
    this.#take = take
    this.#storage = storage
    effect(() => { if (arrivals.value) this.#send() })
  }

  /** Takes up what this member left unsent in this browser, in order, and sends it. */
  adopt(memberId) {
    this.#owner = `${STORED}${memberId}.`
    const keys = Object.keys(this.#storage ?? {}).filter((key) => key.startsWith(this.#owner))
    const left = keys.map((key) => JSON.parse(this.#storage.getItem(key)))
    left.sort((one, other) => one.at - other.at)
    batch(() => {
      for (const change of left) this.#lay(change)
      this.unsent.value = [...left, ...this.unsent.value]
    })
    this.#send()
  }

  /**
   * Shows and sends `change`: { document, field, input, says, patches: [{ store, id, patch }] }.
   * Resolves with the payload, or with null when it was refused.
   */
  make(change) {
    const made = { key: crypto.randomUUID(), at: Date.now(), patches: [], ...change }
    this.onShowing()
    batch(() => {
      this.#lay(made)
      this.unsent.value = [...this.unsent.value, made]
    })
    this.#storage?.setItem(this.#owner + made.key, JSON.stringify(made))
    const told = new Promise((done) => this.#told.set(made.key, done))
    this.#send()
    return told
  }

  #lay(change) {
    for (const { store, id, patch } of change.patches) this.#stores[store].lay(change.key, id, patch)
  }

  async #send() {
    if (this.#sending) return
    this.#sending = true
    try {
      while (this.unsent.peek().length) {
        const answered = await this.#sendOne(this.unsent.peek()[0])
        if (!answered) break
      }
    } finally {
      this.#sending = false
    }
  }

  /** True when the server answered, whatever it said. */
  async #sendOne(change) {
    const stores = Object.entries(this.#stores)
    const marks = Object.fromEntries(stores.map(([name, store]) => [name, store.mark]))
    try {
      const data = await ask(change.document, { input: { ...change.input, idempotencyKey: change.key } })
      this.#settle(change, data[change.field], marks)
    } catch (problem) {
      if (problem instanceof SignedOut) { sessionOver.value = true; return false }
      if (problem instanceof Unreachable || problem.retryAfter) {
        setTimeout(() => this.#send(), problem.retryAfter ?? RETRY_AFTER)
        return false
      }
      if (!(problem instanceof Refused)) console.error(problem)
      const { message, code, reference } = problem
      this.#settle(change, { errors: [{ message, code, reference }] }, marks)
    }
    return true
  }

  #settle(change, payload, marks) {
    const refused = payload.errors.length > 0
    this.onShowing()
    batch(() => {
      for (const [part, value] of Object.entries(payload)) {
        if (value) this.#take[part]?.(value, marks)
      }
      for (const store of Object.values(this.#stores)) store.lift(change.key)
      this.unsent.value = this.unsent.value.filter((one) => one.key !== change.key)
    })
    this.#storage?.removeItem(this.#owner + change.key)
    if (!refused) this.#carryOn(change, payload)
    if (refused) this.onRefused(change, payload.errors)
    this.#told.get(change.key)?.(refused ? null : payload)
    this.#told.delete(change.key)
  }

  /**
   * What this person wrote over `change` before it was confirmed was written over what it became:
   * by the version from before they would be told of themselves as of somebody else.
   */
  #carryOn(change, payload) {
    const became = Object.values(payload).find((part) => part?.id === change.input.id)
    for (const later of this.unsent.peek()) {
      const { expectedVersion, ...fields } = later.input
      if (later.input.id !== became?.id || !(expectedVersion < became.version)) continue
      if (!Object.keys(fields).every((field) => field in change.input)) continue
      later.input.expectedVersion = became.version
      this.#storage?.setItem(this.#owner + later.key, JSON.stringify(later))
    }
  }
}
