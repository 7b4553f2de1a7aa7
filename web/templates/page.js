// How the firm does its services: all templates, or one of them, as the address says.
import { useState } from 'preact/hooks'
import { address } from '../desk/address.js'
import { may } from '../desk/session.js'
import { list } from '../desk/templates.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Link } from '../parts/link.js'
import { Room } from '../parts/room.js'
import { Beginning } from './beginning.js'
import { TemplateRoom } from './template.js'

function Row({ template }) {
  const { lastVersion: last, publishedVersion: published } = template
  return html`<tr><td><${Link} class="row-link" to=${{ template: template.id }}><b>${template.name}</b><//></td>
    <td class="wide">${template.service.name}</td>
    <td class="number wide">${last.steps.length}</td>
    <td>${published ? html`<span class="badge" data-tone="good">Version ${published.number}</span>` : html`<span class="badge">Not published</span>`}
      ${!last.publishedAt && published && html` <span class="badge" data-tone="waiting">Draft ${last.number}</span>`}</td>
    <td class="wide">${published && html`<time datetime=${published.publishedAt} title=${exactMoment(published.publishedAt)}>${agoWords(published.publishedAt, minute.value)}</time>`}</td></tr>`
}

function TemplateList() {
  const [beginning, setBeginning] = useState(false)
  return html`<${Room} snapshot=${list} label="The templates">${({ templates }) => html`
    <header class="room-head"><h1>Templates</h1>
      ${may('MANAGE_WORK') && html`<button type="button" class="button button-strong" onClick=${() => setBeginning(true)}><${Icon} name="plus" size=${14} />New template</button>`}</header>
    ${templates.length ? html`<div class="table-frame"><table class="table">
      <thead><tr><th scope="col">Template</th><th scope="col" class="wide">Service</th><th scope="col" class="number wide">Steps</th><th scope="col">Applied now</th><th scope="col" class="wide">Published</th></tr></thead>
      <tbody>${templates.map((template) => html`<${Row} key=${template.id} template=${template} />`)}</tbody></table></div>`
    : html`<div class="empty"><h2>No template yet</h2><p>A template is how the firm does a service: its steps, who does them and by when. Begin the first, and apply it to one client after the other.</p></div>`}
    ${beginning && html`<${Beginning} onClose=${() => setBeginning(false)} />`}`}<//>`
}

export const TemplatesPage = () => (address.value.template ? html`<${TemplateRoom} />` : html`<${TemplateList} />`)
