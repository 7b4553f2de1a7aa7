// Asking the client for something: what it is called, by when it is needed, and the list of it.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { around } from '../desk/job-page.js'
import { today } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'
import { Told } from './told.js'

const MOST = 50
let made = 0
const blank = () => ({ key: (made += 1), kind: 'FILE', text: '' })

function Line({ line, number, wrong, isNew, onChange, onNext, onRemove }) {
  const field = useRef()
  useLayoutEffect(() => { if (isNew) field.current.focus() }, [])
  // Who writes a list goes on to the next line; it is sent by its button.
  const next = (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    if (line.text.trim()) onNext()
  }
  return html`<li class="ask-line"><input ref=${field} aria-label=${`What is needed, line ${number}`} placeholder=${line.kind === 'FILE' ? 'Bank statement of December' : 'Did you buy or sell a car?'} autocomplete="off" maxlength="2000" required
      value=${line.text} aria-invalid=${Boolean(wrong)} aria-describedby=${wrong && `wrong-line-${line.key}`} onInput=${(event) => onChange({ text: event.target.value })} onKeyDown=${next} />
    <select aria-label=${`A file or an answer, line ${number}`} value=${line.kind} onChange=${(event) => onChange({ kind: event.target.value })}><option value="FILE">A file</option><option value="QUESTION">An answer</option></select>
    <button type="button" class="button button-icon" aria-label=${`Take away line ${number}`} title="Take away" disabled=${!onRemove} onClick=${onRemove}><${Icon} name="trash" size=${14} /></button>
    ${wrong && html`<p class="form-wrong" id=${`wrong-line-${line.key}`} role="alert">${wrong.message}</p>`}</li>`
}

/** A refusal names a line by its place in what was sent; a line that was changed since is another. */
function Lines({ label, value: lines, sent, errors, onInput }) {
  const [added, setAdded] = useState(null)
  const more = useRef()
  const wrongOf = (line) => sent?.includes(line) && errors.find(({ path }) => path[2] === String(sent.indexOf(line)))
  const add = (place) => {
    if (lines.length === MOST) return
    const line = blank()
    setAdded(line)
    onInput(lines.toSpliced(place, 0, line))
  }
  const change = (line, part) => onInput(lines.map((one) => (one === line ? { ...line, ...part } : one)))
  const remove = (line) => { onInput(lines.filter((one) => one !== line)); more.current.focus() }
  return html`<div class="label" role="group" aria-label=${label}>${label}
    <ol class="ask-lines" role="list">${lines.map((line, index) => html`<${Line} key=${line.key} line=${line} number=${index + 1} wrong=${wrongOf(line)} isNew=${line === added}
      onChange=${(part) => change(line, part)} onNext=${() => add(index + 1)} onRemove=${lines.length > 1 && (() => remove(line))} />`)}</ol>
    ${errors.filter(({ path }) => path.length === 2).map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)}
    <button type="button" class="link ask-more" ref=${more} disabled=${lines.length === MOST} onClick=${() => add(lines.length)}>${lines.length === MOST ? `That is the most: ${MOST}` : html`<${Icon} name="plus" size=${12} />Add a line`}</button></div>`
}

export function Asking({ job, onClose }) {
  const { client } = job
  const fields = [
    { name: 'title', label: 'What it is about', placeholder: 'Papers for the year end', maxlength: 200, required: true, autofocus: true },
    { name: 'dueDate', label: 'Needed by, if by a certain day', kind: 'date', min: today.value },
    { name: 'items', label: 'What is needed', part: Lines, value: [blank()] },
  ]
  const input = ({ title, dueDate, items }) => ({ jobId: job.id, title, dueDate: dueDate || null, items: items.map(({ kind, text }) => ({ kind, text })) })
  const done = () => { say(`Asked ${client.name}`, { detail: 'The job waits until all has come.' }); around.again() }
  return html`<${Sheet} title=${`Ask ${client.name}`} document="CreateRequest" fields=${fields} input=${input} does="Ask" foot=${html`<${Told} client=${client} />`} onDone=${done} onClose=${onClose} />`
}
