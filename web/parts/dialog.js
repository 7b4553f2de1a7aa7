// A modal dialog of the platform's own: it keeps the focus inside and gives it back.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { html } from './html.js'

export function Dialog({ label, class: className = '', onClose, children }) {
  const element = useRef()
  useLayoutEffect(() => {
    const dialog = element.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  const onClick = (event) => { if (event.target === element.current) onClose() }
  return html`<dialog class=${className} aria-label=${label} ref=${element} onClick=${onClick}
    onCancel=${(event) => { event.preventDefault(); onClose() }}>${children}</dialog>`
}
