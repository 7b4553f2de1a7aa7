// What the board shows while there are no cards: the shape of what comes, or why and what to do.
import { look, NO_FILTER, view } from '../desk/view.js'
import { html } from '../parts/html.js'

const SHAPES = [4, 5, 3, 4, 2, 3]

export function Skeleton() {
  return html`<div class="board board-skeleton" aria-hidden="true">
    ${SHAPES.map((count, index) => html`<div class="column" key=${index}><div class="column-head"><span class="bone bone-title"></span><span class="bone bone-line"></span></div>
      <div class="column-list">${Array.from({ length: count }, (_, card) => html`<div class="card" key=${card}><span class="bone bone-line"></span><span class="bone bone-title"></span><span class="bone bone-long"></span><span class="bone bone-line"></span></div>`)}</div></div>`)}
  </div>`
}

export function NothingFound() {
  return html`<div class="empty">
    <h2>No ${view.value.show === 'tasks' ? 'task' : 'job'} matches these filters</h2>
    <p>The filters stand above the board. Without them, everything of this scope is shown.</p>
    <button type="button" class="button button-strong" onClick=${() => look(NO_FILTER)}>Clear the filters</button>
  </div>`
}

const WHOSE = { 'my-teams': 'in your teams', 'my-clients': 'for your clients', mine: 'with you', everything: 'in the firm' }
const WHEN = { soon: 'is due soon', overdue: 'is overdue', 'this-week': 'is due this week', 'next-week': 'is due next week' }

/** Stands above the empty columns: they still take a first card. */
export function NothingYet() {
  const { scope, due, show } = view.value
  const wider = (words, change) => html`<button type="button" class="button" onClick=${() => look(change)}>${words}</button>`
  return html`<div class="nothing-yet" role="status">
    <p><b>${WHEN[due] ? `Nothing ${WHEN[due]} ${WHOSE[scope]}.` : `No ${show === 'tasks' ? 'task' : 'job'} ${WHOSE[scope]} yet.`}</b>
      ${due === 'any' && scope === 'everything' ? ' Add the first one at the foot of a column.' : ' Look further, or add one at the foot of a column.'}</p>
    ${due !== 'any' && wider('Any date', { due: 'any' })}${scope !== 'everything' && wider('Everyone’s work', { scope: 'everything' })}
  </div>`
}
