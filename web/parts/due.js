// A due date as people say it; the exact one on hover. Overdue is a colour and a word.
import { agoWords, dueWords, exactDate, exactMoment, overdueWords, daysTo } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { html } from './html.js'

export function Due({ date, overdue, over = false }) {
  if (!date) return null
  const soon = !overdue && !over && daysTo(date) <= 1
  const tone = overdue ? 'overdue' : soon ? 'soon' : 'plain'
  return html`<time class="due" data-tone=${tone} datetime=${date} title=${exactDate(date)}>
    ${overdue ? overdueWords(date) : dueWords(date)}
  </time>`
}

/** Once it is done, when that was is what counts. */
export function DoneAgo({ at }) {
  if (!at) return null
  return html`<time class="due" datetime=${at} title=${exactMoment(at)}>done ${agoWords(at, minute.value)}</time>`
}
