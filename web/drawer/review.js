// Review: one after the other, never by a person who prepared. Signed off, or returned with what is
// missing; a sign-off that lapsed says why.
import { useState } from 'preact/hooks'
import { isOver } from '../desk/kinds.js'
import { chainOf, requestReview, returnReview, signOffReview } from '../desk/review-verbs.js'
import { isMe, may, session } from '../desk/session.js'
import { agoWords } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Points, Raise, notCleared } from './points.js'

const prepared = (job, person) => Boolean(person) && (job.preparers ?? []).some(({ id }) => id === person.id)
/** Whether I may find the work good or wanting. */
const mayJudge = (job) => !job.preparers?.some(isMe) && !isMe(job.review?.preparer) && (isMe(job.review?.reviewer) || may('MANAGE_WORK'))

const peopleBut = (job, others) => session.value.members
  .filter((member) => member.active && !prepared(job, member) && !others.some((other) => other.id === member.id))
  .map((member) => ({ id: member.id, title: member.name, sign: html`<${Avatar} person=${member} size="s" />` }))

function Ask({ job, again }) {
  const people = peopleBut(job, []).filter((person) => !isMe(person))
  const missing = again && chainOf(job.reviews).find(({ state }) => state !== 'SIGNED_OFF')
  const same = missing && people.find(({ id }) => id === missing.reviewer.id)
  return html`${same && html`<button type="button" class="button button-strong" onClick=${() => requestReview(job.id, same.id)}><${Icon} name="eye" size=${14} />Ask ${same.title} again</button>`}
    <${Choice} class="button" label="Reviewer" items=${people} onPick=${(item) => requestReview(job.id, item.id)}><${Icon} name="eye" size=${14} />${again ? 'Ask again for a review' : 'Ask for a review'}<//>`
}

const STANDS = { PLANNED: 'looks later', REQUESTED: 'looks now', SIGNED_OFF: 'has signed off', RETURNED: 'returned it', LAPSED: 'has to look again' }
const SIGNS = { SIGNED_OFF: 'check', REQUESTED: 'eye', RETURNED: 'undo', LAPSED: 'undo' }

function Order({ chain }) {
  return chain.length > 1 && html`<ol class="review-order" role="list" aria-label="Who looks, in order">${chain.map(({ id, place, state, reviewer }) => html`<li key=${id} data-state=${state}>
    ${SIGNS[state] ? html`<${Icon} name=${SIGNS[state]} size=${13} />` : html`<span aria-hidden="true">${place}</span>`}${reviewer.name}<span class="visually-hidden"> ${STANDS[state]}</span></li>`)}</ol>`
}

/** Somebody more to look after those who do; while the first looks, for then nothing is lost. */
function Then({ job, chain }) {
  const reviewers = chain.map(({ reviewer }) => reviewer)
  const [first, ...next] = reviewers.map(({ id }) => id)
  return html`<${Choice} class="link" label="Who looks next" items=${peopleBut(job, reviewers)} onPick=${(item) => requestReview(job.id, first, [...next, item.id])}>Then …<//>`
}

function Requested({ job }) {
  const [doing, setDoing] = useState('')
  const [note, setNote] = useState('')
  const { review } = job
  const mine = isMe(review.reviewer)
  const chain = chainOf(job.reviews)
  const open = notCleared(job)
  const close = () => setDoing('')
  const submit = (event) => {
    event.preventDefault()
    if (note.trim()) { returnReview(job.id, note.trim()); close() }
  }
  return html`<section class="notice-box" data-tone="review" aria-label="Review">
    <${Icon} name="eye" />
    <div>
      <p><b>${mine ? 'Your review' : `Review by ${review.reviewer.name}`}</b></p>
      <p class="notice-more">asked ${review.preparer ? `by ${review.preparer.name} ` : ''}${review.requestedAt ? agoWords(review.requestedAt, minute.value) : ''} ${chain.length > 0 && review.place === 1 && html`<${Then} job=${job} chain=${chain} />`}</p>
      <${Order} chain=${chain} />
      ${doing === 'point' && html`<${Raise} job=${job} onClose=${close} />`}
      ${doing === 'return' && html`<form onSubmit=${submit}><textarea aria-label="What is missing" placeholder="What is missing?" rows="2" maxlength="5000" value=${note} onInput=${(event) => setNote(event.target.value)}></textarea>
        <div class="notice-actions"><button type="button" class="button button-quiet" onClick=${close}>Cancel</button><button type="submit" class="button button-strong" disabled=${!note.trim()}>Return</button></div></form>`}
    </div>
    ${mayJudge(job) && !doing && html`<div class="notice-actions">
      <button type="button" class="button" onClick=${() => setDoing('point')}><${Icon} name="plus" size=${14} />Point</button>
      <button type="button" class="button" onClick=${() => setDoing('return')}><${Icon} name="undo" size=${14} />Return</button>
      <button type="button" class="button button-strong" title=${open ? 'Every point has to be cleared first' : undefined} onClick=${() => signOffReview(job.id)}><${Icon} name="check" size=${14} />Sign off</button>
    </div>`}
  </section>`
}

function Decided({ job }) {
  const { review } = job
  if (review?.state === 'SIGNED_OFF') {
    return html`<p class="notice-line" data-tone="done"><${Icon} name="check" size=${14} />Signed off by ${review.reviewer.name}${review.decidedAt ? `, ${agoWords(review.decidedAt, minute.value)}` : ''}</p>`
  }
  if (isOver(job.category)) return null
  return html`${review?.state === 'RETURNED' && html`<p class="notice-line" data-tone="overdue"><${Icon} name="undo" size=${14} /><span><b>Returned by ${review.reviewer.name}.</b> ${review.note}</span></p>`}
    ${review?.state === 'LAPSED' && html`<p class="notice-line" data-tone="overdue"><${Icon} name="undo" size=${14} /><span><b>The sign-off by ${review.reviewer.name} has lapsed:</b> ${review.lapse}.</span></p>`}
    <${Order} chain=${chainOf(job.reviews)} /><${Ask} job=${job} again=${Boolean(review)} />`
}

export function Review({ job }) {
  const { review } = job
  // A card knows that there is a review; who reviews comes with the rest of the job.
  if (review && !review.reviewer) return null
  return html`${review?.state === 'REQUESTED' ? html`<${Requested} job=${job} />` : html`<${Decided} job=${job} />`}
    ${job.reviewPoints?.length > 0 && html`<${Points} job=${job} mayJudge=${mayJudge(job)} />`}`
}
