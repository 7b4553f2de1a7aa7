// What the page of a job shows beyond the job itself: what was asked for and of whom, files, time,
// invoices.
import { effect } from '@preact/signals-core'
import { Snapshot } from '../live/snapshot.js'
import { ask } from '../live/request.js'
import { keepJob } from './job.js'
import { may, session } from './session.js'
import { say } from './toasts.js'
import { jobOfPage } from './view.js'

export const around = new Snapshot((variables) => ask('JobPage', variables), ['request', 'request_item', 'document', 'time_entry', 'invoice_line_time', 'rate'])
export const billing = new Snapshot((variables) => ask('JobInvoices', variables), ['invoice', 'invoice_line', 'payment', 'credit_note'])

/** The people behind the job's client; asked for once somebody wants to know who would be told. */
export const contacts = new Snapshot((variables) => ask('JobContacts', variables), ['contact', 'client_contact', 'portal_access'])

export const lookUpContacts = () => contacts.open({ id: jobOfPage })

/** Each of them once, with all their roles; whoever may come into the portal first. */
export function peopleBehind({ id, contacts: parts }) {
  const found = new Map()
  for (const { role, contact } of parts) {
    const roles = [...(found.get(contact.id)?.roles ?? []), role]
    const isIn = contact.portalAccess.some(({ client }) => client.id === id)
    found.set(contact.id, { ...contact, roles, isIn, isTold: isIn && Boolean(contact.email) })
  }
  return [...found.values()].sort((one, other) => other.isIn - one.isIn || one.name.localeCompare(other.name))
}

export function keepJobPage() {
  keepJob()
  around.open({ id: jobOfPage })
  let opened = false
  effect(() => {
    if (opened || !session.value || !may('READ_BILLING')) return
    opened = true
    billing.open({ id: jobOfPage })
  })
}

/** Fetches a file: its link holds for a minute, so it is asked for when it is wanted. */
export async function download(document) {
  const answer = await ask('DownloadLink', { documentId: document.id }).catch(() => null)
  if (answer?.downloadLink) location.assign(answer.downloadLink.url)
  else say(`“${document.name}” cannot be fetched now`, { tone: 'refused', detail: 'It is looked at first, or the file store does not answer. Try again in a moment.' })
}
