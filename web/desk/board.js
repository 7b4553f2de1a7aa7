// The board in the page: a snapshot, the changes since, and the counts that follow from both.
import { batch, computed, effect, signal } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { hearTime } from '../live/clock.js'
import { follow } from '../live/follow.js'
import { persist } from '../live/persist.js'
import { arranged, keyOf } from './grouping.js'
import { isOver, KINDS } from './kinds.js'
import { isMe, today } from './session.js'
import { variablesOf, view } from './view.js'
import { touch } from './touches.js'

const COUNT_AGAIN_AFTER = 1_500

/** `loading`, `ready`, or the problem that kept the board from loading. */
export const condition = signal('loading')
export const kind = computed(() => KINDS[view.value.show])

const columns = signal([])
const shown = signal(new Set())
let counted = new Map() // id → its figures as the server's counts had them
let overdueThen = 0
let stop = () => {}
let loading = 0
let opening = 0
let recount

/** Called before somebody's change moves cards, so that they can glide from where they were. */
export const beforeChanges = new Set()
const announceChange = () => { for (const look of beforeChanges) look() }

/** Column key → ids of its cards in order. */
export const lists = computed(() => {
  const { records } = kind.value
  records.changed.value
  const cards = []
  for (const id of shown.value) {
    const card = records.peek(id)
    if (card) cards.push(card)
  }
  return arranged(kind.value, cards, by.value, keys.value)
})
const by = computed(() => view.value.by)
const keys = computed(() => columns.value.map((column) => column.key))

/** The columns with their counts and hours as they are now. */
export const board = computed(() => {
  return columns.value.map((column) => {
    const ids = lists.value.get(column.key) ?? []
    const drift = driftOf(column.key, ids)
    return {
      ...column,
      ids,
      count: Math.max(ids.length, column.count + drift.count),
      open: Math.max(0, column.open + drift.open),
      remainingSeconds: Math.max(0, column.remainingSeconds + drift.seconds),
    }
  })
})

/** How many cards are overdue, those of unloaded pages included. */
export const overdue = computed(() => {
  let count = overdueThen
  for (const { ids } of board.value) for (const id of ids) count += figuresOf(kind.value.records.peek(id)).overdue
  for (const was of counted.values()) count -= was.overdue
  return Math.max(0, count)
})

/** What one card adds to its column's counts and hours. */
function figuresOf(card) {
  const open = isOver(kind.value.category(card)) ? 0 : 1
  return { count: 1, open, overdue: open && card.overdue ? 1 : 0, seconds: kind.value.seconds(card) }
}

/** How far the cards here are from what the server counted: it counts pages we have not loaded. */
function driftOf(key, ids) {
  const drift = { count: 0, open: 0, seconds: 0 }
  const add = (figures, times) => { for (const name of Object.keys(drift)) drift[name] += times * figures[name] }
  for (const id of ids) add(figuresOf(kind.value.records.peek(id)), 1)
  for (const was of counted.values()) if (was.key === key) add(was, -1)
  return drift
}

/** The answer's columns, each with its open cards; notes how many of all are overdue. */
function columnsIn(data, what) {
  const open = new Map(data.open.columns.map(({ key, count }) => [key, count]))
  overdueThen = data.due.columns.find(({ key }) => key === 'overdue').count
  return data[what.board].columns.map((column) => ({ ...column, open: open.get(column.key) ?? 0 }))
}

function remember(ids) {
  for (const id of ids) {
    const card = kind.value.records.heard(id)
    if (card) counted.set(id, { key: keyOf(kind.value, card, by.value, keys.value), ...figuresOf(card) })
  }
}

const page = (connection) => ({
  endCursor: connection.pageInfo.endCursor,
  hasMore: connection.pageInfo.hasNextPage,
})

