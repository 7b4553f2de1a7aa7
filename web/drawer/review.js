// Review: never by the person who prepared. Signed off, or returned with what is missing.
import { useState } from 'preact/hooks'
import { requestReview, returnReview, signOffReview } from '../desk/job-verbs.js'
import { isOver } from '../desk/kinds.js'
import { isMe, may, session } from '../desk/session.js'
import { agoWords } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

function Ask({ job, again }) {
  const people = session.value.members.filter((member) => member.active && !isMe(member)).map((member) => ({ id: member.id, title: member.name, sign: html`<${Avatar} person=${member} size="s" />` }))
  return html`<${Choice} class="button" label="Reviewer" items=${people} onPick=${(item) => requestReview(job.id, item.id)}><${Icon} name="eye" size=${14} />${again ? 'Ask again for a review' : 'Ask for a review'}<//>`
}

function Requested({ job }) {
  const [returning, setReturning] = useState(false)
  const [note, setNote] = useState('')
  const { review } = job
  const mine = isMe(review.reviewer)
  const maySettle = mine || (!isMe(review.preparer) && may('MANAGE_WORK'))
  const submit = (event) => {
    event.preventDefault()
    if (note.trim()) { returnReview(job.id, note.trim()); setReturning(false) }
  }
  return html`<section class="notice-box" data-tone="review" aria-label="Review">
    <${Icon} name="eye" />
    <div>
      <p><b>${mine ? 'Your review' : `Review by ${review.reviewer.name}`}</b></p>
      <p class="notice-more">asked ${review.preparer ? `by ${review.preparer.name} ` : ''}${review.requestedAt ? agoWords(review.requestedAt, minute.value) : ''}</p>
      ${returning && html`<form onSubmit=${submit}><textarea aria-label="What is missing" placeholder="What is missing?" rows="2" value=${note} onInput=${(event) => setNote(event.target.value)}></textarea>
        <div class="notice-actions"><button type="button" class="button button-quiet" onClick=${() => setReturning(false)}>Cancel</button><button type="submit" class="button button-strong" disabled=${!note.trim()}>Return</button></div></form>`}
    </div>
    ${maySettle && !returning && html`<div class="notice-actions">
      <button type="button" class="button" onClick=${() => setReturning(true)}><${Icon} name="undo" size=${14} />Return</button>
      <button type="button" class="button button-strong" onClick=${() => signOffReview(job.id)}><${Icon} name="check" size=${14} />Sign off</button>
    </div>`}
  </section>`
}

export function Review({ job }) {
  const { review } = job
  // A card knows that there is a review; who reviews comes with the rest of the job.
  if (review && !review.reviewer) return null
  if (review?.state === 'REQUESTED') return html`<${Requested} job=${job} />`
  if (review?.state === 'SIGNED_OFF') {
    return html`<p class="notice-line" data-tone="done"><${Icon} name="check" size=${14} />Signed off by ${review.reviewer.name}${review.decidedAt ? `, ${agoWords(review.decidedAt, minute.value)}` : ''}</p>`
  }
  if (isOver(job.category)) return null
  return html`${review?.state === 'RETURNED' && html`<p class="notice-line" data-tone="overdue"><${Icon} name="undo" size=${14} /><span><b>Returned by ${review.reviewer.name}.</b> ${review.note}</span></p>`}
    <${Ask} job=${job} again=${Boolean(review)} />`
}
