// What was agreed with the client, and what comes back for it.
import { useState } from 'preact/hooks'
import { ruleWords } from '../desk/client-words.js'
import { may } from '../desk/session.js'
import { exactDate, periodWords, shortDate } from '../desk/words.js'
import { Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Avatar } from '../parts/person.js'
import { EndIt } from './ending.js'

export const Day = ({ date }) => html`<time datetime=${date} title=${exactDate(date)}>${shortDate(date)}</time>`

function Serie({ serie }) {
  const { rule, template, owner, upcoming, endedOn } = serie
  return html`<li class="serie"><p class="serie-head"><b>${template.name}</b> <span class="quiet" title=${rule}>${ruleWords(rule)}</span>${owner && html`<${Avatar} person=${owner} size="xs" title=${`Its jobs go to ${owner.name}`} />`}</p>
    ${upcoming.length ? html`<ol role="list">${upcoming.map(({ key, periodStart, periodEnd, dueDate, madeOn }) => html`<li key=${key}><span>${periodWords(periodStart, periodEnd)}</span>
        <span>due <${Due} date=${dueDate} /></span><span class="quiet wide">its job comes <${Day} date=${madeOn} /></span></li>`)}</ol>`
    : html`<p class="quiet">${endedOn ? html`Ended on <${Day} date=${endedOn} />` : 'Nothing more will come of it.'}</p>`}</li>`
}

export function Series({ client }) {
  if (!client.recurrences.length) return null
  const going = client.recurrences.filter(({ nextDate, endedOn }) => nextDate && !endedOn)
  const over = client.recurrences.filter((serie) => !going.includes(serie))
  return html`<section class="panel" aria-label="What comes back"><h2>What comes back</h2>
    <ul class="client-series" role="list">${[...going, ...over].map((serie) => html`<${Serie} key=${serie.id} serie=${serie} />`)}</ul></section>`
}

/** Nothing where the name says as much: many are called by their services. */
const servicesOf = ({ name, services }) => services.map((service) => service.name).filter((service) => !name.includes(service)).join(', ')

function Engagement({ engagement, onEnd }) {
  const { name, startDate, endDate, services } = engagement
  return html`<li><div><p><b>${name}</b></p><p class="quiet">${servicesOf({ name, services })}</p></div>
    <span class="quiet">${endDate ? html`<${Day} date=${startDate} /> – <${Day} date=${endDate} />` : html`since <${Day} date=${startDate} />`}
      ${!endDate && may('MANAGE_WORK') && html` <button type="button" class="link" aria-label=${`End ${name}`} onClick=${onEnd}>End …</button>`}</span></li>`
}

export function Engagements({ client }) {
  const [ends, setEnds] = useState(null)
  if (!client.engagements.length) return null
  return html`<section class="panel" aria-label="Engagements"><h2>Engagements</h2>
    <ul class="client-lines" role="list">${client.engagements.map((engagement) => html`<${Engagement} key=${engagement.id} engagement=${engagement} onEnd=${() => setEnds(engagement)} />`)}</ul>
    ${ends && html`<${EndIt} engagement=${ends} onClose=${() => setEnds(null)} />`}</section>`
}
