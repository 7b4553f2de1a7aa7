// Who owes us, and since when? Those who owe most, each by how long it has been due.
import { Figure } from '../charts/figure.js'
import { Rows } from '../charts/rows.js'
import { isNothing, overdueOf } from '../desk/amounts.js'
import { besides, drawn } from '../desk/dashboard.js'
import { moneyWords } from '../desk/words.js'
import { html } from '../parts/html.js'

const SERIES = [
  { name: 'Not due', tone: 'calm', of: 'notDue' },
  { name: '1–30 days late', tone: 'age-1', of: 'days1To30' },
  { name: '31–60', tone: 'age-2', of: 'days31To60' },
  { name: '61–90', tone: 'age-3', of: 'days61To90' },
  { name: 'Over 90', tone: 'age-4', of: 'over90Days' },
]
const TITLE = 'Who owes us, and since when?'
const MOST = 8

const size = (row) => Number(row.total.amount)
const written = (amount) => (isNothing(amount) ? '–' : moneyWords(amount))
const cells = (row) => [...SERIES.map(({ of }) => written(row[of])), moneyWords(row.total)]

function bar(row) {
  return {
    key: row.client.id, name: row.client.name, href: `/invoices?${new URLSearchParams({ state: 'open', client: row.client.id })}`,
    total: size(row), words: moneyWords(row.total),
    parts: SERIES.map(({ name, tone, of }) => ({ tone, value: Number(row[of].amount), words: `${name}: ${moneyWords(row[of])}` })).filter(({ value }) => value > 0),
  }
}

function answer(sums, clients) {
  if (!sums) return 'Nobody owes anything today.'
  const late = overdueOf(sums)
  const words = isNothing(late) ? 'None of it is past its due date.' : `${moneyWords(late)} of it is past its due date.`
  return `${clients === 1 ? 'One client owes' : `${clients} clients owe`} ${moneyWords(sums.total)} today. ${words}`
}

export function Receivables({ report }) {
  const currency = drawn(report.totals)
  const rows = report.rows.filter((row) => row.currency === currency).sort((one, other) => size(other) - size(one))
  const sums = report.totals.find((one) => one.currency === currency)
  const table = {
    head: ['Client', ...SERIES.map(({ name }) => name), 'All'],
    rows: report.rows.map((row) => [row.client.name, ...cells(row)]), foot: report.totals.map((one) => [`All, ${one.currency}`, ...cells(one)]),
  }
  const further = rows.length - MOST
  return html`<${Figure} title=${TITLE} answer=${answer(sums, rows.length) + besides(report.totals, currency)} series=${rows.length > 0 && SERIES} table=${table}>
    ${rows.length > 0 && html`<${Rows} rows=${rows.slice(0, MOST).map(bar)} />`}
    ${further > 0 && html`<p class="quiet">${further === 1 ? 'One more client is' : `${further} more clients are`} in the table.</p>`}<//>`
}
