// What is said to a client about a job, and that what they said was read.
import { serverNow } from '../live/clock.js'
import { newId } from './ids.js'
import { me } from './session.js'
import { own } from './stores.js'

const act = (document, field, job, input, messages, tried) => own.make({
  document, field, input, tried, about: job.id, patches: [{ store: 'jobs', id: job.id, patch: { messages } }],
})

const moment = () => new Date(serverNow()).toISOString()

export function sendMessage(job, body) {
  const message = { id: newId('message'), body, author: me().name, member: me(), createdAt: moment(), readAt: null }
  const input = { id: message.id, clientId: job.client.id, jobId: job.id, body }
  return act('SendMessage', 'sendMessage', job, input, [...job.messages, message], `write to ${job.client.name}`)
}

export function readMessages(job) {
  const unread = job.messages.filter((one) => !one.member && !one.readAt)
  if (!unread.length) return null
  const readAt = moment()
  const messages = job.messages.map((one) => (unread.includes(one) ? { ...one, readAt } : one))
  return act('ReadMessage', 'readMessage', job, { id: unread.at(-1).id }, messages, 'mark the messages as read')
}
