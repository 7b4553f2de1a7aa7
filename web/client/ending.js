// Ending what was agreed: what ends with it is shown first, for the day that is chosen.
import { useState } from 'preact/hooks'
import { one, work } from '../desk/client-page.js'
import { today } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { exactDate } from '../desk/words.js'
import { useAnswer } from '../parts/answer.js'
import { html } from '../parts/html.js'
import { Sheet } from '../parts/sheet.js'

function Names({ title, names, count }) {
  if (!count) return null
  return html`<p><b>${title}</b></p><ul class="ending-names">${names.map(({ id, name }) => html`<li key=${id}>${name}</li>`)}
    ${count > names.length && html`<li class="quiet">and ${count - names.length} more</li>`}</ul>`
}

function WithIt({ ending }) {
  if (!ending.recurrenceCount && !ending.jobCount) return html`<p class="panel-none">Nothing else ends with it.</p>`
  return html`<section class="ending" aria-label="What ends with it">
    <${Names} title="Comes back no more" names=${ending.recurrences.map(({ id, template }) => ({ id, name: template.name }))} count=${ending.recurrenceCount} />
    <${Names} title="Cancelled, not having been begun" names=${ending.jobs.map(({ id, title }) => ({ id, name: title }))} count=${ending.jobCount} />
    <p class="quiet">Work that was begun goes on.</p></section>`
}

export function EndIt({ engagement, onClose }) {
  const [lastDay, setLastDay] = useState(today.value)
  const { found, problem } = useAnswer('Ending', lastDay ? { id: engagement.id, lastDay } : null)
  const input = () => {
    if (!lastDay) throw new Error('Choose its last day.')
    return { id: engagement.id, endDate: lastDay }
  }
  const done = () => { say(`“${engagement.name}” ends on ${exactDate(lastDay)}`); one.again(); work.again() }
  return html`<${Sheet} title=${`End “${engagement.name}”`} document="EndEngagement" input=${input} does="End it" onDone=${done} onClose=${onClose}>
    <label>Its last day<input type="date" value=${lastDay} min=${engagement.startDate} onInput=${(event) => setLastDay(event.target.value)} /></label>
    ${problem ? html`<p class="form-problem" role="status">${problem}</p>` : found?.node ? html`<${WithIt} ending=${found.node.ending} />` : html`<p class="panel-none">Choose its last day to see what ends with it.</p>`}
  <//>`
}
