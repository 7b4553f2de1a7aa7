// What is known of the client by name and number: tax ids, ids elsewhere, addresses, days that matter.
import { useState } from 'preact/hooks'
import { one } from '../desk/client-page.js'
import { daysOfMonth, MONTHS, PURPOSES, yearly } from '../desk/client-words.js'
import { may, session } from '../desk/session.js'
import { Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Pick } from '../parts/pick.js'
import { Sheet } from '../parts/sheet.js'
import { Sure } from '../parts/sure.js'
import { useVerb } from '../parts/verb.js'
import { Day } from './agreed.js'
import { Wrongs } from './changing.js'

const MADE_OF_A_NAME = /^[0-9a-f]{64}$/ // how an import keeps what another system knew by its name alone
const countryWords = (code) => new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }).of(code)

/** A fact in a line: what it is called, how it reads, and for who may edit, changing it and taking it away. */
function Line({ name, what, removal, input, onChange, children }) {
  const { send, errors } = useVerb(removal)
  const remove = async () => { if (await send(input)) one.again() }
  return html`<li class="known"><span class="quiet">${name}</span><div>${children}<${Wrongs} errors=${errors} /></div>
    ${may('EDIT_CLIENTS') && html`<span class="known-acts">${onChange && html`<button type="button" class="link client-end" aria-label=${`Change ${what}`} title="Change" onClick=${onChange}><${Icon} name="pencil" size=${12} /></button>`}
      <${Sure} class="link client-end" ask="Take away?" aria-label=${`Take ${what} away`} onSure=${remove}><${Icon} name="close" size=${12} /><//></span>`}</li>`
}

/** `sheet(given, close)` draws the dialog in which one is said, anew or as `given`. */
function Panel({ title, none, add, rows, sheet }) {
  const [given, setGiven] = useState(null)
  const edits = may('EDIT_CLIENTS')
  const lines = rows(setGiven)
  if (!edits && !lines.length) return null
  return html`<section class="panel" aria-label=${title}><h2>${title}${edits && html`<span class="known-adds">${add(setGiven)}</span>`}</h2>
    ${lines.length ? html`<ul class="client-known-of" role="list">${lines}</ul>` : html`<p class="panel-none">${none}</p>`}
    ${given && sheet(given, () => setGiven(null))}</section>`
}

const Add = ({ children, onClick }) => html`<button type="button" class="button button-quiet" onClick=${onClick}><${Icon} name="plus" size=${14} />${children}</button>`

function TaxIdSheet({ client, given, onClose }) {
  const { kind = '', number = '' } = given
  const fields = [
    { name: 'kind', label: 'What it is called', value: kind, placeholder: 'VAT', maxlength: 30, required: true, readonly: Boolean(kind), autofocus: !kind },
    { name: 'number', label: 'The number', value: may('READ_TAX_IDS') ? number : '', maxlength: 50, required: true, autofocus: Boolean(kind) },
  ]
  return html`<${Sheet} title=${kind ? `${kind} of ${client.name}` : `Tax id of ${client.name}`} document="SetClientTaxId" fields=${fields} input=${(values) => ({ clientId: client.id, ...values })} does="Keep" onDone=${one.again} onClose=${onClose} />`
}

function ExternalIdSheet({ client, onClose }) {
  const fields = [
    { name: 'system', label: 'Which system', placeholder: 'xero', maxlength: 60, required: true, autofocus: true },
    { name: 'key', label: 'What the client is called there', maxlength: 255, required: true },
  ]
  return html`<${Sheet} title=${`${client.name} in another system`} document="SetExternalId" fields=${fields} input=${(values) => ({ clientId: client.id, ...values })} does="Keep" onDone=${one.again} onClose=${onClose} />`
}

export function Numbers({ client }) {
  const rows = (change) => [
    ...client.taxIds.map((taxId) => html`<${Line} key=${taxId.id} name=${taxId.kind} what=${taxId.kind} removal="RemoveClientTaxId" input=${{ id: taxId.id }} onChange=${() => change({ taxId })}><span class="numbers">${taxId.number}</span><//>`),
    ...client.externalIds.map(({ system, key }) => html`<${Line} key=${`${system} ${key}`} name=${system} what=${`its id in ${system}`} removal="RemoveExternalId" input=${{ clientId: client.id, system, key }}>${MADE_OF_A_NAME.test(key) ? html`<span class="quiet">known by its name</span>` : html`<span class="numbers">${key}</span>`}<//>`),
  ]
  const add = (say) => html`<${Add} onClick=${() => say({ taxId: {} })}>Tax id<//><${Add} onClick=${() => say({ external: true })}>Id elsewhere<//>`
  const sheet = ({ taxId }, close) => (taxId ? html`<${TaxIdSheet} client=${client} given=${taxId} onClose=${close} />` : html`<${ExternalIdSheet} client=${client} onClose=${close} />`)
  return html`<${Panel} title="Numbers" none="No tax id yet, and no other system’s id. Who looks for either finds the client by it." add=${add} rows=${rows} sheet=${sheet} />`
}

