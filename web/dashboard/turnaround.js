// How long do clients take? From when a job began to wait for them, in business days, client by client.
import { Figure } from '../charts/figure.js'
import { Rows } from '../charts/rows.js'
import { html } from '../parts/html.js'

const TITLE = 'How long do clients take?'
const MOST = 8
const SERIES = [{ name: 'Half of the times so long or less', tone: 'main' }]

/** "1 day", "2.5 days": as exactly as half a day tells. */
const dayWords = (days) => `${Number(Number(days).toFixed(1))} ${Number(days) === 1 ? 'day' : 'days'}`
const cells = ({ count, medianDays, meanDays, longestDays }) => [String(count), ...[medianDays, meanDays, longestDays].map((days) => (days === null ? '–' : dayWords(days)))]

function bar(row) {
  const words = dayWords(row.medianDays)
  return {
    key: row.client.id, name: row.client.name, href: `/clients/${row.client.id}`, total: Number(row.medianDays), words,
    parts: [{ tone: 'main', value: Number(row.medianDays), words: `${words} in the middle of ${row.count}` }],
  }
}

function answer({ count, medianDays, longestDays }) {
  if (!count) return 'Nothing that was waited for came in this period.'
  return `Half of the ${count === 1 ? 'one time' : `${count} times`} that a job waited, it was ${dayWords(medianDays)} or less; once ${dayWords(longestDays)}. Business days.`
}

export function Turnaround({ report }) {
  const { totals } = report
  const rows = report.rows.toSorted((one, other) => Number(other.medianDays) - Number(one.medianDays))
  const table = { head: ['Client', 'Times', 'Half', 'On average', 'Longest'], rows: rows.map((row) => [row.client.name, ...cells(row)]), foot: [['All', ...cells(totals)]] }
  const further = rows.length - MOST
  return html`<${Figure} title=${TITLE} answer=${answer(totals)} series=${rows.length > 0 && SERIES} table=${table}>
    ${rows.length > 0 && html`<${Rows} rows=${rows.slice(0, MOST).map(bar)} />`}
    ${further > 0 && html`<p class="quiet">${further === 1 ? 'One more client is' : `${further} more clients are`} in the table.</p>`}<//>`
}
