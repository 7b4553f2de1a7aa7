// Short messages at the edge: what was done (and can be undone), what was refused and why.
import { signal } from '@preact/signals-core'

const STAYS = { done: 6_000, refused: 12_000 }
let number = 0

export const toasts = signal([])

export function dismiss(id) {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

/** `tone` is done or refused; `action` is { title, run }. */
export function say(text, { tone = 'done', detail = '', action = null } = {}) {
  const id = (number += 1)
  toasts.value = [...toasts.value.slice(-2), { id, text, tone, detail, action }]
  setTimeout(() => dismiss(id), STAYS[tone])
  return id
}

/** For screen readers only: what moves where. */
export const announcement = signal('')
export const announce = (text) => { announcement.value = text }
