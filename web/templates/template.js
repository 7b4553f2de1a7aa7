// One template: its versions, its steps, and what is done with it.
import { useState } from 'preact/hooks'
import { address, goTo } from '../desk/address.js'
import { may } from '../desk/session.js'
import { offsetWords, one, ROLES, versionWords } from '../desk/templates.js'
import { say } from '../desk/toasts.js'
import { waitWords } from '../desk/wait-words.js'
import { hours } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Link } from '../parts/link.js'
import { Room } from '../parts/room.js'
import { useVerb } from '../parts/verb.js'
import { Apply } from './apply.js'
import { Editor } from './editor.js'

function Step({ step, steps }) {
  const waits = step.dependencies.map((link) => waitWords({ ...link, name: steps[link.step - 1].title }))
  return html`<li class="template-step"><span class="step-number">${step.number}</span>
    <div><b>${step.title}</b>${waits.length > 0 && html`<span class="step-blocked"><${Icon} name="lock" size=${12} />${waits.join('; ')}</span>`}
      ${step.notes && html`<p class="step-notes">${step.notes}</p>`}</div>
    <span>${offsetWords(step.due)}</span><span>${step.role ? ROLES[step.role] : 'Nobody’s part'}</span><span class="numbers">${step.estimateSeconds ? `${hours(step.estimateSeconds)} h` : ''}</span></li>`
}

function Steps({ version, published }) {
  const total = version.steps.reduce((sum, step) => sum + Number(step.estimateSeconds ?? 0), 0)
  return html`<section class="panel" aria-label="Steps"><h2>${versionWords(version)}<small>${version.steps.length} steps${total ? `, ${hours(total)} h` : ''}</small></h2>
    ${version.steps.length ? html`<ol class="template-steps" role="list">${version.steps.map((step) => html`<${Step} key=${step.id} step=${step} steps=${version.steps} />`)}</ol>` : html`<p class="panel-none">No steps yet. Edit them, then publish: ${published ? `until then version ${published.number} is applied` : 'only then can it be applied'}.</p>`}</section>`
}

function Publish({ template }) {
  const { send, sending, errors } = useVerb('PublishTemplate')
  const publish = async () => { if (await send({ id: template.id })) { say(`Version ${template.lastVersion.number} is what is applied now`); one.again() } }
  return html`<button type="button" class="button" disabled=${sending} title="From then on it is what is applied, and never changes" onClick=${publish}>Publish version ${template.lastVersion.number}</button>
    ${errors.map((error) => html`<span class="form-wrong" role="alert" key=${error.message}>${error.message}</span>`)}`
}

function Versions({ template, shown }) {
  const items = template.versions.toReversed().map((version) => ({ id: String(version.number), title: versionWords(version), detail: version.id === template.publishedVersion?.id ? 'applied now' : '', chosen: version.id === shown.id }))
  return html`<${Choice} class="chip chip-set" label="Version" items=${items} onPick=${(item) => goTo({ version: item.id })}><span class="visually-hidden">Shown: </span><span>${versionWords(shown)}</span><${Icon} name="chevron" size=${12} /><//>`
}

function Content({ template }) {
  const [doing, setDoing] = useState('')
  const { versions, lastVersion: last, publishedVersion: published } = template
  const shown = versions.find((version) => String(version.number) === address.value.version) ?? versions.at(-1)
  const done = () => { setDoing(''); goTo({ version: '' }); one.again() }
  return html`<header class="room-head"><div class="room-name"><${Link} class="room-back" to=${{ template: '', version: '' }}>Templates<//><h1>${template.name}</h1></div>
      ${doing !== 'edit' && html`<${Versions} template=${template} shown=${shown} />
      ${may('MANAGE_WORK') && html`<button type="button" class="button" onClick=${() => { goTo({ version: '' }); setDoing('edit') }}>Edit steps</button>${!last.publishedAt && html`<${Publish} template=${template} />`}`}
      ${may('EDIT_WORK') && published && html`<button type="button" class="button button-strong" onClick=${() => setDoing('apply')}>${shown.id === published.id ? 'Apply …' : `Apply version ${published.number} …`}</button>`}`}</header>
    <p class="room-lead template-lead">${template.service.name}. ${template.ownerRole ? `Its jobs are with the client’s ${ROLES[template.ownerRole].toLowerCase()}.` : 'Its jobs are with nobody until they are given to somebody.'}</p>
    ${doing === 'edit' ? html`<${Editor} template=${template} version=${versions.at(-1)} onDone=${done} onClose=${() => setDoing('')} />` : html`<${Steps} version=${shown} published=${published} />`}
    ${doing === 'apply' && html`<${Apply} template=${template} onClose=${() => setDoing('')} />`}`
}

const Gone = () => html`<div class="empty"><h2>This template is not here</h2><${Link} class="button button-strong" to=${{ template: '', version: '' }}>All templates<//></div>`

export function TemplateRoom() {
  return html`<${Room} snapshot=${one} label="The template">${({ template }) => (template ? html`<${Content} key=${template.id} template=${template} />` : html`<${Gone} />`)}<//>`
}
