// Finding a client by what is typed, and those that may be the one that is about to be taken on.
import { ask } from '../live/request.js'
import { bestFirst } from './search.js'

/** Fetches the clients with these words in their name, as choices; `thing` is the client itself. */
export async function findClients(text) {
  const { clients } = await ask('Clients', { text })
  const found = clients.edges.map(({ node }) => ({ id: node.id, title: node.name, thing: node }))
  return bestFirst(text, found, (one) => one.title)
}

/** Those that may be the one of this name, then others with its words: [{ id, name, isSame }]. */
export async function findAlike(name) {
  const { possibleDuplicates, clients } = await ask('Alike', { name })
  const same = possibleDuplicates.map(({ client }) => client).filter(Boolean)
  const known = new Set(same.map(({ id }) => id))
  const others = clients.edges.map(({ node }) => node).filter(({ id }) => !known.has(id))
  return [...same.map((client) => ({ ...client, isSame: true })), ...others]
}

/** What is said of those that may be the one of this name before another is made; '' where none is. */
export async function doubtsAbout(name) {
  const same = (await findAlike(name).catch(() => [])).filter(({ isSame }) => isSame)
  if (!same.length) return ''
  const names = same.slice(0, 3).map((client) => `“${client.name}”`).join(', ')
  return `${names} ${same.length === 1 ? 'is' : 'are'} here already and may be the same client. Look there first, or add another.`
}
