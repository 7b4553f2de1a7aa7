// Where the job stands, whose it is, until when, and the time on it.
import { categoryTitle } from '../desk/grouping.js'
import { assignJob, moveJob, setJobDue } from '../desk/job-verbs.js'
import { turnOf } from '../desk/turn.js'
import { hours, periodWords } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { DueDate, Holder } from './fields.js'

function Stage({ job }) {
  const stages = (job.workflow?.stages ?? []).map((stage) => ({
    id: stage.id, title: stage.name, sign: html`<${Glyph} category=${stage.category} />`, chosen: stage.id === job.stage?.id, category: stage.category,
  }))
  const current = stages.find((stage) => stage.chosen && stage.category === job.category)
  return html`<${Choice} class="fact-button" label="Stage" items=${stages}
    onPick=${(stage) => moveJob(job.id, { stageId: stage.id, category: stage.category }, { from: { stageId: job.stage.id, category: job.category } })}>
    <${Glyph} category=${job.category} /><span class="visually-hidden">Stage</span><span>${current?.title ?? categoryTitle(job.category)}</span><${Icon} name="chevron" size=${12} />
  <//>`
}

export function Facts({ job }) {
  const turn = turnOf(job)
  const budget = job.budgetSeconds
  return html`<section class="facts" aria-label="Facts">
    <dl>
      <div><dt>Stage</dt><dd><${Stage} job=${job} /></dd></div>
      <div><dt>Owner</dt><dd><${Holder} label="Owner" person=${job.owner} onPick=${(id) => assignJob(job.id, id)} /></dd></div>
      <div><dt><label for="drawer-due">Due</label></dt><dd><${DueDate} date=${job.dueDate} overdue=${job.overdue} over=${Boolean(job.completedAt)} onSet=${(date) => setJobDue(job.id, date)} /></dd></div>
      ${turn && html`<div><dt>Turn</dt><dd><span class="turn" data-tone=${turn.tone}>${turn.words}</span></dd></div>`}
      ${job.periodStart && html`<div><dt>Period</dt><dd class="fact-long">${periodWords(job.periodStart, job.periodEnd ?? job.periodStart)}</dd></div>`}
      ${job.trackedSeconds !== undefined && html`<div><dt>Time</dt><dd class="numbers"><span><span data-over=${Boolean(budget) && job.trackedSeconds > budget}>${hours(job.trackedSeconds)}</span>${budget ? ` of ${hours(budget)}` : ''} h</span></dd></div>`}
    </dl>
  </section>`
}
