// The steps of the next version: written, ordered, taken away, and saved as a draft.
import { useState } from 'preact/hooks'
import { ANCHORS, ROLES, UNITS } from '../desk/templates.js'
import { say } from '../desk/toasts.js'
import { KINDS } from '../desk/wait-words.js'
import { hours, secondsOf } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { useVerb } from '../parts/verb.js'
import { blank, moved, opened, toggled, told, without } from './steps.js'

const options = (record) => Object.entries(record).map(([value, title]) => html`<option key=${value} value=${value}>${title}</option>`)
const plural = Object.fromEntries(Object.entries(UNITS).map(([unit, title]) => [unit, `${title}s`]))

/** So many units before or after a date of the job. */
function Due({ step, title, onChange }) {
  const { due } = step
  const [side, setSide] = useState(due?.count < 0 ? -1 : 1)
  if (!due) return html`<button type="button" class="link" onClick=${() => onChange({ due: { anchor: 'DUE', count: 0, unit: 'BUSINESS_DAYS' } })}>Set a date</button>`
  const set = (change) => onChange({ due: { ...due, ...change } })
  const turn = (event) => { const next = Number(event.target.value); setSide(next); set({ count: next * Math.abs(due.count) }) }
  return html`<span class="step-due"><input type="number" step="1" min="0" max="1000" aria-label=${`How many: ${title}`} value=${Math.abs(due.count)} onInput=${(event) => set({ count: side * (Number.parseInt(event.target.value, 10) || 0) })} />
    <select aria-label=${`Counted in: ${title}`} value=${due.unit} onChange=${(event) => set({ unit: event.target.value })}>${options(plural)}</select><select aria-label=${`Before or after: ${title}`} value=${side} onChange=${turn}><option value="-1">before</option><option value="1">after</option></select>
    <select aria-label=${`Counted from: ${title}`} value=${due.anchor} onChange=${(event) => set({ anchor: event.target.value })}>${options(ANCHORS)}</select>
    <button type="button" class="button button-icon" aria-label=${`No date: ${title}`} onClick=${() => onChange({ due: null })}><${Icon} name="close" size=${12} /></button></span>`
}

/** How it waits for one other step, and for how long after it. */
function Way({ link, name, title, onChange }) {
  return html`<span class="step-due"><select aria-label=${`How ${title} waits for ${name}`} value=${link.kind} onChange=${(event) => onChange({ kind: event.target.value })}>${Object.entries(KINDS).map(([kind, [before, after]]) => html`<option key=${kind} value=${kind}>${before} ${name} ${after}</option>`)}</select>
    <label><input type="number" step="1" min="0" max="250" aria-label=${`Business days after ${name}: ${title}`} value=${link.lagDays} onInput=${(event) => onChange({ lagDays: Number.parseInt(event.target.value, 10) || 0 })} /> business days later</label></span>`
}

function After({ step, before, title, onChange }) {
  if (!before.length) return null
  const called = new Map(before.map((one) => [one.key, one.title || 'a step without a title']))
  const items = before.map((one) => ({ id: one.key, title: called.get(one.key), chosen: step.after.some(({ key }) => key === one.key) }))
  const change = (key, part) => onChange({ after: step.after.map((one) => (one.key === key ? { ...one, ...part } : one)) })
  const names = step.after.map(({ key }) => called.get(key))
  return html`<${Choice} class="chip" label=${`Waits for: ${title}`} items=${items} onPick=${({ id }) => onChange({ after: toggled(step.after, id) })}><${Icon} name="lock" size=${12} /><span class="visually-hidden">${title} </span><span>${names.length ? `waits for ${names.join(', ')}` : 'waits for nothing'}</span><//>
    ${step.after.map((link) => html`<${Way} key=${link.key} link=${link} name=${called.get(link.key)} title=${title} onChange=${(part) => change(link.key, part)} />`)}`
}

