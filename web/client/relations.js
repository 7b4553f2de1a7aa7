// How the client stands to other clients, and stood: each from one day to another.
import { useState } from 'preact/hooks'
import { one } from '../desk/client-page.js'
import { relationOf } from '../desk/client-words.js'
import { may, today } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { exactDate } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Sheet } from '../parts/sheet.js'
import { Day } from './agreed.js'

const told = (relations, client) => relations.map((relation) => ({ ...relation, ...relationOf(relation, client.id) })).filter(({ who }) => who)

function EndIt({ relation, onClose }) {
  const { id, words, who, fromDate } = relation
  const input = ({ untilDate }) => { if (!untilDate) throw new Error('Choose its last day.'); return { id, untilDate } }
  const fields = [{ name: 'untilDate', label: 'Its last day', kind: 'date', value: today.value, min: fromDate }]
  const done = ({ relation: ended }) => { say(`“${words} ${who.name}” has its last day`); one.again(); return ended }
  return html`<${Sheet} title=${`${words} ${who.name}: no longer`} document="EndClientRelation" fields=${fields} input=${input} does="End it" onDone=${done} onClose=${onClose}>
    <p class="quiet">It stays on record that it was so.</p><//>`
}

function Relation({ relation, onEnd }) {
  const { words, who, fromDate, untilDate } = relation
  return html`<li><span><span class="quiet">${words}</span> <a href=${`/clients/${who.id}`}>${who.name}</a></span>
    <span class="quiet">${untilDate ? html`<${Day} date=${fromDate} /> – <${Day} date=${untilDate} />` : html`since <${Day} date=${fromDate} />`}
      ${!untilDate && may('EDIT_CLIENTS') && html` <button type="button" class="link" aria-label=${`${words} ${who.name}: end this`} title=${`Since ${exactDate(fromDate)}`} onClick=${onEnd}>End …</button>`}</span></li>`
}

export function Relations({ client }) {
  const [ends, setEnds] = useState(null)
  const now = told(client.relations, client)
  const past = told(client.pastRelations, client)
  if (!now.length && !past.length) return null
  const list = (relations) => html`<ul class="client-lines" role="list">${relations.map((relation) => html`<${Relation} key=${relation.id} relation=${relation} onEnd=${() => setEnds(relation)} />`)}</ul>`
  return html`<section class="panel" aria-label="Other clients"><h2>Other clients</h2>
    ${list(now)}
    ${past.length > 0 && html`<details class="client-past"><summary>Before (${past.length})</summary>${list(past)}</details>`}
    ${ends && html`<${EndIt} relation=${ends} onClose=${() => setEnds(null)} />`}</section>`
}
