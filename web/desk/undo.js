// The last things this person did, newest last, each with its way back.
import { dismiss, say } from './toasts.js'

const LIMIT = 30
const done = []

/** Says what was done, with what the way back leaves as it is, and offers that way: by the message or by the keyboard. */
export function didSomething(text, undo, detail = '') {
  const entry = { undo }
  entry.toast = say(text, { detail, action: { title: 'Undo', run: () => back(entry) } })
  done.push(entry)
  if (done.length > LIMIT) done.shift()
}

function back(entry) {
  done.splice(done.indexOf(entry), 1)
  dismiss(entry.toast)
  entry.undo()
}

export function undoLast() {
  if (done.length) back(done.at(-1))
  else say('There is nothing to undo.')
}
