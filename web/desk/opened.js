// What a drawer has opened, fetched whole.
import { ask } from '../live/request.js'
import { marksNow, take } from './stores.js'

const TRIES = 4

/**
 * From where its changes are followed; null where there is nothing to follow: it is not there, or
 * another one has been opened meanwhile. `kind` is what the document asks for, and how it is taken.
 */
export async function fetchOpened(kind, { document, id, open, condition }) {
  for (let tries = 1; ; tries += 1) {
    const marks = marksNow()
    const { [kind]: found, streamCursor } = await ask(document, { id })
    if (open.peek() !== id) return null
    condition.value = found ? 'ready' : 'missing'
    if (!found) return null
    // Not taken where a stream has told more meanwhile, and that need not be all that stands here.
    if (take[kind](found, marks) || tries === TRIES) return streamCursor
  }
}
