// What has to be asked after a card was put down: a job that waits says what for.
import { signal } from '@preact/signals-core'
import { startWaiting } from './job-verbs.js'
import { jobs } from './stores.js'

/** { title, placeholder, answer } or null. */
export const question = signal(null)

/** Asks what the job waits for; without an answer the stage's own words stay. */
export function askWhat(id, whom) {
  const job = jobs.peek(id)
  if (job.waiting?.whom === whom) return
  question.value = {
    title: whom === 'CLIENT' ? `What does ${job.client.name} have to send or do?` : 'What does the job wait for?',
    placeholder: whom === 'CLIENT' ? 'Bank statements for October' : 'The agent code',
    answer: (what) => startWaiting(id, whom, what),
  }
}
