// An error in full: what happened, what is safe, what to do.
import { SignedOut, Unreachable } from '../live/request.js'
import { html } from './html.js'

function wordsFor(problem) {
  if (problem instanceof SignedOut) return { what: 'You have been signed out.', safe: 'Nothing is lost.' }
  if (problem instanceof Unreachable) {
    return { what: 'The server does not answer.', safe: 'Everything stored is safe, and what you do meanwhile is kept here and sent. This page goes on trying.' }
  }
  if (problem.code === 'FORBIDDEN') return { what: 'Your role in the firm does not see this.', safe: 'Whoever manages the members can change that.' }
  const reference = problem.reference ? ` Reference: ${problem.reference}.` : ''
  return { what: problem.message, safe: `What is stored is as it was.${reference}` }
}

export function Problem({ title, problem, retry }) {
  const { what, safe } = wordsFor(problem)
  return html`<div class="empty" role="alert">
    <h2>${title}</h2>
    <p>${what} ${safe}</p>
    ${problem instanceof SignedOut
      ? html`<a class="button button-strong" href="/sign-in">Sign in</a>`
      : problem.code !== 'FORBIDDEN' && html`<button type="button" class="button button-strong" onClick=${retry}>Try again</button>`}
  </div>`
}
