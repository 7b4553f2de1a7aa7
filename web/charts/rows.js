// A row for each name: one bar of parts, as long as its amount, and where to look further.
import { html } from '../parts/html.js'

/** `rows` are { key, name, href, parts: [{ value, tone, words }], total, words }. */
export function Rows({ rows }) {
  const most = Math.max(...rows.map((row) => row.total), 0) || 1
  return html`<ul class="rows">${rows.map((row) => html`<li key=${row.key}><${Name} ...${row} /><${Bar} parts=${row.parts} most=${most} /><span class="rows-total">${row.words}</span></li>`)}</ul>`
}

const Name = ({ name, href }) => (href ? html`<a class="rows-name" href=${href}>${name}</a>` : html`<span class="rows-name">${name}</span>`)

function Bar({ parts, most }) {
  let at = 0
  return html`<svg class="rows-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=${parts.map((part) => part.words).join(', ')}>
    ${parts.map(({ value, tone, words }) => {
      const x = at
      at += (value / most) * 1000
      return html`<rect key=${tone} class="bar" data-tone=${tone} x=${x} y="0" width=${Math.max(0, at - x)} height="10"><title>${words}</title></rect>`
    })}</svg>`
}
