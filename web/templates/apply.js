// Applying a template: for whom and when, what would be made, and only then making it.
import { useState } from 'preact/hooks'
import { findClients } from '../desk/clients.js'
import { addDays } from '../desk/days.js'
import { today } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { exactDate, hours, shortDate } from '../desk/words.js'
import { useAnswer } from '../parts/answer.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { Sheet } from '../parts/sheet.js'

const USUALLY_DUE_IN = 14
const DATES = [['periodStart', 'Period from'], ['periodEnd', 'to'], ['startDate', 'Begun on'], ['dueDate', 'Due']]

function Planned({ planned }) {
  return html`<section class="planned" aria-label="What will be made"><p><b>${planned.title}</b> ${planned.owner ? `with ${planned.owner.name}` : 'with nobody yet'}${planned.budgetSeconds ? `, ${hours(planned.budgetSeconds)} h` : ''}</p>
    <ol role="list">${planned.steps.map((step) => html`<li key=${step.number}><${Avatar} person=${step.assignee} size="xs" /><span>${step.title}</span>
      <small>${step.dueDate ? html`<time datetime=${step.dueDate} title=${exactDate(step.dueDate)}>${shortDate(step.dueDate)}</time>` : 'no date'}</small></li>`)}</ol></section>`
}

export function Apply({ template, onClose }) {
  const [client, setClient] = useState(null)
  const [dates, setDates] = useState({ periodStart: '', periodEnd: '', startDate: today.value, dueDate: addDays(today.value, USUALLY_DUE_IN) })
  const given = Object.fromEntries(Object.entries(dates).filter(([, date]) => date))
  const { found, problem } = useAnswer('PlannedJob', client && { plan: { templateId: template.id, clientId: client.id, ...given } })
  const planned = found?.plannedJob
  const input = () => {
    if (!client) throw new Error('Choose the client first.')
    return { templateId: template.id, clientId: client.id, ...given }
  }
  const done = ({ job }) => say(`“${job.title}” is on the board`, { action: { title: 'Open', run: () => location.assign(`/jobs/${job.id}`) } })
  return html`<${Sheet} title=${`Apply “${template.name}”`} document="ApplyTemplate" input=${input} does="Make the job" onDone=${done} onClose=${onClose}>
    <div class="label">Client<${Choice} class="button form-choice" label="Client" find=${findClients} onPick=${setClient}><span>${client?.title ?? 'For whom?'}</span><${Icon} name="chevron" size=${12} /><//></div>
    <div class="form-two">${DATES.map(([name, label]) => html`<label key=${name}>${label}<input type="date" value=${dates[name]} onInput=${(event) => setDates({ ...dates, [name]: event.target.value })} /></label>`)}</div>
    ${problem ? html`<p class="form-problem" role="status">${problem}</p>` : planned ? html`<${Planned} planned=${planned} />` : html`<p class="panel-none">Choose a client to see what will be made.</p>`}
  <//>`
}
