// A chart's frame: the question it answers, what its colours mean, and the table behind it.
import { useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

export const Legend = ({ series }) => html`<ul class="legend">${series.map(({ name, tone, kind = 'area' }) => html`<li key=${name}><span class="swatch" data-tone=${tone} data-kind=${kind} aria-hidden="true"></span>${name}</li>`)}</ul>`

/** `table` is { head, rows, foot }: words, the first of a row being its name. */
export function Figure({ title, answer, series, table, children }) {
  const [open, setOpen] = useState(false)
  const id = `table-${title.replace(/\W+/g, '-').toLowerCase()}`
  return html`<section class="panel figure" aria-label=${title}>
    <header><h2>${title}</h2><p class="figure-answer">${answer}</p></header>
    ${series && html`<${Legend} series=${series} />`}
    ${children}
    <button type="button" class="link figure-more" aria-expanded=${open} aria-controls=${id} onClick=${() => setOpen(!open)}><${Icon} name=${open ? 'up' : 'chevron'} size=${12} />${open ? 'Hide the table' : 'Show the table'}</button>
    <div id=${id} class="figure-table" hidden=${!open} tabindex="0" role="region" aria-label=${`${title} As a table`}>${open && html`<${Table} ...${table} />`}</div>
  </section>`
}

function Table({ head, rows, foot }) {
  return html`<table class="table">
    <thead><tr>${head.map((name, n) => html`<th scope="col" class=${n ? 'number' : ''} key=${name}>${name}</th>`)}</tr></thead>
    <tbody>${rows.map(([name, ...cells]) => html`<tr key=${name}><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`)}</tbody>
    ${foot && html`<tfoot>${foot.map(([name, ...cells]) => html`<tr key=${name}><th scope="row">${name}</th>${cells.map((cell) => html`<td class="number">${cell}</td>`)}</tr>`)}</tfoot>`}
  </table>`
}
