// The invoices that are looked at, and how one stands in a word and a colour.
import { effect, signal } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'
import { address } from './address.js'
import { daysTo } from './words.js'

const MADE_OF = ['invoice', 'invoice_line', 'payment', 'credit_note']

export const list = new Snapshot((variables) => ask('Invoices', variables), MADE_OF)
export const one = new Snapshot((variables) => ask('Invoice', variables), MADE_OF)

const MOST = 250
const PAGE = 50

/** How many rows are asked for: more as they are wanted, up to what one question may bring. */
export const size = signal(PAGE)
export const mayShowMore = () => size.value < MOST
export const showMore = () => { size.value = Math.min(MOST, size.peek() + 2 * PAGE) }

/** What the list can be narrowed to, by the word in the address. */
export const STATES = [
  { id: '', title: 'All', status: null },
  { id: 'draft', title: 'Drafts', status: ['DRAFT'] },
  { id: 'open', title: 'To be paid', status: ['ISSUED', 'PART_PAID', 'OVERDUE'] },
  { id: 'overdue', title: 'Overdue', status: ['OVERDUE'] },
  { id: 'paid', title: 'Paid', status: ['PAID'] },
  { id: 'credited', title: 'Credited', status: ['CREDITED'] },
]

const TONES = { DRAFT: 'plain', ISSUED: 'open', PART_PAID: 'waiting', PAID: 'good', CREDITED: 'plain', OVERDUE: 'late' }
const WORDS = { DRAFT: 'Draft', ISSUED: 'Issued', PART_PAID: 'Part paid', PAID: 'Paid', CREDITED: 'Credited', OVERDUE: 'Overdue' }

export function standing({ status, dueDate }) {
  const late = status === 'OVERDUE' ? ` ${-daysTo(dueDate)} d` : ''
  return { tone: TONES[status], words: WORDS[status] + late }
}

export const nameOf = (invoice) => (invoice.number ? `Invoice ${invoice.number}` : 'Draft invoice')

/** The filter that the address asks for. */
function filterOf({ state = '', client, job }) {
  const { status } = STATES.find(({ id }) => id === state) ?? STATES[0]
  const filter = {}
  if (status) filter.status = { in: status }
  if (client) filter.client = { eq: client }
  if (job) filter.job = { eq: job }
  return filter
}

export function keepInvoices() {
  let before = ''
  effect(() => {
    const { invoice } = address.value
    const asked = JSON.stringify(invoice ? { id: invoice } : { filter: filterOf(address.value), first: size.value })
    if (asked === before) return
    before = asked
    if (invoice) { one.data.value = null; one.open({ id: invoice }) } else list.open(JSON.parse(asked))
  })
}
