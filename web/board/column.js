// One column: its count, its hours against capacity, its cards, and a place to add one.
import { useState } from 'preact/hooks'
import { loadMore } from '../desk/board.js'
import { countOf, isPast, titleOf } from '../desk/grouping.js'
import { isOver } from '../desk/kinds.js'
import { say } from '../desk/toasts.js'
import { hours, exactDate } from '../desk/words.js'
import { Avatar } from '../parts/person.js'
import { html } from '../parts/html.js'
import { Glyph } from '../parts/icons.js'
import { JobCard } from './job-card.js'
import { lift } from './lift.js'
import { QuickAdd } from './quick-add.js'
import { TaskCard } from './task-card.js'

function Sign({ column }) {
  if (column.category) return html`<${Glyph} category=${column.category} />`
  if (column.member || column.key === 'nobody') return html`<${Avatar} person=${column.member} size="s" />`
  if (column.key === 'done') return html`<${Glyph} category="DONE" />`
  return html`<span class="column-week" data-key=${column.key} aria-hidden="true"></span>`
}

function Hours({ column }) {
  const { remainingSeconds: left, capacitySeconds: capacity } = column
  if (isOver(column.category) || (!left && !capacity)) return html`<p class="column-hours" data-empty="true"> </p>`
  if (!capacity) return html`<p class="column-hours"><span>${hours(left)} h left</span></p>`
  const over = left - capacity
  return html`<p class="column-hours" data-over=${over > 0} title=${`${hours(left)} h of work left, ${hours(capacity)} h of capacity`}>
    <span><b>${hours(left)}</b> of ${hours(capacity)} h</span>
    <span class="meter" style=${{ '--full': Math.min(1, left / capacity) }} aria-hidden="true"></span>
    ${over > 0 && html`<span class="column-over">${hours(over)} h over</span>`}
  </p>`
}

/** The ids with the place of the card in hand among them. */
function withSlot(ids, key) {
  const held = lift.value
  if (!held) return ids
  if (held.by === 'keyboard') return ids
  if (held.key !== key) return ids
  const rest = ids.filter((id) => id !== held.id)
  const slotted = [...rest.slice(0, held.index), '', ...rest.slice(held.index)]
  // The card itself stays in the page, unseen: a finger that dragged it would lose hold otherwise.
  return held.fromKey === key ? [...slotted, held.id] : slotted
}

function More({ column }) {
  const [busy, setBusy] = useState(false)
  const load = async () => {
    setBusy(true)
    await loadMore(column.key).catch(() => say('The next cards could not be loaded', { tone: 'refused', detail: 'The server does not answer. Try again in a moment.' }))
    setBusy(false)
  }
  const left = column.count - column.ids.length
  return html`<li class="more"><button type="button" class="button button-quiet" disabled=${busy} onClick=${load}>${busy ? 'Loading…' : `Show ${Math.min(30, left)} more of ${left}`}</button></li>`
}

export function Column({ column, tasks, tabStop }) {
  const title = titleOf(column)
  const Card = tasks ? TaskCard : JobCard
  const heading = `column-${column.key}`
  const shown = countOf(column)
  const held = lift.value
  return html`<section class="column" data-column=${column.key} data-target=${held?.key === column.key} aria-labelledby=${heading}>
    <header class="column-head">
      <h2 id=${heading} title=${column.weekStart ? `Week of ${exactDate(column.weekStart)}` : undefined}>
        <${Sign} column=${column} /><span class="column-title">${title}</span>
        <span class="column-count"><span aria-hidden="true">${shown}</span><span class="visually-hidden">, ${shown} ${isPast(column) ? 'done' : 'open'} ${tasks ? 'tasks' : 'jobs'}</span></span>
      </h2>
      <${Hours} column=${column} />
    </header>
    <ul class="column-list" role="list" tabindex="-1">
      ${withSlot(column.ids, column.key).map((id) => (id
        ? html`<${Card} key=${id} id=${id} isTabStop=${tabStop === id} />`
        : html`<li key="slot" class="slot" aria-hidden="true"></li>`))}
      ${column.hasMore && html`<${More} key="more" column=${column} />`}
      ${!column.ids.length && held?.key !== column.key && html`<li key="none" class="column-none">${isOver(column.category) ? 'Nothing finished in the last 7 days' : 'Nothing here'}</li>`}
    </ul>
    <${QuickAdd} column=${column} tasks=${tasks} />
  </section>`
}

/** An empty column takes little room until something is dragged to it or it is opened. */
export function ClosedColumn({ column, onOpen }) {
  const title = titleOf(column)
  return html`<section class="column column-closed" data-column=${column.key} data-target=${lift.value?.key === column.key}>
    <button type="button" onClick=${onOpen} title="Open the column">
      <${Sign} column=${column} /><span class="column-count">${countOf(column)}</span><span class="column-title">${title}</span><span class="visually-hidden">. Open the column</span>
    </button>
  </section>`
}
