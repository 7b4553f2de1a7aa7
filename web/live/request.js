// One GraphQL request over HTTP, and the three ways in which it can end without data.
import { documentOf } from './documents.js'

/** Nobody answered, or only a gateway did: what was asked may still be asked again. */
export class Unreachable extends Error {}

/** The session is over: only signing in again helps. */
export class SignedOut extends Error {}

/** The server answered that it will not or cannot; `reference` finds the case in its log. */
export class Refused extends Error {
  constructor({ message, extensions = {} }) {
    super(message)
    this.code = extensions.code ?? 'UNKNOWN'
    this.reference = extensions.requestId ?? null
    this.retryAfter = extensions.retryAfterMs ?? null
  }
}

const BUSY = new Set([429, 502, 503, 504])
const PATIENCE = 15_000

/** The data of the document called `name`, asked at a door. Throws Unreachable, SignedOut or Refused. */
export async function ask(name, variables = {}, door = '/graphql') {
  let answer
  let body
  try {
    answer = await fetch(door, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', 'x-openpractice': '1' },
      body: JSON.stringify({ query: documentOf(name), operationName: name, variables }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (BUSY.has(answer.status)) throw new Unreachable(`the server said ${answer.status}`)
    if (answer.status === 401) throw new SignedOut('the session is over')
    body = await answer.json()
  } catch (problem) {
    if (problem instanceof Unreachable || problem instanceof SignedOut) throw problem
    throw new Unreachable(problem.message)
  }
  const first = body.errors?.[0]
  if (first?.extensions?.code === 'UNAUTHENTICATED') throw new SignedOut(first.message)
  // A mutation that failed unexpectedly answers null in its one field.
  if (first && Object.values(body.data ?? {}).every((value) => value === null)) throw new Refused(first)
  return body.data
}
