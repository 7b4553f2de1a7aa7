// "6/9", with a bar for the eye.
import { html } from './html.js'

export function Progress({ done, total }) {
  if (!total) return null
  return html`<span class="progress" data-complete=${done === total} title=${`${done} of ${total} steps done`}>
    <span class="progress-bar" style=${{ '--part': done / total }} aria-hidden="true"></span>
    <span class="progress-count"><span aria-hidden="true">${done}/${total}</span><span class="visually-hidden">${done} of ${total} steps done</span></span>
  </span>`
}
