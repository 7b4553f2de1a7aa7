// What job cards and task cards share: the frame, the ring of whoever changed it, opening, moving.
import { signal } from '@preact/signals-core'
import { holderOf } from '../desk/presence.js'
import { refused } from '../desk/refusals.js'
import { touchOf } from '../desk/touches.js'
import { openThing, view } from '../desk/view.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { pressKeyOnCard, releaseKeyOnCard } from './keys.js'
import { lift } from './lift.js'
import { pressCard } from './pointer.js'

/** The one card that the tab key reaches; arrows go on from there. */
export const tabStop = signal('')

export function CardFrame({ id, records, isTabStop, over, heading, opens = id, children }) {
  const touched = touchOf(id).value
  const held = lift.value?.id === id ? lift.value.by : undefined
  const unsent = records.isWaiting(id)
  const person = touched?.person
  const holder = holderOf(id).value
  return html`<li class="card" data-card=${id} data-held=${held} data-over=${over} data-unsent=${unsent} data-refused=${refused.value.has(id)} data-open=${(view.value.job || view.value.task) === id}
    onPointerDown=${(event) => pressCard(event, id)} onDragStart=${(event) => event.preventDefault()}>
    <button type="button" class="card-open" tabindex=${isTabStop ? 0 : -1} aria-describedby="card-keys" onClick=${() => openThing(opens)}
      onFocus=${() => { tabStop.value = id }} onKeyDown=${(event) => pressKeyOnCard(event, id)} onKeyUp=${releaseKeyOnCard}>
      ${heading}
    </button>
    ${children}
    ${person && html`<span class="ring" key=${touched.turn} style=${{ '--person': person.colour }}><span class="ring-name">${person.name}</span></span>`}
    ${holder && html`<span class="hand" style=${{ '--person': holder.colour }}><span class="hand-name">${holder.name}<span class="visually-hidden"> has this card in hand</span></span></span>`}
  </li>`
}

export function Comments({ count }) {
  if (!count) return null
  const words = `${count} comment${count === 1 ? '' : 's'}`
  return html`<span class="card-comments" title=${words}><${Icon} name="comment" size=${13} /><span aria-hidden="true">${count}</span><span class="visually-hidden">${words}</span></span>`
}
