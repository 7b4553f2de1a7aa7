// The firm's figures: a row of key figures, and three questions with their answers.
import { address, goTo } from '../desk/address.js'
import { figures } from '../desk/dashboard.js'
import { PERIODS } from '../desk/periods.js'
import { html } from '../parts/html.js'
import { Room } from '../parts/room.js'
import { Billing } from './billing.js'
import { Hours } from './hours.js'
import { KeyFigures } from './key-figures.js'
import { Receivables } from './receivables.js'
import { Turnaround } from './turnaround.js'

function Periods() {
  const chosen = PERIODS.find(({ id }) => id === address.value.period) ?? PERIODS[0]
  return html`<div class="scopes" role="group" aria-label="Period">${PERIODS.map((each) => html`<button type="button" key=${each.id} aria-pressed=${each === chosen} onClick=${() => goTo({ period: each === PERIODS[0] ? '' : each.id })}>${each.title}</button>`)}</div>`
}

export const DashboardPage = () => html`<${Room} snapshot=${figures} label="The figures">${({ reports }) => html`
  <header class="room-head"><h1>Dashboard</h1><${Periods} /></header>
  ${reports.worked && reports.utilisation && html`<${KeyFigures} reports=${reports} />`}
  <div class="figures">
    ${reports.utilisation && html`<${Hours} utilisation=${reports.utilisation} />`}
    ${reports.billing && html`<${Billing} report=${reports.billing} />`}
    ${reports.agedReceivables && html`<${Receivables} report=${reports.agedReceivables} />`}
    ${reports.turnaround && html`<${Turnaround} report=${reports.turnaround} />`}
  </div>`}<//>`
