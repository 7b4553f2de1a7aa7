// A template begins with a name and a service; its steps are written on its own page.
import { useState } from 'preact/hooks'
import { goTo } from '../desk/address.js'
import { session } from '../desk/session.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'

export function Beginning({ onClose }) {
  const [service, setService] = useState(null)
  const services = session.value.services.map(({ id, name }) => ({ id, title: name, chosen: id === service?.id }))
  const fields = [{ name: 'name', label: 'Name: its jobs are called by it', placeholder: 'Monthly books', maxlength: 100, required: true, autofocus: true }]
  const input = ({ name }) => {
    if (!service) throw new Error('Choose the service that it is for.')
    return { name, serviceId: service.id, steps: [] }
  }
  return html`<${Sheet} title="New template" document="CreateTemplate" fields=${fields} input=${input} does="Begin" onDone=${({ template }) => goTo({ template: template.id })} onClose=${onClose}>
    <div class="label">Service<${Choice} class="button form-choice" label="Service" items=${services} onPick=${setService}><span>${service?.title ?? 'Which service?'}</span><${Icon} name="chevron" size=${12} /><//></div>
  <//>`
}
