// One stage: renamed, here and before clients, its gates set, put up or down, taken out of use.
import { useState } from 'preact/hooks'
import { categoryTitle } from '../desk/grouping.js'
import { say } from '../desk/toasts.js'
import { GATES, placesFor, workflows } from '../desk/workflows.js'
import { Editable } from '../parts/editable.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'
import { useVerb } from '../parts/verb.js'
import { Select } from './adding.js'

function Retiring({ workflow, stage, onClose }) {
  const places = placesFor(workflow, stage)
  const fields = places.length ? [{
    name: 'moveJobsToId', label: 'The work that is at it goes to', part: Select, value: '',
    options: [{ id: '', title: 'Nothing is at it' }, ...places.map(({ id, name }) => ({ id, title: name }))],
  }] : []
  const input = ({ moveJobsToId }) => ({ id: stage.id, moveJobsToId: moveJobsToId || null })
  return html`<${Sheet} title=${`Use “${stage.name}” no more`} document="RetireStage" fields=${fields} input=${input} does="Take it out of use" onDone=${() => { say(`“${stage.name}” is not used any more`); workflows.again() }} onClose=${onClose}>
    <p>No work comes to it any more. What is over by now stays at it, and reads as it does.</p><//>`
}

function Gates({ stage, mayChange, onSet }) {
  const set = GATES.filter(({ name }) => stage[name])
  if (!mayChange) return set.length ? set.map(({ title }) => title).join(', ') : 'Whenever'
  return html`<fieldset class="gates"><legend class="visually-hidden">What ${stage.name} asks for</legend>${GATES.map(({ name, title }) => html`<label class="gate" key=${name}>
    <input type="checkbox" checked=${stage[name]} onChange=${(event) => onSet({ [name]: event.target.checked })} />${title}</label>`)}</fieldset>`
}

function Acts({ workflow, stage, number, onMove }) {
  const [retiring, setRetiring] = useState(false)
  const { stages } = workflow
  const act = (icon, words, disabled, onClick) => html`<button type="button" class="button button-icon" aria-label=${`${words}: ${stage.name}`} title=${words} disabled=${disabled} onClick=${onClick}><${Icon} name=${icon} size=${14} /></button>`
  return html`<td class="stage-acts">
    ${act('up', 'Move up', number === 0, () => onMove({ beforeId: stages[number - 1].id }))}
    ${act('down', 'Move down', number === stages.length - 1, () => onMove({ afterId: stages[number + 1].id }))}
    ${act('trash', 'Use no more', false, () => setRetiring(true))}
    ${retiring && html`<${Retiring} workflow=${workflow} stage=${stage} onClose=${() => setRetiring(false)} />`}</td>`
}

export function Stage({ workflow, stage, number, mayChange }) {
  const update = useVerb('UpdateStage')
  const move = useVerb('MoveStage')
  // What was set stays so while it is on its way.
  const [asked, setAsked] = useState({})
  const change = async (changes) => {
    setAsked(changes)
    if (await update.send({ id: stage.id, ...changes })) await workflows.again()
    setAsked({})
  }
  const put = async (place) => { if (await move.send({ id: stage.id, ...place })) workflows.again() }
  const words = (field, label) => (mayChange
    ? html`<${Editable} class="stage-words" value=${stage[field]} version=${stage.version} label=${label} onSave=${(text, expectedVersion) => change({ [field]: text, expectedVersion })} />`
    : stage[field])
  return html`<tr><th scope="row">${words('name', `Name of the stage ${stage.name}`)}
      ${[...update.errors, ...move.errors].map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)}</th>
    <td data-label="Clients read">${words('clientFacingName', `What clients read at ${stage.name}`)}</td>
    <td data-label="Work stands"><span class="stage-category"><${Glyph} category=${stage.category} size=${14} />${categoryTitle(stage.category)}</span></td>
    <td data-label="Enter when"><${Gates} stage=${{ ...stage, ...asked }} mayChange=${mayChange} onSet=${change} /></td>
    ${mayChange && html`<${Acts} workflow=${workflow} stage=${stage} number=${number} onMove=${put} />`}</tr>`
}
