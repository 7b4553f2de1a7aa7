// What a page that is not the board looks at: the words of its address, so a link shows the same.
import { signal } from '@preact/signals-core'

const read = () => Object.fromEntries(new URLSearchParams(location.search))

export const address = signal(read())

/** The address with these words; what is empty is left out. */
export function addressWith(words) {
  const told = Object.entries(words).filter(([, word]) => word)
  return location.pathname + (told.length ? `?${new URLSearchParams(told)}` : '')
}

/**
 * Looks at something else: `changes` are laid over what the address says now. Typing in a field
 * replaces it instead of piling up steps.
 */
export function goTo(changes, { replace = false } = {}) {
  const next = addressWith({ ...address.peek(), ...changes })
  if (next === location.pathname + location.search) return
  history[replace ? 'replaceState' : 'pushState'](null, '', next)
  address.value = read()
}

addEventListener('popstate', () => { address.value = read() })
