// The server's clock is the only one that counts: timers tick by it, whatever this machine believes.
import { signal } from '@preact/signals-core'

let ahead = 0
let known = false

/** Milliseconds since the epoch on the server. */
export const serverNow = () => Date.now() + ahead

/** Takes the server's word for what time it is. A late answer can only make it look slow. */
export function hearTime(serverTime) {
  const measured = Date.parse(serverTime) - Date.now()
  if (!known || measured > ahead || ahead - measured > 5_000) ahead = measured
  known = true
}

/** Change every second and every minute; what reads them is drawn anew. */
export const second = signal(serverNow())
export const minute = signal(serverNow())

export function startClock() {
  setInterval(() => { second.value = serverNow() }, 1_000)
  setInterval(() => { minute.value = serverNow() }, 30_000)
}
