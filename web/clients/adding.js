// Taking a client on: its name, what it is and how far one is with it; the rest stands on its page.
import { useEffect, useState } from 'preact/hooks'
import { doubtsAbout, findAlike } from '../desk/clients.js'
import { KINDS, STATUSES } from '../desk/client-words.js'
import { html } from '../parts/html.js'
import { Pick } from '../parts/pick.js'
import { Sheet } from '../parts/sheet.js'

const TYPING_PAUSE = 250
const TELLING = 3 // letters from which on names tell something
const SHOWN = 3

/** Clients that mean the same by their name, or have its words in it: nobody shall be taken on twice. */
function useAlike(name) {
  const [found, setFound] = useState([])
  useEffect(() => {
    if (name.trim().length < TELLING) { setFound([]); return undefined }
    let late = false
    const hear = (clients) => { if (!late) setFound(clients) }
    const wait = setTimeout(() => findAlike(name.trim()).then(hear, () => hear([])), TYPING_PAUSE)
    return () => { late = true; clearTimeout(wait) }
  }, [name])
  return found
}

function Name({ label, value, errors, onInput }) {
  const alike = useAlike(value)
  return html`<label>${label}<input value=${value} autocomplete="off" maxlength="200" placeholder="Ashdown Bakery Ltd" required autofocus aria-invalid=${errors.length > 0} aria-describedby="name-wrong" onInput=${(event) => onInput(event.target.value)} />
      <span id="name-wrong">${errors.map((error) => html`<span class="form-wrong" role="alert" key=${error.message}>${error.message}</span>`)}</span></label>
    <p class="alike" role="status">${alike.length > 0 && html`There ${alike.length === 1 ? 'is' : 'are'} already ${alike.slice(0, SHOWN).map(({ id, name }, index) => html`${index > 0 && ', '}<a key=${id} href=${`/clients/${id}`}>${name}</a>`)}${alike.length > SHOWN && ' and others'}.`}</p>`
}

const STATUS_TITLES = Object.fromEntries(Object.entries(STATUSES).slice(0, 3).map(([id, { title }]) => [id, title]))

export function Adding({ name = '', onClose }) {
  const fields = [
    { name: 'name', label: 'Name', part: Name, value: name },
    { name: 'kind', label: 'What it is', part: Pick, options: KINDS, value: 'ORGANISATION' },
    { name: 'status', label: 'How far you are with it', part: Pick, options: STATUS_TITLES, value: 'ACTIVE' },
  ]
  return html`<${Sheet} title="New client" document="CreateClient" fields=${fields} input=${(values) => values} doubts=${({ name: said }) => doubtsAbout(said.trim())} does="Add" onDone=${({ client }) => location.assign(`/clients/${client.id}`)} onClose=${onClose} />`
}
