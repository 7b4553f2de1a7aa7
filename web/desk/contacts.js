// The people behind a client.

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
