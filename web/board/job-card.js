// One card, one job: whose turn it is, the next step, how far, what is waited for, and until when.
import { minute } from '../live/clock.js'
import { isOver } from '../desk/kinds.js'
import { jobs } from '../desk/stores.js'
import { turnOf } from '../desk/turn.js'
import { agoWords, exactMoment, sinceWords } from '../desk/words.js'
import { Avatar } from '../parts/person.js'
import { DoneAgo, Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Progress } from '../parts/progress.js'
import { CardFrame, Comments } from './card-frame.js'
import { RunningTimers } from './running.js'

const nextWords = (job) => {
  if (job.review?.state === 'REQUESTED') return 'Review'
  return job.nextStep ? job.nextStep.title : job.stepsTotal ? 'All steps done' : 'No steps yet'
}

function Turn({ job }) {
  const turn = turnOf(job)
  if (!turn) return null
  // The next step is the firm's own; what others are asked for, the line of the waiting says.
  const next = turn.tone === 'client' ? '' : nextWords(job)
  return html`<p class="card-turn"><span class="turn" data-tone=${turn.tone}>${turn.words}</span>${next && html`<span class="card-next" title=${next}>${next}</span>`}</p>`
}

function WaitingLine({ waiting }) {
  const now = minute.value
  const since = sinceWords(waiting.since, now)
  const reminded = waiting.remindedAt ? `, reminded ${agoWords(waiting.remindedAt, now)}` : ''
  return html`<p class="card-waiting" title=${`Since ${exactMoment(waiting.since)}${reminded}`}>
    <${Icon} name="hourglass" size=${13} /><span><b>${since === 'just now' ? 'Since just now' : since}</b>${waiting.what ? ` for ${waiting.what}` : ''}</span>
  </p>`
}

export function JobCard({ id, isTabStop }) {
  const job = jobs.of(id).value
  if (!job) return null
  const over = isOver(job.category)
  const heading = html`<span class="card-client">${job.client.name}</span><span class="card-title">${job.title}</span>`
  return html`<${CardFrame} id=${id} records=${jobs} isTabStop=${isTabStop} over=${over} heading=${heading}>
    <${RunningTimers} job=${job} />
    <${Turn} job=${job} />
    ${job.waiting && html`<${WaitingLine} waiting=${job.waiting} />`}
    ${job.review?.state === 'RETURNED' && !over && html`<p class="card-returned"><${Icon} name="undo" size=${13} /><span>Returned${job.review.note ? `: ${job.review.note}` : ''}</span></p>`}
    ${job.review?.state === 'LAPSED' && !over && html`<p class="card-returned"><${Icon} name="undo" size=${13} /><span>Sign-off lapsed: ${job.review.lapse}</span></p>`}
    <p class="card-foot">
      ${over ? html`<${DoneAgo} at=${job.completedAt} />` : html`<${Due} date=${job.dueDate} overdue=${job.overdue} />`}
      <span class="card-space"></span>
      <${Comments} count=${job.commentCount} />
      <${Progress} done=${job.stepsDone} total=${job.stepsTotal} />
      <${Avatar} person=${job.owner} size="s" title=${job.owner ? `Owner: ${job.owner.name}` : 'No owner yet'} />
    </p>
  <//>`
}
