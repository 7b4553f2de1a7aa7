// A verb in a dialog: what it will do, what it needs to know, and why it was refused.
import { useRef, useState } from 'preact/hooks'
import { Dialog } from './dialog.js'
import { html } from './html.js'
import { useVerb } from './verb.js'

/** The field that a refusal is about, or what is within it; the path begins with `input`. */
const about = (error) => error.path?.[1]

function Field({ field, value, sent, errors, onInput }) {
  const { name, label, kind = 'text', part, ...rest } = field
  const wrong = errors.find((error) => about(error) === name)
  if (part) return html`<${part} label=${label} value=${value} sent=${sent} errors=${errors.filter((error) => about(error) === name)} onInput=${onInput} ...${rest} />`
  const set = (event) => onInput(event.target.value)
  const said = { name, value, onInput: set, 'aria-invalid': Boolean(wrong), 'aria-describedby': wrong && `wrong-${name}`, ...rest }
  return html`<label>${label}
    ${kind === 'long' ? html`<textarea rows="3" ...${said}></textarea>` : html`<input type=${kind} autocomplete="off" ...${said} />`}
    ${wrong && html`<span class="form-wrong" id=${`wrong-${name}`} role="alert">${wrong.message}</span>`}
  </label>`
}

/**
 * `fields` are { name, label, kind, value, … } with attributes of the input, or with a `part` that
 * draws a value of more than a text: it gets what was `sent` and the `errors` about that. `input(values)`
 * says what the verb is sent, or throws an Error whose message is shown. `doubts(sent)` may say, or come
 * to say, what is unusual about it: then it takes a second press. `foot` stands below the fields.
 */
export function Sheet({ title, document, fields = [], input, doubts = () => '', does, strong = 'button-strong', onDone, onClose, foot, children }) {
  const [values, setValues] = useState(() => Object.fromEntries(fields.map((field) => [field.name, field.value ?? ''])))
  const [sent, setSent] = useState(null)
  const [wrong, setWrong] = useState('')
  const [doubt, setDoubt] = useState('')
  const isLooking = useRef(false)
  const verb = useVerb(document)
  const named = new Set(fields.map((field) => field.name))
  // What was not sent again is not what was refused.
  const refused = wrong ? [] : verb.errors
  const elsewhere = [wrong, ...refused.filter((error) => !named.has(about(error))).map((error) => error.message)].filter(Boolean)
  const write = (name, value) => { setValues({ ...values, [name]: value }); setDoubt('') }
  const submit = async (event) => {
    event.preventDefault()
    setWrong('')
    let asked
    try { asked = input(values) } catch (problem) { setWrong(problem.message); return }
    if (isLooking.current) return
    isLooking.current = true
    const unusual = await Promise.resolve(doubts(asked)).finally(() => { isLooking.current = false })
    if (unusual !== doubt) { setDoubt(unusual); if (unusual) return }
    setSent(values)
    const payload = await verb.send(asked)
    if (payload) { onClose(); onDone(payload) }
  }
  return html`<${Dialog} label=${title} class="sheet" onClose=${onClose}><form class="form" onSubmit=${submit}>
    <h2>${title}</h2>
    ${children}
    ${fields.map(({ value, ...field }) => html`<${Field} key=${field.name} field=${field} value=${values[field.name]} sent=${sent?.[field.name]} errors=${refused} onInput=${(value) => write(field.name, value)} />`)}
    ${foot}
    ${doubt && html`<p class="form-problem" role="alert">${doubt}</p>`}
    ${elsewhere.length > 0 && html`<p class="form-problem" role="alert">${elsewhere.join(' ')}</p>`}
    <div class="form-actions"><button type="button" class="button button-quiet" onClick=${onClose}>Cancel</button>
      <button type="submit" class="button ${strong}" disabled=${verb.sending}>${doubt ? `${does} all the same` : does}</button></div>
  </form><//>`
}
