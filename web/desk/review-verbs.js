// What people do about a review: ask for it, decide it, raise points, answer and clear them.
import { serverNow } from '../live/clock.js'
import { newId } from './ids.js'
import { act, personWith } from './job-verbs.js'
import { me } from './session.js'
import { jobs } from './stores.js'

const now = () => new Date(serverNow()).toISOString()

/** How the reviews of a job stand in the order in which people look: the last of each place. */
export function chainOf(reviews = []) {
  const latest = Math.max(0, ...reviews.map(({ round }) => round))
  const places = new Map()
  for (const review of reviews) if (review.round === latest) places.set(review.place, review)
  return [...places.values()].sort((one, other) => one.place - other.place)
}

/** `nextIds` says who looks after that; without it those stay who were still to look. */
export function requestReview(id, reviewerId, nextIds) {
  const review = { id: newId('review'), state: 'REQUESTED', place: 1, reviewer: personWith(reviewerId), preparer: me(), note: null, lapse: null, requestedAt: now(), decidedAt: null }
  const input = { jobId: id, reviewerId, ...(nextIds && { nextReviewerIds: nextIds }) }
  return act('RequestReview', id, input, { review, category: 'IN_REVIEW', turnOf: review.reviewer }, 'ask for a review of')
}

export function signOffReview(id) {
  const { review } = jobs.peek(id)
  return act('SignOffReview', id, { jobId: id }, { review: { ...review, state: 'SIGNED_OFF', decidedAt: now() } }, 'sign off')
}

export function returnReview(id, note) {
  const { review } = jobs.peek(id)
  return act('ReturnReview', id, { jobId: id, note }, { review: { ...review, state: 'RETURNED', note, decidedAt: now() }, category: 'IN_PROGRESS' }, 'return')
}

export function raisePoint(id, text, task) {
  const point = { id: newId('point'), text, task, state: 'OPEN', answer: null, createdAt: now(), raisedBy: me() }
  const reviewPoints = [...(jobs.peek(id).reviewPoints ?? []), point]
  return act('RaiseReviewPoint', id, { id: point.id, jobId: id, text, taskId: task?.id ?? null }, { reviewPoints }, 'raise a point about')
}

function onPoint(document, jobId, id, change, input, tried) {
  const reviewPoints = jobs.peek(jobId).reviewPoints.map((point) => (point.id === id ? { ...point, ...change } : point))
  return act(document, jobId, { id, ...input }, { reviewPoints }, tried)
}

export const answerPoint = (jobId, id, answer) => onPoint('AnswerReviewPoint', jobId, id, { state: 'ANSWERED', answer, answeredBy: me(), answeredAt: now() }, { answer }, 'answer the point about')
export const clearPoint = (jobId, id) => onPoint('ClearReviewPoint', jobId, id, { state: 'CLEARED', clearedBy: me(), clearedAt: now() }, {}, 'clear the point about')
export const reopenPoint = (jobId, id) => onPoint('ReopenReviewPoint', jobId, id, { state: 'OPEN', clearedBy: null, clearedAt: null }, {}, 'reopen the point about')
