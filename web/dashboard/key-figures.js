// Four numbers to begin with, each with what it is made of.
import { isNothing, overdueOf } from '../desk/amounts.js'
import { drawn } from '../desk/dashboard.js'
import { hourWords, moneyWords, percentWords } from '../desk/words.js'
import { html } from '../parts/html.js'

const Key = ({ name, value, of, late = false }) => html`<div class="key"><dt>${name}</dt><dd><b>${value ?? '–'}</b><span data-late=${late}>${of}</span></dd></div>`

export function KeyFigures({ reports }) {
  const { utilisation, worked, billing, agedReceivables } = reports
  const { totals } = utilisation
  return html`<dl class="keys">
    <${Key} name="Utilisation" value=${totals.utilisation && percentWords(totals.utilisation)} of=${totals.utilisation ? `${hourWords(totals.billableSeconds)} billable of ${hourWords(totals.capacitySeconds)}` : 'No working hours are set'} />
    ${billing && agedReceivables && html`<${Money} billing=${billing.totals} aged=${agedReceivables.totals} realisation=${worked.totals.realisation} />`}
  </dl>`
}

function Money({ billing, aged, realisation }) {
  const currency = drawn(billing)
  const nothing = { amount: '0', currency }
  const sums = billing.find((one) => one.currency === currency) ?? { billed: nothing, paid: nothing }
  const owed = aged.find((one) => one.currency === currency)
  const overdue = owed ? overdueOf(owed) : nothing
  const late = !isNothing(overdue)
  return html`
    <${Key} name="Realisation" value=${realisation && percentWords(realisation)} of=${realisation ? 'of what billed time was worth' : 'No time of it is billed yet'} />
    <${Key} name="Billed" value=${moneyWords(sums.billed)} of=${`before tax; ${moneyWords(sums.paid)} came in`} />
    <${Key} name="Outstanding today" value=${moneyWords(owed?.total ?? nothing)} of=${late ? `${moneyWords(overdue)} overdue` : 'Nothing is overdue'} late=${late} />`
}
