// The time on the job, what of it nobody was billed for, and its invoices.
import { useState } from 'preact/hooks'
import { sums } from '../desk/amounts.js'
import { nameOf, standing } from '../desk/invoices.js'
import { around, billing } from '../desk/job-page.js'
import { may } from '../desk/session.js'
import { hours, moneyWords } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Avatar } from '../parts/person.js'
import { Drafting } from '../invoices/drafting.js'

const secondsOf = (entries) => entries.reduce((sum, entry) => sum + entry.seconds, 0)

function byPerson(entries) {
  const found = new Map()
  for (const entry of entries) found.set(entry.member.id, [...(found.get(entry.member.id) ?? []), entry])
  return [...found.values()].map((list) => ({ person: list[0].member, seconds: secondsOf(list) })).sort((one, other) => other.seconds - one.seconds)
}

function Unbilled({ job, entries }) {
  const [drafting, setDrafting] = useState(false)
  const open = entries.filter((entry) => entry.billing === 'BILLABLE' && !entry.billed)
  if (!open.length) return html`<p class="panel-none">Everything that is charged stands on an invoice.</p>`
  const worth = sums(open.map((entry) => entry.rateExplanation?.value).filter(Boolean))
  return html`<div class="unbilled"><p><b class="numbers">${hours(secondsOf(open))} h</b> not billed yet${worth.map((sum) => html`<span key=${sum.currency}>, worth <b class="numbers">${moneyWords(sum)}</b></span>`)}</p>
    ${may('MANAGE_BILLING') && html`<button type="button" class="button" onClick=${() => setDrafting(true)}>Draft an invoice</button>`}
    ${drafting && html`<${Drafting} job=${job} onClose=${() => setDrafting(false)} />`}</div>`
}

export function Time({ job }) {
  const found = around.data.value?.timeEntries
  if (!found) return null
  const entries = found.edges.map(({ node }) => node)
  const all = secondsOf(entries)
  return html`<section class="panel" aria-label="Time"><h2>Time${found.pageInfo.hasNextPage && html`<small>of the latest 250 entries</small>`}</h2>
    ${entries.length ? html`<ul class="people-time" role="list">${byPerson(entries).map(({ person, seconds }) => html`<li key=${person.id}><${Avatar} person=${person} size="s" /><span>${person.name}</span><span class="people-bar" style=${{ '--part': seconds / all }} aria-hidden="true"></span><b class="numbers">${hours(seconds)}</b></li>`)}</ul>
      <${Unbilled} job=${job} entries=${entries} />` : html`<p class="panel-none">No time yet. A timer on this job, or the timesheet, brings it here.</p>`}</section>`
}

export function Invoices() {
  const rows = billing.data.value?.invoices.edges.map(({ node }) => node) ?? []
  return rows.length > 0 && html`<section class="panel" aria-label="Invoices"><h2>Invoices</h2>
    <ul class="job-invoices" role="list">${rows.map((invoice) => html`<li key=${invoice.id}><a href=${`/invoices?invoice=${invoice.id}`}>${nameOf(invoice)}</a><span class="badge" data-tone=${standing(invoice).tone}>${standing(invoice).words}</span><b class="numbers">${moneyWords(invoice.total)}</b></li>`)}</ul></section>`
}