function Row({ step, index, steps, onSteps }) {
  const title = step.title || `step ${index + 1}`
  const [estimate, setEstimate] = useState(step.estimateSeconds ? hours(step.estimateSeconds) : '')
  const change = (part) => onSteps(steps.map((one) => (one.key === step.key ? { ...one, ...part } : one)))
  const estimated = ({ target }) => {
    const isEmpty = !target.value.trim()
    const seconds = isEmpty ? null : secondsOf(target.value)
    // What cannot be read is not saved as no estimate: the form says so and stays.
    target.setCustomValidity(isEmpty || seconds !== null ? '' : 'Write it as 1:30, 1.5 or 90 min.')
    setEstimate(target.value)
    change({ estimateSeconds: seconds })
  }
  const act = (name, words, run, disabled) => html`<button type="button" class="button button-icon" aria-label=${`${words}: ${title}`} title=${words} disabled=${disabled} onClick=${run}><${Icon} name=${name} size=${14} /></button>`
  return html`<li class="step-edit"><span class="step-number">${index + 1}</span>
    <input class="step-edit-title" aria-label=${`Title of step ${index + 1}`} placeholder="What is to be done" maxlength="200" value=${step.title} onInput=${(event) => change({ title: event.target.value })} />
    <span class="step-edit-acts">${act('up', 'Move up', () => onSteps(moved(steps, index, -1)), index === 0)}${act('chevron', 'Move down', () => onSteps(moved(steps, index, 1)), index === steps.length - 1)}${act('trash', 'Take away', () => onSteps(without(steps, step.key)))}</span>
    <div class="step-edit-more"><${Due} step=${step} title=${title} onChange=${change} />
      <select aria-label=${`Whose part: ${title}`} value=${step.role ?? ''} onChange=${(event) => change({ role: event.target.value || null })}><option value="">Nobody’s part</option>${options(ROLES)}</select>
      <input class="step-edit-estimate" aria-label=${`Estimate: ${title}`} placeholder="0:30" aria-invalid=${Boolean(estimate.trim()) && step.estimateSeconds === null} value=${estimate} onInput=${estimated} />
      <${After} step=${step} before=${steps.slice(0, index)} title=${title} onChange=${change} /></div></li>`
}

/** What keeps a list from being saved, and what can be done then. */
const problemWords = ({ code, message }) => (code === 'CONFLICT' ? 'Somebody set the steps meanwhile, so yours are not saved. Cancel shows theirs.' : message)

export function Editor({ template, version, onDone, onClose }) {
  const [steps, setSteps] = useState(() => opened(version.steps))
  // The page follows what others do; what is written here began with what was seen then.
  const [expectedVersion] = useState(template.version)
  const { send, sending, errors } = useVerb('SetTemplateSteps')
  const number = version.publishedAt ? version.number + 1 : version.number
  const save = async (event) => {
    event.preventDefault()
    if (!(await send({ id: template.id, steps: told(steps), expectedVersion }))) return
    say(`Saved as the draft of version ${number}`, { detail: 'Nothing changes for anybody until it is published.' })
    onDone()
  }
  return html`<form class="panel" aria-label="Edit the steps" onSubmit=${save}><h2>Draft of version ${number}</h2>
    <ol class="template-steps" role="list">${steps.map((step, index) => html`<${Row} key=${step.key} step=${step} index=${index} steps=${steps} onSteps=${setSteps} />`)}</ol>
    ${errors.map((error) => html`<p class="form-problem" role="alert" key=${error.message}>${problemWords(error)}</p>`)}
    <div class="form-actions"><button type="button" class="button step-edit-add" onClick=${() => setSteps([...steps, blank()])}><${Icon} name="plus" size=${14} />Add a step</button>
      <button type="button" class="button button-quiet" onClick=${onClose}>Cancel</button><button type="submit" class="button button-strong" disabled=${sending || steps.some((step) => !step.title.trim())}>Save the draft</button></div></form>`
}
