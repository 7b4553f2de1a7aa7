// The people behind a client.
import { ask } from '../live/request.js'

/** Fetches the people whose name begins so, as choices; `thing` is the person. */
export async function findContacts(text) {
  const { contacts } = await ask('Contacts', { text })
  return contacts.edges.map(({ node }) => ({ id: node.id, title: node.name, detail: node.email ?? '', thing: node }))
}

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
