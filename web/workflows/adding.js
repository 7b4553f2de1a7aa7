// A further stage of a workflow: what it is called, where work at it stands, and after which one.
import { categoryTitle } from '../desk/grouping.js'
import { say } from '../desk/toasts.js'
import { workflows } from '../desk/workflows.js'
import { html } from '../parts/html.js'
import { Sheet } from '../parts/sheet.js'

/** One of a few, from a list of the platform's own. */
export function Select({ label, value, options, onInput, errors = [] }) {
  return html`<label>${label}<select value=${value} onChange=${(event) => onInput(event.target.value)}>
      ${options.map(({ id, title }) => html`<option key=${id} value=${id}>${title}</option>`)}</select>
    ${errors.map((error) => html`<span class="form-wrong" role="alert" key=${error.message}>${error.message}</span>`)}</label>`
}

export function Adding({ workflow, categories, onClose }) {
  const last = workflow.stages.findLast(({ category }) => category !== 'DONE' && category !== 'CANCELLED') ?? workflow.stages.at(-1)
  const fields = [
    { name: 'name', label: 'What it is called', placeholder: 'Filing', maxlength: 100, required: true, autofocus: true },
    { name: 'clientFacingName', label: 'What clients read, if something else', maxlength: 100 },
    { name: 'category', label: 'Where work at it stands, for good', part: Select, value: 'IN_PROGRESS', options: categories.map((id) => ({ id, title: categoryTitle(id) })) },
    { name: 'afterId', label: 'It comes after', part: Select, value: last.id, options: workflow.stages.map(({ id, name }) => ({ id, title: name })) },
  ]
  const input = ({ clientFacingName, ...said }) => ({ workflowId: workflow.id, ...said, ...(clientFacingName.trim() && { clientFacingName }) })
  return html`<${Sheet} title=${`A stage for ${workflow.name}`} document="AddStage" fields=${fields} input=${input} does="Add it" onDone=${() => { say('The stage is there'); workflows.again() }} onClose=${onClose} />`
}
