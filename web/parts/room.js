// What a page shows while there is nothing to show: the shape of what comes, or what went wrong.
import { html } from './html.js'
import { Problem } from './problem.js'

/**
 * `children(data)` draws the page once `snapshot` has an answer. The old one stays, dimmed, while
 * another is on its way, and under the problem where none comes.
 */
export function Room({ snapshot, label, children }) {
  const data = snapshot.data.value
  const condition = snapshot.condition.value
  const problem = condition instanceof Error && html`<${Problem} title=${`${label} could not be ${data ? 'brought up to date' : 'opened'}`} problem=${condition} retry=${snapshot.retry} />`
  return html`<main class="room" id="room" tabindex="-1" aria-busy=${condition === 'loading'} data-stale=${Boolean(data) && condition !== 'ready'}>
    ${problem}${data ? children(data) : !problem && html`<${Bones} />`}</main>`
}

export function Bones() {
  return html`<div class="room-bones" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map((line) => html`<span class="bone bone-long" key=${line}></span>`)}</div>`
}
