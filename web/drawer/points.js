// Review points: what has to be put right before the sign-off, what was done about it, and whether
// that is enough.
import { useState } from 'preact/hooks'
import { answerPoint, clearPoint, raisePoint, reopenPoint } from '../desk/review-verbs.js'
import { isMe, may } from '../desk/session.js'
import { tasks } from '../desk/stores.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

const LONGEST = 2_000
const WORDS = { OPEN: 'open', ANSWERED: 'answered', CLEARED: 'cleared' }

export const notCleared = (job) => (job.reviewPoints ?? []).filter(({ state }) => state !== 'CLEARED').length

function Writing({ label, text, does, onSend, onClose, children }) {
  const [words, setWords] = useState(text)
  const send = (event) => {
    event.preventDefault()
    if (words.trim()) { onSend(words.trim()); onClose() }
  }
  return html`<form class="point-form" onSubmit=${send} onKeyDown=${(event) => { if (event.key === 'Escape') { event.preventDefault(); onClose() } }}>
    <textarea aria-label=${label} placeholder=${label} rows="2" maxlength=${LONGEST} value=${words} onInput=${(event) => setWords(event.target.value)} ref=${(field) => { if (field && !field.dataset.met) { field.dataset.met = '1'; field.focus() } }}></textarea>
    <div class="notice-actions">${children}<button type="button" class="button button-quiet" onClick=${onClose}>Cancel</button><button type="submit" class="button button-strong" disabled=${!words.trim()}>${does}</button></div></form>`
}

/** A point, about the job or one of its steps. */
export function Raise({ job, onClose }) {
  const [step, setStep] = useState(null)
  const steps = job.stepIds.map((id) => tasks.peek(id)).filter(Boolean).map(({ id, title }) => ({ id, title }))
  return html`<${Writing} label="What is to be put right?" text="" does="Raise it" onSend=${(words) => raisePoint(job.id, words, step)} onClose=${onClose}>
    ${steps.length > 0 && html`<${Choice} class="button button-quiet" label="About which step" items=${[{ id: '', title: 'About the job' }, ...steps]} onPick=${(item) => setStep(item.id ? item : null)}><${Icon} name="tasks" size=${14} />${step ? step.title : 'About a step'}<//>`}<//>`
}

function Point({ point, job, mayJudge }) {
  const [answering, setAnswering] = useState(false)
  const { id, text, task, state, answer, raisedBy, answeredBy, createdAt } = point
  const judges = mayJudge || (isMe(raisedBy) && !job.preparers?.some(isMe))
  const cleared = state === 'CLEARED'
  const about = text.length > 40 ? `${text.slice(0, 40)}…` : text
  const act = (words, onClick) => html`<button type="button" class="link" aria-label=${`${words}: ${about}`} onClick=${onClick}>${words}</button>`
  return html`<li class="point" data-state=${state}><${Icon} name=${cleared ? 'check' : state === 'ANSWERED' ? 'comment' : 'help'} size=${14} />
    <div><p>${text}<span class="visually-hidden">, ${WORDS[state]}</span></p>
      <p class="notice-more">${raisedBy?.name ?? 'Somebody'}${task ? `, about “${task.title}”` : ''}, <time datetime=${createdAt} title=${exactMoment(createdAt)}>${agoWords(createdAt, minute.value)}</time></p>
      ${answer && !answering && html`<p class="point-answer"><b>${answeredBy?.name ?? 'Somebody'}:</b> ${answer}</p>`}
      ${answering ? html`<${Writing} label="What was done about it?" text=${answer ?? ''} does="Answer" onSend=${(words) => answerPoint(job.id, id, words)} onClose=${() => setAnswering(false)} />`
        : html`<p class="point-acts">${!cleared && may('EDIT_WORK') && act(answer ? 'Answer better' : 'Answer', () => setAnswering(true))}
          ${judges && !cleared && act('Clear', () => clearPoint(job.id, id))}
          ${judges && state !== 'OPEN' && act('Reopen', () => reopenPoint(job.id, id))}</p>`}</div></li>`
}

export function Points({ job, mayJudge }) {
  const open = notCleared(job)
  return html`<section class="points" aria-label="Review points"><h4>Review points <span class="points-count" data-open=${open > 0}>${open ? `${open} of ${job.reviewPoints.length} not cleared` : 'All cleared'}</span></h4>
    <ul role="list">${job.reviewPoints.map((point) => html`<${Point} key=${point.id} point=${point} job=${job} mayJudge=${mayJudge} />`)}</ul></section>`
}
