// A field of a form that takes one of a few words.
import { html } from './html.js'

/** `options` are titles by what is sent. */
export const Pick = ({ label, value, options, onInput }) => html`<label>${label}<select value=${value} onChange=${(event) => onInput(event.target.value)}>${Object.entries(options).map(([id, title]) => html`<option key=${id} value=${id}>${title}</option>`)}</select></label>`
