// What the server said, by id, and what this person has done since that the server has not yet
// confirmed. The two never mix: `heard` holds the server's words, `laid` lies on top of them.
import { batch, signal } from '@preact/signals-core'

export class Records {
  #heard = new Map() // id → { value, mark }
  #laid = new Map() // id → Map(change key → patch)
  #views = new Map() // id → signal of what a person should see, or undefined
  #mark = 0

  /** Changes whenever a record comes, goes or changes. */
  changed = signal(0)

  /** Where the stream stands now: take it before asking, give it with the answer. */
  get mark() {
    return this.#mark
  }

  /** The record as a person should see it, as a signal; undefined where there is none. */
  of(id) {
    let view = this.#views.get(id)
    if (!view) this.#views.set(id, (view = signal(this.#seen(id))))
    return view
  }

  peek(id) {
    return this.#seen(id)
  }

  /** What the server said, without this person's own unconfirmed changes. */
  heard(id) {
    return this.#heard.get(id)?.value
  }

  /** All that a person should see, in no order. */
  *all() {
    for (const id of new Set([...this.#heard.keys(), ...this.#laid.keys()])) {
      const value = this.#seen(id)
      if (value) yield value
    }
  }

  /**
   * Takes a record from the stream (no `asked`) or from an answer asked for at the mark `asked`.
   * Only a newer version replaces; within one version the stream, which is ordered, beats an
   * answer that was under way meanwhile. Duplicates change nothing.
   */
  hear(value, asked = null) {
    const old = this.#heard.get(value.id)
    if (old && !this.#isNews(old, value, asked)) return false
    const fromStream = asked === null
    if (fromStream) this.#mark += 1
    const mark = fromStream ? this.#mark : (old?.mark ?? 0)
    this.#heard.set(value.id, { value: old ? merged(old.value, value) : value, mark })
    this.#show(value.id)
    return true
  }

  #isNews(old, value, asked) {
    const before = old.value.version ?? 0
    const now = value.version ?? 0
    if (now !== before) return now > before
    return asked === null || old.mark <= asked
  }

  forget(id) {
    this.#mark += 1
    this.#heard.delete(id)
    this.#show(id)
  }

  /** Lays a patch over a record until `lift`: null stands for "deleted". */
  lay(key, id, patch) {
    if (!this.#laid.has(id)) this.#laid.set(id, new Map())
    const patches = this.#laid.get(id)
    const earlier = patches.get(key)
    patches.set(key, earlier && patch ? { ...earlier, ...patch } : patch)
    this.#show(id)
  }

  lift(key) {
    batch(() => {
      for (const [id, patches] of this.#laid) {
        if (!patches.delete(key)) continue
        if (patches.size === 0) this.#laid.delete(id)
        this.#show(id)
      }
    })
  }

  /** Whether something of this person's own lies on the record, unconfirmed. */
  isWaiting(id) {
    return this.#laid.has(id)
  }

  #seen(id) {
    let value = this.#heard.get(id)?.value
    for (const patch of this.#laid.get(id)?.values() ?? []) {
      value = patch === null ? undefined : { ...value, ...patch }
    }
    // A patch alone is no record, unless it says that it makes one.
    return value?.id ? value : undefined
  }

  #show(id) {
    const view = this.#views.get(id)
    batch(() => {
      if (view) view.value = this.#seen(id)
      this.changed.value += 1
    })
  }
}

/** A card knows less than a drawer: what it does not mention about the same thing stays known. */
function merged(old, value) {
  const result = { ...old, ...value }
  for (const [field, part] of Object.entries(value)) {
    if (part?.id && part.id === old[field]?.id) result[field] = { ...old[field], ...part }
  }
  return result
}