function AddressSheet({ client, given, onClose }) {
  const { purpose, recipient = '', line1 = '', line2 = '', city = '', region = '', postalCode = '', country = session.value.firm.country ?? '' } = given
  const fields = [
    { name: 'recipient', label: 'To whom, if not to the client by its name', value: recipient, maxlength: 200 },
    { name: 'line1', label: 'Street and number, or box', value: line1, maxlength: 200, required: true, autofocus: true },
    { name: 'line2', label: 'What else leads there', value: line2, maxlength: 200 },
    { name: 'postalCode', label: 'Postal code', value: postalCode, maxlength: 20 },
    { name: 'city', label: 'Town', value: city, maxlength: 100 },
    { name: 'region', label: 'County, state or canton', value: region, maxlength: 100 },
    { name: 'country', label: 'Country, in two letters', value: country, maxlength: 2, placeholder: 'GB', required: true },
  ]
  const input = (values) => ({ clientId: client.id, purpose, ...values, country: values.country.toUpperCase() })
  return html`<${Sheet} title=${`${PURPOSES[purpose]} of ${client.name}`} document="SetClientAddress" fields=${fields} input=${input} does="Keep" onDone=${one.again} onClose=${onClose} />`
}

export function Addresses({ client }) {
  const missing = Object.keys(PURPOSES).filter((purpose) => !client.addresses.some((one) => one.purpose === purpose))
  const home = session.value.firm.country
  const rows = (change) => client.addresses.map((address) => {
    const { purpose, recipient, line1, line2, postalCode, city, region, country } = address
    const lines = [recipient, line1, line2, [postalCode, city].filter(Boolean).join(' '), region, country === home ? '' : countryWords(country)].filter(Boolean)
    return html`<${Line} key=${address.id} name=${PURPOSES[purpose]} what=${`the ${PURPOSES[purpose].toLowerCase()}`} removal="RemoveClientAddress" input=${{ id: address.id }} onChange=${() => change(address)}><address>${lines.map((line) => html`<span key=${line}>${line}</span>`)}</address><//>`
  })
  const add = (say) => missing.map((purpose) => html`<${Add} key=${purpose} onClick=${() => say({ purpose })}>${PURPOSES[purpose]}<//>`)
  return html`<${Panel} title="Addresses" none="Nowhere to write to yet." add=${add} rows=${rows} sheet=${(given, close) => html`<${AddressSheet} client=${client} given=${given} onClose=${close} />`} />`
}

const HOW = { yearly: 'Comes back each year', once: 'Is one day' }

function When({ label, value, onInput }) {
  const set = (changes) => onInput({ ...value, ...changes })
  return html`<${Pick} label=${label} value=${value.how} options=${HOW} onInput=${(how) => set({ how })} />
    ${value.how === 'once' ? html`<label>The day<input type="date" value=${value.date} required onInput=${(event) => set({ date: event.target.value })} /></label>`
    : html`<div class="form-pair"><${Pick} label="Month" value=${value.month} options=${MONTHS} onInput=${(month) => set({ month })} />
        <label>Day<input type="number" min="1" max=${daysOfMonth(value.month)} value=${value.day} required onInput=${(event) => set({ day: event.target.value })} /></label></div>`}`
}

function KeyDateSheet({ client, given, onClose }) {
  const { name = '', month = 12, day = 31, date = '' } = given
  const fields = [
    { name: 'name', label: 'What it is', value: name, placeholder: 'Year-end', maxlength: 60, required: true, readonly: Boolean(name), autofocus: !name },
    { name: 'when', label: 'How often', part: When, value: { how: date ? 'once' : 'yearly', month: month ?? 12, day: day ?? 31, date: date ?? '' } },
  ]
  const input = ({ name: said, when }) => ({ clientId: client.id, name: said, ...(when.how === 'once' ? { date: when.date } : { month: Number(when.month), day: Number(when.day) }) })
  return html`<${Sheet} title=${`${name || 'A day that matters'} of ${client.name}`} document="SetClientKeyDate" fields=${fields} input=${input} does="Keep" onDone=${one.again} onClose=${onClose} />`
}

export function KeyDates({ client }) {
  const soonestFirst = [...client.keyDates].sort((one, other) => (one.nextDate ?? '9').localeCompare(other.nextDate ?? '9'))
  const rows = (change) => soonestFirst.map((keyDate) => {
    const { id, name, month, day, date, nextDate } = keyDate
    return html`<${Line} key=${id} name=${name} what=${name} removal="RemoveClientKeyDate" input=${{ id }} onChange=${() => change(keyDate)}>${month ? html`${yearly(month, day)} <span class="quiet">each year, next <${Due} date=${nextDate} /></span>` : html`<${Day} date=${date} />${!nextDate && html` <span class="quiet">past</span>`}`}<//>`
  })
  const add = (say) => html`<${Add} onClick=${() => say({})}>Add a day<//>`
  return html`<${Panel} title="Key dates" none="Its year-end, the ends of its tax periods: days that work hangs on." add=${add} rows=${rows} sheet=${(given, close) => html`<${KeyDateSheet} client=${client} given=${given} onClose=${close} />`} />`
}
