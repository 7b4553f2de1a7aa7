// The clients that are looked at: the words, filters and page that the address asks for.
import { effect } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'
import { address, goTo } from './address.js'
import { KINDS, STATUSES } from './client-words.js'

const GATHERS_FOR = 1_000 // much of a firm's work changes what stands in a row
const PAGE = 50

export const list = new Snapshot((variables) => ask(variables.before ? 'EarlierClients' : 'ClientList', variables),
  ['client', 'client_role', 'member', 'job', 'invoice', 'payment', 'credit_note'], { gathersFor: GATHERS_FOR })

const ORDERS = { '': 'NAME', newest: 'NEWEST' }
export const SORTS = [{ id: '', title: 'By name' }, { id: 'newest', title: 'Latest first' }]

const wordOf = (name) => name.toLowerCase()
const named = (names, word) => Object.keys(names).find((name) => wordOf(name) === word)

/** What the list can be narrowed to, by the word in the address. */
export const STATES = [{ id: '', title: 'All' }, ...Object.entries(STATUSES).map(([name, { title }]) => ({ id: wordOf(name), title: name === 'PROSPECT' ? 'Prospects' : title }))]
export const KIND_CHOICES = Object.entries(KINDS).map(([name, title]) => ({ id: wordOf(name), title }))

export const NARROWED = { text: '', status: '', kind: '', member: '', tag: '' }
export const isNarrowed = () => Object.keys(NARROWED).some((name) => address.value[name])

/** Looks at other clients: from the first page on. */
export const narrow = (changes, how) => goTo({ ...changes, after: '', before: '' }, how)

/** The variables that an address asks for; words that it does not know say nothing. */
export function variablesOf({ text, status, kind, member, tag, sort = '', after, before }) {
  const filter = {}
  if (text) filter.search = text
  if (named(STATUSES, status)) filter.status = { eq: named(STATUSES, status) }
  if (named(KINDS, kind)) filter.kind = { eq: named(KINDS, kind) }
  if (member) filter.member = { eq: member }
  if (tag) filter.tag = tag
  const page = before ? { last: PAGE, before } : { first: PAGE, after: after || null }
  return { filter, orderBy: ORDERS[sort] ?? 'NAME', ...page }
}

export function keepClients() {
  let before = ''
  effect(() => {
    const asked = JSON.stringify(variablesOf(address.value))
    if (asked === before) return
    before = asked
    list.open(JSON.parse(asked))
  })
}
