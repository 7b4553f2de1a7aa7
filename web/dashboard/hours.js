// Where did our hours go? Worked time by month, what of it is billable, against the hours there are.
import { Columns } from '../charts/columns.js'
import { Figure } from '../charts/figure.js'
import { byMonth } from '../desk/dashboard.js'
import { hourWords, monthWords, shortMonth } from '../desk/words.js'
import { html } from '../parts/html.js'

const SERIES = [
  { name: 'Billable', tone: 'main' },
  { name: 'Not billable', tone: 'soft' },
  { name: 'Capacity', tone: 'mark', kind: 'line' },
]
const HOUR = 3600
const TITLE = 'Where did our hours go?'

const sum = (rows, name) => rows.reduce((all, row) => all + row[name], 0)

/** Of those whose capacity it is: a contractor's own, else everybody's. */
const months = (utilisation) => byMonth(utilisation.rows).map(({ month, rows }) => {
  const billable = sum(rows, 'billableSeconds')
  return { month, seconds: [billable, sum(rows, 'seconds') - billable, sum(rows, 'capacitySeconds')] }
})

function answer(all) {
  const [billable, other] = [0, 1].map((n) => all.reduce((total, { seconds }) => total + seconds[n], 0))
  if (!(billable + other)) return 'No time was booked in this period.'
  return `${hourWords(billable)} of ${hourWords(billable + other)} worked were billable.`
}

export function Hours({ utilisation }) {
  const all = months(utilisation)
  const groups = all.map(({ month, seconds }) => ({
    key: month, title: monthWords(month), short: shortMonth(month), words: seconds.map(hourWords),
    values: seconds.slice(0, 2).map((each) => each / HOUR), mark: seconds[2] / HOUR,
  }))
  const table = { head: ['Month', ...SERIES.map(({ name }) => name)], rows: groups.map(({ title, words }) => [title, ...words]) }
  return html`<${Figure} title=${TITLE} answer=${answer(all)} series=${SERIES} table=${table}>
    <${Columns} label=${TITLE} groups=${groups} series=${SERIES} stacked axis=${(value) => hourWords(value * HOUR)} /><//>`
}
