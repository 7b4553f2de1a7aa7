// The one socket of the page. graphql-ws speaks the protocol; who follows something asks again by
// itself after a break, from where it stopped, so nothing here repeats old questions.
import { computed, signal } from '@preact/signals-core'
import { createClient } from 'graphql-ws'

const ASK_AFTER = 10_000 // a silent line is asked whether it lives
const ANSWER_WITHIN = 5_000 // no answer: it is dead, whatever the network card believes
const LONGEST_PAUSE = 8_000
const HANDSHAKE_WITHIN = 8_000
const SESSION_OVER = [4401, 4403]
const SERVER_IS_FULL = 1013

const open = signal(false)
const opening = signal(true)

/** How many handshakes in a row came to nothing: where something on the way blocks sockets. */
export const unanswered = signal(0)

/** How many subscriptions go on over HTTP instead. */
export const streams = signal(0)

/** Followers that have heard nothing since the line came up. */
export const behind = signal(new Set())

/** Set when the session ends while the page is open. */
export const sessionOver = signal(false)

/** Set by whoever ends the session here: then its end is no surprise. */
export const leaving = signal(false)

/** How the page stands to the server: `live`, `catching up` or `offline`. */
export const line = computed(() => {
  if (!open.value && !streams.value) return opening.value ? 'catching up' : 'offline'
  return behind.value.size ? 'catching up' : 'live'
})

/** Counts the times the line came up: whoever waits for the server tries again then. */
export const arrivals = signal(0)

let pongDeadline
let handshakeDeadline

// A page of another door says so.
export const door = globalThis.document?.documentElement.dataset.door ?? '/graphql'

export const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${door}`

export const client = createClient({
  url: address,
  keepAlive: ASK_AFTER,
  connectionAckWaitTimeout: ANSWER_WITHIN,
  retryAttempts: 0,
  on: {
    connecting: () => { handshakeDeadline = setTimeout(() => client.terminate(), HANDSHAKE_WITHIN) },
    connected: () => {
      clearTimeout(handshakeDeadline)
      unanswered.value = 0
      open.value = true
      opening.value = false
      arrivals.value += 1
    },
    closed: (event) => {
      clearTimeout(handshakeDeadline)
      if (!open.peek() && ![...SESSION_OVER, SERVER_IS_FULL].includes(event?.code)) unanswered.value += 1
      open.value = false
      opening.value = false
      clearTimeout(pongDeadline)
      if (SESSION_OVER.includes(event?.code)) sessionOver.value = true
    },
    error: () => { opening.value = false },
    ping: (received) => {
      if (!received) pongDeadline = setTimeout(() => client.terminate(), ANSWER_WITHIN)
    },
    pong: (received) => { if (received) clearTimeout(pongDeadline) },
  },
})

let tries = 0
let waiting = null
let wake = () => {}

/** Waits until the next attempt is due: longer each time, never in step with other pages. */
export function nextTry() {
  const longest = Math.min(LONGEST_PAUSE, 250 * 2 ** tries)
  tries += 1
  waiting ??= new Promise((resolve) => {
    const timer = setTimeout(resolve, longest / 2 + Math.random() * (longest / 2))
    wake = () => { clearTimeout(timer); resolve() }
  }).then(() => { waiting = null })
  return waiting
}

/** Something was heard: the line works, the next break starts with a short pause again. */
export function lineWorks() {
  tries = 0
}

if (globalThis.window) {
  addEventListener('online', () => wake())
  addEventListener('offline', () => client.terminate())
  document.addEventListener('visibilitychange', () => { if (!document.hidden) wake() })
}
