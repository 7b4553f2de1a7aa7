// A person as a small round sign in their colour.
import { html } from './html.js'

export function Avatar({ person, title, size = 'm' }) {
  if (!person) {
    return html`<span class="avatar avatar-nobody" data-size=${size} title=${title ?? 'Nobody yet'}><span class="visually-hidden">${title ?? 'Nobody yet'}</span></span>`
  }
  const name = title ?? person.name
  return html`<span class="avatar" data-size=${size} style=${{ '--person': person.colour }} title=${name}>
    <span aria-hidden="true">${person.initials}</span><span class="visually-hidden">${name}</span>
  </span>`
}
