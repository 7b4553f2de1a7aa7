// What did we bill, and what came in? By month and by the ledger; the firm's currency is drawn.
import { Columns } from '../charts/columns.js'
import { Figure } from '../charts/figure.js'
import { besides, byMonth, drawn } from '../desk/dashboard.js'
import { moneyWords, monthWords, shortMoney, shortMonth } from '../desk/words.js'
import { html } from '../parts/html.js'

const SERIES = [{ name: 'Billed, before tax', tone: 'main' }, { name: 'Came in', tone: 'good' }]
const TITLE = 'What did we bill, and what came in?'

const nothing = (currency) => ({ amount: '0', currency })
const cells = ({ billed, paid, outstanding }) => [billed, paid, outstanding].map(moneyWords)

function tableOf(report) {
  const currencies = report.totals.map((sums) => sums.currency)
  const name = (month, currency) => (currencies.length > 1 ? `${monthWords(month)}, ${currency}` : monthWords(month))
  return {
    head: ['Month', 'Billed, before tax', 'Came in', 'To be paid at its end'],
    rows: report.rows.map((row) => [name(row.month, row.currency), ...cells(row)]),
    foot: report.totals.map((sums) => [currencies.length > 1 ? `All, ${sums.currency}` : 'All', ...cells(sums)]),
  }
}

function answer({ totals }, currency) {
  const sums = totals.find((one) => one.currency === currency)
  if (!sums) return 'Nothing was billed in this period, and nothing came in.'
  return `${moneyWords(sums.billed)} billed before tax, ${moneyWords(sums.paid)} came in.${besides(totals, currency)}`
}

export function Billing({ report }) {
  const currency = drawn(report.totals)
  const groups = byMonth(report.rows).map(({ month, rows }) => {
    const { billed, paid } = rows.find((row) => row.currency === currency) ?? { billed: nothing(currency), paid: nothing(currency) }
    return { key: month, title: monthWords(month), short: shortMonth(month), values: [billed, paid].map(({ amount }) => Number(amount)), words: [billed, paid].map(moneyWords) }
  })
  return html`<${Figure} title=${TITLE} answer=${answer(report, currency)} series=${SERIES} table=${tableOf(report)}>
    <${Columns} label=${TITLE} groups=${groups} series=${SERIES} axis=${(amount) => shortMoney({ amount, currency })} /><//>`
}
