// A part of the page that may fail alone: it says so, and the rest goes on.
import { useErrorBoundary } from 'preact/hooks'
import { html } from './html.js'

export function Guarded({ children }) {
  const [problem] = useErrorBoundary((thrown) => console.error(thrown))
  if (!problem) return children
  return html`<div class="empty" role="alert"><h2>This part of the page failed</h2>
    <p>That is a fault of the page, not of your work: what is stored is as it was. Load the page again; if the fault stays, tell us what you see: ${problem.message}.</p>
    <button type="button" class="button button-strong" onClick=${() => location.reload()}>Load again</button></div>`
}
