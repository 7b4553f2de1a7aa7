// What the page of a job shows beyond the job itself: its steps in time, what was asked for and of
// whom, files, hours, invoices.
import { effect } from '@preact/signals-core'
import { Snapshot } from '../live/snapshot.js'
import { ask } from '../live/request.js'
import { keepJob } from './job.js'
import { may, session } from './session.js'
import { jobOfPage } from './view.js'

export const around = new Snapshot((variables) => ask('JobPage', variables), ['request', 'request_item', 'document', 'time_entry', 'invoice_line_time', 'rate'])
export const billing = new Snapshot((variables) => ask('JobInvoices', variables), ['invoice', 'invoice_line', 'payment', 'credit_note'])

/** When its steps can be worked on, and what must not slip. */
export const schedule = new Snapshot((variables) => ask('JobSchedule', variables), ['job', 'task', 'dependency', 'firm'])

/** The people behind the job's client; asked for once somebody wants to know who would be told. */
export const contacts = new Snapshot((variables) => ask('JobContacts', variables), ['contact', 'client_contact', 'portal_access'])

export const lookUpContacts = () => contacts.open({ id: jobOfPage })

export function keepJobPage() {
  keepJob()
  around.open({ id: jobOfPage })
  schedule.open({ id: jobOfPage })
  let opened = false
  effect(() => {
    if (opened || !session.value || !may('READ_BILLING')) return
    opened = true
    billing.open({ id: jobOfPage })
  })
}
