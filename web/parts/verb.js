// A verb that waits for its answer: what is refused is said where it was asked.
import { useRef, useState } from 'preact/hooks'
import { ask, SignedOut } from '../live/request.js'
import { sessionOver } from '../live/socket.js'

// Its first sending did come through, under the key that this one has.
const ARRIVED = 'What you sent before has arrived after all. See what came of it before you send anything else.'
const inWords = (error) => (error.code === 'IDEMPOTENCY_MISMATCH' ? { ...error, message: ARRIVED } : error)

/**
 * { sending, errors, send(input) } for one mutation; `send` resolves with the payload, or with null
 * when it was refused. Sent again because nobody answered, it is done once.
 */
export function useVerb(document) {
  const [state, setState] = useState({ sending: false, errors: [] })
  const key = useRef(crypto.randomUUID())
  const send = async (input) => {
    setState({ sending: true, errors: [] })
    try {
      const payload = Object.values(await ask(document, { input: { ...input, idempotencyKey: key.current } }))[0]
      key.current = crypto.randomUUID()
      setState({ sending: false, errors: payload.errors.map(inWords) })
      return payload.errors.length ? null : payload
    } catch (problem) {
      if (problem instanceof SignedOut) sessionOver.value = true
      if (problem.code) key.current = crypto.randomUUID()
      const message = problem.code ? problem.message : 'The server does not answer. Nothing is lost: try again.'
      setState({ sending: false, errors: [{ message, path: [] }] })
      return null
    }
  }
  return { ...state, send }
}
