// The firm's figures of the period that the address names, each month in its place.
import { computed, effect } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'
import { address } from './address.js'
import { monthsOf, periodOf } from './periods.js'
import { may, session, today } from './session.js'

const MADE_OF = ['time_entry', 'rate', 'capacity', 'time_off', 'invoice', 'payment', 'credit_note', 'waiting']
const GATHERS_FOR = 2_000 // nobody reads figures of a year faster

export const figures = new Snapshot((variables) => ask('Dashboard', variables), MADE_OF, { gathersFor: GATHERS_FOR })

const period = computed(() => periodOf(address.value.period, today.value))

/** The rows of each month of the period that is shown, a month without any has none. */
export const byMonth = (rows) => monthsOf(figures.variables.value.period).map((month) => ({ month, rows: rows.filter((row) => row.month === month) }))

/** The currency that charts draw: the firm's own, unless all is in others. */
export function drawn(totals) {
  const own = session.value.firm.currency
  return totals.some((sums) => sums.currency === own) || !totals.length ? own : totals[0].currency
}

/** What is to be said beside what is drawn. */
export const besides = (totals, currency) => (totals.length > 1 ? ` Drawn in ${currency}; other currencies are in the table.` : '')

export function keepDashboard() {
  let before = ''
  effect(() => {
    if (!session.value) return
    const asked = JSON.stringify({ period: period.value, billing: may('READ_BILLING') })
    if (asked === before) return
    before = asked
    figures.open(JSON.parse(asked))
  })
}
