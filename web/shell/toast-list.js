// The messages at the edge. A refusal interrupts a screen reader; the rest waits its turn.
import { dismiss, toasts } from '../desk/toasts.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

export function ToastList() {
  return html`<div class="toasts" aria-label="Messages" role="region">
    ${toasts.value.map((toast) => html`<div class="toast" key=${toast.id} data-tone=${toast.tone} role=${toast.tone === 'refused' ? 'alert' : 'status'}>
      <div class="toast-words"><p>${toast.text}</p>${toast.detail && html`<p class="toast-detail">${toast.detail}</p>`}</div>
      ${toast.action && html`<button type="button" class="toast-action" onClick=${() => { dismiss(toast.id); toast.action.run() }}>${toast.action.title}</button>`}
      <button type="button" class="toast-close" aria-label="Dismiss" onClick=${() => dismiss(toast.id)}><${Icon} name="close" size=${13} /></button>
    </div>`)}
  </div>`
}
