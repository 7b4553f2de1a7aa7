// One client: who it is and who is behind it, and what is done for it.
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'

const GATHERS_FOR = 1_000 // others' jobs change all day, and each may be this client's

export const clientOfPage = /^\/clients\/([^/]+)$/.exec(location.pathname)?.[1] ?? ''

export const one = new Snapshot((variables) => ask('ClientPage', variables), [
  'client', 'client_role', 'client_contact', 'contact', 'portal_access', 'client_relation', 'engagement',
  'engagement_service', 'recurrence', 'client_tax_id', 'client_address', 'client_key_date', 'external_id', 'template', 'member', 'invoice', 'payment', 'credit_note',
])
/** Apart from who it is, for it changes more often. */
export const work = new Snapshot((variables) => ask('ClientWork', variables), [
  'client', 'job', 'task', 'waiting', 'review', 'request', 'request_item', 'document',
], { gathersFor: GATHERS_FOR })

/** Shows at once what the answer to an act of one's own says of the client. */
export function heard(client) {
  const shown = one.data.peek()
  if (shown?.client?.id === client.id && client.version >= shown.client.version) one.data.value = { ...shown, client: { ...shown.client, ...client } }
  one.again()
}

export function keepClient() {
  one.open({ id: clientOfPage })
  work.open({ id: clientOfPage })
}
