// A link within a page: the address changes, the page stays; with a key held it is any other link.
import { address, addressWith, goTo } from '../desk/address.js'
import { html } from './html.js'

export function Link({ to, children, ...rest }) {
  const follow = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
    event.preventDefault()
    goTo(to)
  }
  return html`<a ...${rest} href=${addressWith({ ...address.value, ...to })} onClick=${follow}>${children}</a>`
}
