// What a page shows while there is nothing to show: the shape of what comes, or what went wrong.
import { html } from './html.js'
import { Problem } from './problem.js'

/** `children(data)` draws the page once `snapshot` has an answer; the old one stays meanwhile. */
export function Room({ snapshot, label, children }) {
  const data = snapshot.data.value
  const condition = snapshot.condition.value
  const content = data ? children(data) : condition instanceof Error
    ? html`<${Problem} title=${`${label} could not be opened`} problem=${condition} retry=${snapshot.retry} />`
    : html`<${Bones} />`
  return html`<main class="room" id="room" tabindex="-1" aria-busy=${condition === 'loading'}>${content}</main>`
}

export function Bones() {
  return html`<div class="room-bones" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map((line) => html`<span class="bone bone-long" key=${line}></span>`)}</div>`
}
