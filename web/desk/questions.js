// What has to be asked after a card was put down: a job that waits says what for.
import { signal } from '@preact/signals-core'
import { startWaiting } from './job-verbs.js'
import { jobs, own } from './stores.js'

/** { title, placeholder, does, answer } or null. */
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

/** Asks a manager why what was refused does not wait; with a reason it is done all the same. */
export function askWhy({ document, field, input, patches, tried, about }) {
  question.value = {
    title: 'Why does it not wait?',
    placeholder: 'The client asked for it today',
    does: 'Do it all the same',
    answer: (overrideReason) => own.make({ document, field, input: { ...input, overrideReason }, patches, tried, about }),
  }
}
