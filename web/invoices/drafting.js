// A draft from the time on a job that nobody was billed for yet.
import { useState } from 'preact/hooks'
import { goTo } from '../desk/address.js'
import { findJobs } from '../desk/jobs.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Sheet } from '../parts/sheet.js'

/** `job` is the one to bill, where that is known; else it is chosen here. */
export function Drafting({ job = null, onClose }) {
  const [chosen, setChosen] = useState(job && { id: job.id, title: `${job.client.name} · ${job.title}` })
  const input = () => {
    if (!chosen) throw new Error('Choose the job whose time is to be billed.')
    return { jobId: chosen.id }
  }
  const show = ({ invoice }) => (location.pathname === '/invoices' ? goTo({ invoice: invoice.id }) : location.assign(`/invoices?invoice=${invoice.id}`))
  return html`<${Sheet} title="Draft from unbilled time" document="DraftInvoice" input=${input} does="Draft the invoice" onDone=${show} onClose=${onClose}>
    <p>All billable time on the job that stands on no invoice becomes a draft: a line for each person, at their rate of that day. Nothing goes out, and everything can still be changed.</p>
    <div class="label">Job<${Choice} class="button form-choice" label="Job" find=${findJobs} onPick=${setChosen}><span>${chosen?.title ?? 'Choose a client’s job'}</span><${Icon} name="chevron" size=${12} /><//></div>
  <//>`
}
