// A button for what cannot be undone: the first press asks, the second does it.
import { useState } from 'preact/hooks'
import { html } from './html.js'

export function Sure({ ask, onSure, class: className = 'button', children, ...rest }) {
  const [asking, setAsking] = useState(false)
  const press = () => (asking ? onSure() : setAsking(true))
  return html`<button type="button" ...${rest} class=${className} data-asking=${asking} onClick=${press} onBlur=${() => setAsking(false)}>
    ${asking ? ask : children}
  </button>`
}
