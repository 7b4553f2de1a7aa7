// What was refused is taken back in sight: the card shakes where it stands, the reason is said.
import { signal } from '@preact/signals-core'
import { beforeChanges } from './board.js'
import { askWhy } from './questions.js'
import { may } from './session.js'
import { own } from './stores.js'
import { say } from './toasts.js'
import { openThing } from './view.js'

const SHAKES_FOR = 700

/** Ids of cards whose last change was refused just now. */
export const refused = signal(new Set())

const FALLBACK = 'Something went wrong on the server. Nothing was changed; what you see is what is stored.'

/** What can be done about it: a manager need not wait. */
function actionOf(change, codes) {
  if (codes.has('BLOCKED') && may('MANAGE_WORK')) return { title: 'Do it all the same …', run: () => askWhy(change) }
  if (!/^(job|task)_/.test(change.about)) return null
  return { title: codes.has('REVIEWER_NEEDED') ? 'Choose' : 'Open', run: () => openThing(change.about) }
}

export function tellRefusals() {
  own.onRefused = (change, errors) => {
    const reasons = errors.map((error) => (error.code === 'INTERNAL' ? FALLBACK : error.message)).join(' ')
    const reference = errors.find((error) => error.reference)?.reference
    say(`Could not ${change.tried}`, {
      tone: 'refused',
      detail: reference ? `${reasons} (Reference ${reference})` : reasons,
      action: actionOf(change, new Set(errors.map((error) => error.code))),
    })
    refused.value = new Set([...refused.peek(), change.about])
    setTimeout(() => {
      const rest = new Set(refused.peek())
      rest.delete(change.about)
      refused.value = rest
    }, SHAKES_FOR)
  }
  own.onShowing = () => { for (const capture of beforeChanges) capture() }
}