/** Fetches the snapshot; answers its cursor, or null when something else was looked at meanwhile. */
async function load() {
  const turn = (loading += 1)
  const what = kind.peek()
  const mark = what.records.mark
  const asked = variablesOf(view.peek())
  // Two questions: the cards and all counts together would cost more than one may.
  const [cards, counts] = await Promise.all([ask(what.snapshot, asked), ask(what.counts, asked)])
  const { cursor, serverTime } = cards[what.board]
  if (turn !== loading) return null
  hearTime(serverTime)
  announceChange()
  batch(() => {
    const ids = new Set()
    columns.value = columnsIn({ ...counts, ...cards }, what).map(({ [what.list]: connection, ...column }) => {
      for (const { node } of connection.edges) {
        what.take(node, { jobs: mark, tasks: mark })
        ids.add(node.id)
      }
      return { ...column, ...page(connection) }
    })
    shown.value = ids
    counted = new Map()
    remember(ids)
    condition.value = 'ready'
  })
  return cursor
}

/** Shows what the address asks for, and keeps it live. */
async function open() {
  stop()
  const turn = (opening += 1)
  const what = kind.peek()
  const { filter } = variablesOf(view.peek())
  const cursor = await persist(load, {
    isWanted: () => turn === opening,
    onProblem: (problem) => { condition.value = problem },
  })
  if (cursor === null || turn !== opening) return
  stop = follow({
    document: what.changes.document,
    field: what.changes.field,
    variables: { filter },
    since: cursor,
    apply: (changes) => apply(what, changes),
    resync: load,
  })
}

function apply(what, changes) {
  announceChange()
  batch(() => {
    const ids = new Set(shown.peek())
    for (const change of changes) {
      const card = change[what.changes.thing]
      if (change.removed || !card) ids.delete(change.id)
      else {
        what.take(card)
        ids.add(card.id)
        if (change.actor && !isMe(change.actor)) touch(card.id, change.actor)
      }
    }
    shown.value = ids
  })
  countLater()
}

/** Only a board with unloaded pages has to ask: the others know every card they count. */
function countLater() {
  if (!columns.peek().some((column) => column.hasMore)) return
  clearTimeout(recount)
  recount = setTimeout(async () => {
    const what = kind.peek()
    const turn = loading
    const data = await ask(what.counts, variablesOf(view.peek())).catch(() => null)
    if (!data || turn !== loading) return
    batch(() => {
      const fresh = new Map(columnsIn(data, what).map((column) => [column.key, column]))
      counted = new Map()
      remember(shown.peek())
      columns.value = columns.peek().map((column) => ({ ...column, ...fresh.get(column.key) }))
    })
  }, COUNT_AGAIN_AFTER)
}

/** Loads the next page of a column. */
export async function loadMore(key) {
  const what = kind.peek()
  const turn = loading
  const { endCursor } = columns.peek().find((column) => column.key === key)
  const mark = what.records.mark
  const data = await ask(what.more, { ...variablesOf(view.peek()), column: key, after: endCursor })
  if (turn !== loading) return
  const { [what.list]: connection } = data[what.board].columns[0]
  batch(() => {
    const ids = new Set(shown.peek())
    for (const { node } of connection.edges) {
      what.take(node, { jobs: mark, tasks: mark })
      ids.add(node.id)
    }
    remember(connection.edges.map((edge) => edge.node.id))
    shown.value = ids
    columns.value = columns.peek().map((column) => (column.key === key ? { ...column, ...page(connection) } : column))
  })
}

/** Puts a card of this person's own making on the board before the server has answered. */
export function show(id) {
  shown.value = new Set([...shown.peek(), id])
}

export const tryAgain = () => { condition.value = 'loading'; open() }

/** Opens the board, and again whenever the address asks for another one. */
export function keepBoard() {
  let before = ''
  effect(() => {
    // A new day makes other jobs overdue, and other weeks this one.
    const asked = JSON.stringify([view.value.show, variablesOf(view.value), today.value])
    if (asked === before) return
    const regrouped = before && JSON.parse(before)[1].groupBy !== JSON.parse(asked)[1].groupBy
    const otherKind = before && JSON.parse(before)[0] !== view.value.show
    before = asked
    // Another filter keeps the cards in sight until the new ones are there; other columns cannot.
    if (regrouped || otherKind) batch(() => { condition.value = 'loading'; columns.value = []; shown.value = new Set() })
    open()
  })
}
