// Who is signed in, and the people and words of their firm.
import { computed, signal } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { hearTime, minute } from '../live/clock.js'
import { follow } from '../live/follow.js'
import { own, running, take, timers } from './stores.js'
import { view } from './view.js'

/** { member, firm, members, teams, services } once known. */
export const session = signal(null)

export const me = () => session.value?.member
export const isMe = (person) => Boolean(person) && person.id === session.value?.member.id

/** Whether this member's role grants it, anywhere in the firm. */
export const may = (permission) => Boolean(session.value?.permissions.includes(permission))

/** The team on whose board work added here stands, if that can be told: of the filter, or one's own. */
export function teamFor(ownerId) {
  const { team, scope } = view.peek()
  return team || (scope === 'my-teams' || ownerId === me().id ? me().teams[0]?.id : undefined)
}

/** The date of today where the firm is, as YYYY-MM-DD. */
export const today = computed(() => {
  const timeZone = session.value?.firm.timeZone
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(minute.value)
})

/** The date of a moment where the firm is, as YYYY-MM-DD. */
export const dateOf = (moment) => new Intl.DateTimeFormat('en-CA', { timeZone: session.value?.firm.timeZone }).format(new Date(moment))

/** The timer of the signed-in member, if one runs. */
export const myTimer = computed(() => running.value.find((timer) => isMe(timer.member)))

async function load() {
  const data = await ask('Session')
  hearTime(data.serverTime)
  const now = new Set(data.timers.map((timer) => timer.id))
  for (const timer of running.peek()) if (!now.has(timer.id)) timers.forget(timer.id)
  for (const timer of data.timers) take.timer(timer, { timers: timers.mark })
  if (data.viewer) {
    session.value = {
      ...data.viewer,
      members: data.members.edges.map((edge) => edge.node),
      teams: data.teams,
      services: data.services,
    }
  }
  return data
}

/** Fetches the session and follows the firm's timers. Answers whether somebody is signed in. */
export async function openSession() {
  const data = await load()
  if (!data.viewer) return false
  own.adopt(data.viewer.member.id)
  follow({
    document: 'TimerChanges',
    field: 'timerChanges',
    since: data.streamCursor,
    apply: (changes) => {
      for (const change of changes) {
        if (change.removed || !change.timer) timers.forget(change.id)
        else take.timer(change.timer)
      }
    },
    resync: async () => (await load()).streamCursor,
  })
  return true
}
