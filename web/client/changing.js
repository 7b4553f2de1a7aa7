// Changing a fact of the client, measured by what one began from.
import { useRef, useState } from 'preact/hooks'
import { heard } from '../desk/client-page.js'
import { useBegun } from '../parts/begun.js'
import { html } from '../parts/html.js'
import { NotKept } from '../parts/not-kept.js'
import { useVerb } from '../parts/verb.js'

export const Wrongs = ({ errors }) => errors.map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)

/** `change(changes, version)` answers whether they were kept; `errors` says why not. */
export function useChange(client) {
  const { send, sending, errors } = useVerb('UpdateClient')
  const change = async (changes, version = client.version) => {
    const payload = await send({ id: client.id, expectedVersion: version, ...changes })
    if (payload) heard(payload.client)
    return Boolean(payload)
  }
  return { change, sending, errors }
}

/**
 * A fact in words, changed where it stands: Enter or leaving it keeps, Escape takes back. `said` is
 * how the fact reads now, `read(text)` what the text means; it throws an Error that says what is
 * wrong with it.
 */
export function Written({ client, name, said, read = (text) => text, long = false, ...rest }) {
  const [text, setText] = useState(null)
  const [wrong, setWrong] = useState('')
  const [refused, setRefused] = useState('')
  const isTyped = useRef(false)
  const begun = useBegun(said, client.version, text !== null)
  const { change, sending, errors } = useChange(client)
  const keep = async () => {
    // Enter keeps, and moves the focus away, which keeps again: it is kept once.
    if (!isTyped.current) return
    const typed = text.trim()
    let value
    try { value = read(typed) } catch (problem) { setWrong(problem.message); return }
    isTyped.current = false
    setWrong('')
    const kept = typed === said || typed === begun.value || (await change({ [name]: value }, begun.version))
    setRefused(kept ? '' : typed)
    setText(null)
  }
  const onKeyDown = (event) => {
    if (event.key === 'Enter' && !long && !event.isComposing) event.target.blur()
    if (event.key !== 'Escape' || text === null) return
    isTyped.current = false
    setWrong('')
    setText(null)
    event.preventDefault()
  }
  const onInput = (event) => { isTyped.current = true; setText(event.target.value); setRefused('') }
  const field = { value: text ?? said, readonly: sending, 'aria-invalid': Boolean(wrong), autocomplete: 'off', class: 'written', onInput, onBlur: keep, onKeyDown, ...rest }
  return html`${long ? html`<textarea rows="3" ...${field}></textarea>` : html`<input ...${field} />`}
    ${wrong && html`<p class="form-wrong" role="alert">${wrong}</p>`}
    ${refused && html`<${Wrongs} errors=${errors} />`}<${NotKept} text=${refused} />`
}
