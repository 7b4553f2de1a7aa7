// What people say about a job or a task, and take back. `thing` is the job or task it is about.
import { serverNow } from '../live/clock.js'
import { newId } from './ids.js'
import { me } from './session.js'
import { own, take } from './stores.js'

const isTask = (thing) => thing.id.startsWith('task_')

/** The thing as it reads with these comments. */
const having = (thing, comments) => (isTask(thing)
  ? { comments, commentIds: comments.map(({ id }) => ({ id })) }
  : { comments, commentCount: comments.length })

function act(document, thing, input, comments, tried) {
  const field = document[0].toLowerCase() + document.slice(1)
  const patch = having(thing, comments)
  return own.make({ document, field, input, tried, about: thing.id, patches: [{ store: isTask(thing) ? 'tasks' : 'jobs', id: thing.id, patch }] })
}

export function addComment(thing, body) {
  const comment = { id: newId('comment'), version: 0, body, createdAt: new Date(serverNow()).toISOString(), author: me() }
  const about = isTask(thing) ? { taskId: thing.id } : { jobId: thing.id }
  return act('AddComment', thing, { id: comment.id, body, ...about }, [...(thing.comments ?? []), comment], `comment on “${thing.title}”`)
}

export function changeComment(thing, id, body) {
  const comments = thing.comments.map((comment) => (comment.id === id ? { ...comment, body } : comment))
  return act('UpdateComment', thing, { id, body }, comments, 'change the comment')
}

export async function deleteComment(thing, id) {
  const comments = thing.comments.filter((comment) => comment.id !== id)
  const payload = await act('DeleteComment', thing, { id }, comments, 'delete the comment')
  // The answer names the comment alone; what is left of the others is known here.
  if (payload) (isTask(thing) ? take.task : take.job)({ id: thing.id, version: thing.version, ...having(thing, comments) })
}
