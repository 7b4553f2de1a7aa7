// Where the job stands, whose it is, until when, and the time on it.
import { assignJob, moveJob, setJobDue } from '../desk/job-verbs.js'
import { isMe, myTimer, session } from '../desk/session.js'
import { startTimer, stopTimer, jobOfTimer } from '../desk/timer-verbs.js'
import { exactDate, hours, shortDate, ticking } from '../desk/words.js'
import { second } from '../live/clock.js'
import { running } from '../desk/stores.js'
import { turnOf } from '../board/job-card.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { categoryTitle } from '../desk/grouping.js'

/** People to give work to, as choices; leavers only where something is still with them. */
export function peopleChoices(chosen) {
  const nobody = { id: '', title: 'Nobody', sign: html`<${Avatar} size="s" />`, chosen: !chosen }
  return [nobody, ...session.value.members.filter((member) => member.active).map((member) => ({
    id: member.id, title: isMe(member) ? `${member.name} (you)` : member.name, sign: html`<${Avatar} person=${member} size="s" />`, chosen: member.id === chosen?.id,
  }))]
}

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

function Timer({ job }) {
  const mine = myTimer.value && jobOfTimer(myTimer.value) === job.id ? myTimer.value : null
  const others = running.value.filter((timer) => jobOfTimer(timer) === job.id && !isMe(timer.member))
  return html`<div class="fact-timer">
    <button type="button" class="button ${mine ? 'button-stop' : 'button-strong'}" onClick=${() => (mine ? stopTimer() : startTimer({ job }))}>
      <${Icon} name=${mine ? 'stop' : 'play'} size=${13} />${mine ? html`<span class="numbers">${ticking(mine.startedAt, second.value)}</span>` : 'Start timer'}
    </button>
    ${others.map((timer) => html`<span class="card-ticking" key=${timer.id} style=${{ '--person': timer.member.colour }} title=${`Timer of ${timer.member.name}`}><span class="pulse"></span>${timer.member.name.split(' ')[0]} ${ticking(timer.startedAt, second.value)}</span>`)}
  </div>`
}

/** Reads as people say it; the platform's own calendar opens over it. */
function DueDate({ job }) {
  const { dueDate } = job
  return html`<span class="fact-button fact-due">
    <${Icon} name="calendar" size=${14} />
    ${dueDate ? html`<${Due} date=${dueDate} overdue=${job.overdue} over=${Boolean(job.completedAt)} />` : html`<span>No date</span>`}
    <input id="drawer-due" type="date" value=${dueDate ?? ''} title=${dueDate ? exactDate(dueDate) : 'Set a due date'} onClick=${(event) => event.target.showPicker?.()}
      onChange=${(event) => setJobDue(job.id, event.target.value || null)} />
  </span>`
}

export function Facts({ job }) {
  const turn = turnOf(job)
  const budget = job.budgetSeconds
  return html`<section class="facts" aria-label="Facts">
    <dl>
      <div><dt>Stage</dt><dd><${Stage} job=${job} /></dd></div>
      <div><dt>Owner</dt><dd><${Choice} class="fact-button" label="Owner" items=${peopleChoices(job.owner)} onPick=${(item) => assignJob(job.id, item.id || null)}>
        <${Avatar} person=${job.owner} size="s" title="Owner" /><span>${job.owner?.name ?? 'Nobody yet'}</span><${Icon} name="chevron" size=${12} /><//></dd></div>
      <div><dt><label for="drawer-due">Due</label></dt><dd><${DueDate} job=${job} /></dd></div>
      ${turn && html`<div><dt>Turn</dt><dd><span class="turn" data-tone=${turn.tone}>${turn.words}</span></dd></div>`}
      ${job.periodStart && html`<div><dt>Period</dt><dd>${shortDate(job.periodStart)} – ${shortDate(job.periodEnd ?? job.periodStart)}</dd></div>`}
      ${job.trackedSeconds !== undefined && html`<div><dt>Time</dt><dd class="numbers"><span><span data-over=${Boolean(budget) && job.trackedSeconds > budget}>${hours(job.trackedSeconds)}</span>${budget ? ` of ${hours(budget)}` : ''} h</span></dd></div>`}
    </dl>
    <${Timer} job=${job} />
  </section>`
}
