// When the steps can be worked on, what waits for what, and which of them must not slip.
import { schedule } from '../desk/job-page.js'
import { dateOf, today } from '../desk/session.js'
import { laidOut } from '../desk/timeline.js'
import { openThing } from '../desk/view.js'
import { shortly } from '../desk/waits.js'
import { dueWords, exactDate, periodWords, shortDate } from '../desk/words.js'
import { html } from '../parts/html.js'

const days = (count) => `${count} day${count === 1 ? '' : 's'}`
const across = (at) => `${at}%`

function standing({ step, done, critical, late }) {
  if (done) return ['done', 'done']
  if (late) return ['late', `${days(late)} late`]
  if (critical) return ['critical', 'must not slip']
  return ['', step.slackDays === null ? '' : step.slackDays ? `${days(step.slackDays)} to spare` : 'less than a day to spare']
}

function Row({ row }) {
  const { step } = row
  const [tone, words] = standing(row)
  const when = row.from === row.to ? shortDate(row.from) : periodWords(row.from, row.to)
  const waits = step.dependencies.map(shortly).join('; ')
  return html`<li class="timeline-row" data-tone=${tone} data-critical=${row.critical} title=${waits && `${step.title}: ${waits}`}>
    <div class="timeline-words"><button type="button" class="link" onClick=${() => openThing(step.id)}>${step.title}</button>
      <span>${when}${words && html` <b>${words}</b>`}${row.critical && row.late > 0 && html` <b>must not slip</b>`}</span>${waits && html`<span class="visually-hidden">. Waits: ${waits}</span>`}</div>
    <div class="timeline-track" aria-hidden="true"><span class="timeline-bar" style=${{ left: across(row.left), width: across(row.right - row.left) }}></span></div></li>`
}

const ROOM = 12 // parts of a hundred that a word takes

const Mark = ({ at, tone, words, side = 'right' }) => html`<span class="timeline-mark" data-tone=${tone} data-side=${side} style=${{ left: across(at) }}><i>${words}</i></span>`

/** Today and the due date; where they stand too close for two words, the due date's is said. */
function Marks({ today: now, due }) {
  if (due === null) return html`<${Mark} at=${now} tone="today" words="Today" />`
  const side = due > 100 - ROOM || (due < now && due > ROOM) ? 'left' : 'right'
  const apart = side === 'left' ? due - now >= 2 * ROOM || due <= now : due - now >= ROOM || now - due >= ROOM
  return html`<${Mark} at=${now} tone="today" words=${apart ? 'Today' : ''} /><${Mark} at=${due} tone="due" words="Due" side=${side} />`
}

function Drawing({ plan }) {
  const { rows, ties } = plan
  return html`<div class="timeline" style=${{ '--rows': rows.length }}>
    <div class="timeline-axis" aria-hidden="true">${plan.ticks.map(({ date, at }) => html`<span key=${date} style=${{ left: across(at) }}>${shortDate(date)}</span>`)}</div>
    <ol role="list" aria-label="Steps in time">${rows.map((row) => html`<${Row} key=${row.step.id} row=${row} />`)}</ol>
    <div class="timeline-over" aria-hidden="true"><${Marks} ...${plan} />
      <svg viewBox=${`0 0 100 ${rows.length}`} preserveAspectRatio="none">${ties.map((tie) => html`<path key=${tie.id} d=${tie.path} data-critical=${tie.critical} vector-effect="non-scaling-stroke" />`)}</svg>
      ${ties.map((tie) => html`<i class="timeline-tip" key=${tie.id} data-critical=${tie.critical} data-down=${tie.down} style=${{ left: across(tie.end), '--at': tie.to }}></i>`)}</div></div>`
}

function Foretold({ job, plan }) {
  const names = plan.rows.filter((row) => row.critical).map((row) => row.step.title)
  if (!job.expectedFinish) return html`<p>${job.tasks.some((step) => !step.completedAt && step.status !== 'CANCELLED') ? 'More work is ahead than ten years hold.' : 'All steps are done.'}</p>`
  return html`<p>Can be done by <b><time datetime=${job.expectedFinish} title=${exactDate(job.expectedFinish)}>${shortDate(job.expectedFinish)}</time></b>, ${dueWords(job.expectedFinish)}${plan.late > 0 ? html`: <b class="timeline-late">${days(plan.late)} after it is due</b>` : job.dueDate ? ', in time' : ''}.
    ${names.length > 0 && html` Must not slip: ${names.join(' → ')}.`}</p>`
}

export function Timeline() {
  const job = schedule.data.value?.job
  const plan = job && laidOut(job, { today: today.value, dateOf })
  if (!plan) return null
  return html`<section class="panel" aria-label="Timeline"><h2>Timeline</h2><${Foretold} job=${job} plan=${plan} /><${Drawing} plan=${plan} /></section>`
}
