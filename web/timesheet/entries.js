// The entries of the cell that is worked in: each with its note, whether it is charged, and its lock.
import { useRef, useState } from 'preact/hooks'
import { changeTime, deleteTime } from '../desk/time-verbs.js'
import { cell, clientOf, mayEdit, rows, titleOf } from '../desk/timesheet.js'
import { exactDate, hours, secondsOf } from '../desk/words.js'
import { useBegun, useWritten } from '../parts/begun.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { NotKept } from '../parts/not-kept.js'
import { Sure } from '../parts/sure.js'

function Time({ entry }) {
  const [text, setText] = useState(null)
  const begun = useBegun(entry.seconds, entry.version, text !== null)
  const wrong = text !== null && !secondsOf(text)
  const keep = () => {
    if (text !== null && !wrong && secondsOf(text) !== entry.seconds) changeTime(entry.id, { seconds: secondsOf(text) }, begun.version)
    setText(null)
  }
  return html`<input class="entry-time numbers" aria-label="Time" value=${text ?? hours(entry.seconds)} aria-invalid=${wrong} onInput=${(event) => setText(event.target.value)} onBlur=${keep} onKeyDown=${(event) => { if (event.key === 'Enter') event.target.blur() }} />`
}

function Note({ entry }) {
  const { field, refused } = useWritten(entry.note, entry.version, (note, version) => changeTime(entry.id, { note }, version))
  return html`<input class="entry-note" aria-label="What was done" placeholder="What was done" maxlength="2000" ...${field} onKeyDown=${(event) => { if (event.key === 'Enter') event.target.blur() }} />
    <${NotKept} text=${refused} />`
}

const UNCHARGED = { NON_BILLABLE: 'Not billable', NO_CHARGE: 'No charge' }

function Charged({ entry }) {
  const otherwise = useRef('NON_BILLABLE') // what was given away is given away again
  const billable = entry.billing === 'BILLABLE'
  if (!billable) otherwise.current = entry.billing
  if (!entry.client) return html`<span class="badge">Not charged</span>`
  return html`<button type="button" class="button entry-charged" aria-pressed=${billable} title="Whether the client is charged for it" onClick=${() => changeTime(entry.id, { billing: billable ? otherwise.current : 'BILLABLE' })}>
    <${Icon} name=${billable ? 'check' : 'close'} size=${12} />${UNCHARGED[entry.billing] ?? 'Billable'}</button>`
}

/** On which invoice it stands, as far as that may be seen. */
function Lock({ invoice }) {
  return html`<span class="badge" data-tone="open"><${Icon} name="lock" size=${12} />${invoice ? html`<a href=${`/invoices?invoice=${invoice.id}`}>${invoice.number ? `On invoice ${invoice.number}` : 'On a draft invoice'}</a>` : 'On an invoice'}</span>`
}

function Entry({ entry }) {
  if (entry.billed || !mayEdit()) {
    return html`<li><b class="numbers entry-time">${hours(entry.seconds)}</b><span class="entry-note">${entry.task?.title ?? ''} ${entry.note}</span>${entry.billed && html`<${Lock} invoice=${entry.invoice} />`}</li>`
  }
  return html`<li><${Time} entry=${entry} /><${Note} entry=${entry} /><${Charged} entry=${entry} />
    <${Sure} class="link" ask="Take it back?" aria-label="Take this time back" onSure=${() => deleteTime(entry.id)}><${Icon} name="trash" size=${14} /><//></li>`
}

export function Entries() {
  const row = cell.value && rows.value.find((one) => one.key === cell.value.key)
  const list = row?.cells[cell.value.day] ?? []
  if (!list.length) return null
  return html`<section class="panel entries" aria-label="Entries"><h2>${clientOf(row)} · ${titleOf(row)}<span>${exactDate(cell.value.day)}</span></h2>
    <ul role="list">${list.map((entry) => html`<${Entry} key=${entry.id} entry=${entry} />`)}</ul></section>`
}
