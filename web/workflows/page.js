// The firm's workflows: the stages that work goes through, and what each asks of who enters it.
import { useState } from 'preact/hooks'
import { CATEGORY_ORDER } from '../desk/grouping.js'
import { may } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { workflows } from '../desk/workflows.js'
import { Editable } from '../parts/editable.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Room } from '../parts/room.js'
import { Sheet } from '../parts/sheet.js'
import { useVerb } from '../parts/verb.js'
import { Adding } from './adding.js'
import { Stage } from './stage.js'

const COLUMNS = ['Stage', 'Clients read', 'Work stands', 'Enter when']
/** What a workflow of one's own begins with; more stages are added to it. */
const FIRST = ['PLANNED', 'IN_PROGRESS', 'IN_REVIEW', 'DONE', 'CANCELLED']
const NAMES = { PLANNED: 'Planned', IN_PROGRESS: 'In progress', IN_REVIEW: 'In review', DONE: 'Done', CANCELLED: 'Cancelled' }

function usedBy(services) {
  if (!services.length) return 'No service follows it.'
  return `Followed by ${services.map(({ name }) => name).join(', ')}.`
}

function Workflow({ workflow, services, isDefault }) {
  const [adding, setAdding] = useState(false)
  const { send, errors } = useVerb('UpdateWorkflow')
  const mayChange = may('MANAGE_WORK')
  const rename = async (name, expectedVersion) => { if (await send({ id: workflow.id, name, expectedVersion })) workflows.again() }
  const title = mayChange ? html`<${Editable} class="workflow-name" value=${workflow.name} version=${workflow.version} label=${`Name of the workflow ${workflow.name}`} onSave=${rename} />` : workflow.name
  return html`<section class="panel" aria-label=${workflow.name}><h2>${title}${isDefault && html` <span class="badge">Default</span>`}
      ${mayChange && html`<button type="button" class="button" aria-label=${`Add a stage: ${workflow.name}`} onClick=${() => setAdding(true)}><${Icon} name="plus" size=${14} />Add a stage</button>`}</h2>
    <p class="panel-none">${usedBy(services)}</p>
    ${errors.map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)}
    <table class="stages"><thead><tr>${COLUMNS.map((name) => html`<th scope="col" key=${name}>${name}</th>`)}${mayChange && html`<th scope="col"><span class="visually-hidden">Acts</span></th>`}</tr></thead>
      <tbody>${workflow.stages.map((stage, number) => html`<${Stage} key=${stage.id} workflow=${workflow} stage=${stage} number=${number} mayChange=${mayChange} />`)}</tbody></table>
    ${adding && html`<${Adding} workflow=${workflow} categories=${CATEGORY_ORDER} onClose=${() => setAdding(false)} />`}</section>`
}

function Designing({ onClose }) {
  const fields = [{ name: 'name', label: 'What it is called', placeholder: 'Year end', maxlength: 100, required: true, autofocus: true }]
  const input = ({ name }) => ({ name, stages: FIRST.map((category) => ({ name: NAMES[category], category })) })
  return html`<${Sheet} title="New workflow" document="CreateWorkflow" fields=${fields} input=${input} does="Begin" onDone=${() => { say('The workflow is there'); workflows.again() }} onClose=${onClose}>
    <p>It begins with ${FIRST.map((category) => NAMES[category].toLowerCase()).join(', ')}: rename them, add more, and say what each asks for.</p><//>`
}

export function WorkflowsPage() {
  const [designing, setDesigning] = useState(false)
  return html`<${Room} snapshot=${workflows} label="The workflows">${({ workflows: all, services }) => html`
    <header class="room-head"><h1>Workflows</h1>
      ${may('MANAGE_WORK') && html`<button type="button" class="button button-strong" onClick=${() => setDesigning(true)}><${Icon} name="plus" size=${14} />New workflow</button>`}</header>
    ${all.map((workflow, number) => html`<${Workflow} key=${workflow.id} workflow=${workflow} isDefault=${number === 0} services=${services.filter((service) => service.workflow.id === workflow.id)} />`)}
    ${designing && html`<${Designing} onClose=${() => setDesigning(false)} />`}`}<//>`
}
