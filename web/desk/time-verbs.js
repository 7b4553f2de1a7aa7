// What a person does with recorded time: shown at once, taken back with the reason when refused.
import { newId } from './ids.js'
import { entries, own } from './stores.js'
import { memberId, titleOf } from './timesheet.js'

/** Books time on a row of the sheet. */
export function logTime(row, day, seconds) {
  const id = newId('entry')
  const { job, client, activity } = row
  const on = job ? { jobId: job.id } : client ? { clientId: client.id } : { activity }
  const billing = client ? 'BILLABLE' : 'NON_BILLABLE'
  const patch = { id, version: 0, localDate: day, seconds, billing, note: '', activity, billed: false, invoice: null, task: null, job, client, member: { id: memberId.peek() } }
  return own.make({
    document: 'LogTime', field: 'logTime', tried: `book time on “${titleOf(row)}”`, about: id,
    input: { id, memberId: memberId.peek(), localDate: day, seconds, ...on },
    patches: [{ store: 'entries', id, patch }],
  })
}

/** Changes seconds, note or billing of an entry; `version` is the one in which it was looked at. */
export function changeTime(id, changes, version = entries.peek(id).version) {
  return own.make({
    document: 'UpdateTimeEntry', field: 'updateTimeEntry', tried: 'change this time', about: id,
    input: { id, ...changes, ...(version ? { expectedVersion: version } : {}) },
    patches: [{ store: 'entries', id, patch: changes }],
  })
}

export async function deleteTime(id) {
  const payload = await own.make({
    document: 'DeleteTimeEntry', field: 'deleteTimeEntry', input: { id }, tried: 'take this time back', about: id,
    patches: [{ store: 'entries', id, patch: null }],
  })
  if (payload) entries.forget(id)
}
