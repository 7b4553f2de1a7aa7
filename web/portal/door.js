// The portal's door: one request, and the ways in which it is told that it did not go through.
import { ask, SignedOut, Unreachable } from '../live/request.js'

const PORTAL = '/portal/graphql'

export const leave = () => location.assign('/portal/sign-in')

export const asked = (name, variables = {}) => ask(name, variables, PORTAL)

/** Does a mutation and gives its payload. Throws what stood against it, in words. */
export async function done(name, input) {
  const [payload] = Object.values(await asked(name, { input }))
  if (payload.errors.length) throw new Error(payload.errors.map((error) => error.message).join(' '))
  return payload
}

/** What to say of a failure; whoever is signed out is taken to the door. */
export function wordsFor(trouble) {
  if (trouble instanceof SignedOut) { leave(); return '' }
  return trouble instanceof Unreachable ? 'That did not go through. Try again in a moment.' : trouble.message
}
