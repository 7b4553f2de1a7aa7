// Finding a client by what is typed.
import { ask } from '../live/request.js'
import { bestFirst } from './search.js'

/** Fetches the clients with these words in their name, as choices; `thing` is the client itself. */
export async function findClients(text) {
  const { clients } = await ask('Clients', { text })
  const found = clients.edges.map(({ node }) => ({ id: node.id, title: node.name, thing: node }))
  return bestFirst(text, found, (one) => one.title)
}
