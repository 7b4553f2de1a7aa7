// Who did what, newest first.
import { categoryTitle } from '../desk/grouping.js'
import { isMe } from '../desk/session.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { html } from '../parts/html.js'

const DID = {
  'job.created': 'made this job',
  'job.completed': 'completed it',
  'job.reopened': 'reopened it',
  'waiting.started': 'began to wait',
  'waiting.ended': 'ended the waiting',
  'waiting.reminded': 'noted a reminder',
  'review.requested': 'asked for a review',
  'review.signed_off': 'signed it off',
  'review.returned': 'returned it',
  'review.planned': 'said who looks next',
  'review.lapsed': 'changed what was signed off',
  'review_point.raised': 'raised a review point',
  'review_point.answered': 'answered a review point',
  'review_point.cleared': 'cleared a review point',
  'review_point.reopened': 'reopened a review point',
  'task.created': 'added',
  'task.completed': 'completed',
  'task.reopened': 'reopened',
  'task.changed': 'changed',
  'task.deleted': 'deleted a step',
  'comment.added': 'commented',
  'comment.changed': 'changed a comment',
  'comment.removed': 'removed a comment',
  'request.made': 'asked the client for something',
  'request.fulfilled': 'sent the last thing that was asked for',
  'request.cancelled': 'asked for it no more',
  'request_item.asked': 'put something on the list',
  'request_item.answered': 'answered',
  'request_item.fulfilled': 'sent what was asked for',
  'request_item.accepted': 'found good what had come',
  'request_item.rejected': 'sent back what had come',
  'request.reopened': 'asked for it again',
  'message.sent': 'wrote a message',
  'message.read': 'read the messages',
  'document.announced': 'is sending a file',
  'document.received': 'sent a file',
  'document.cleared': 'sent a file that is fine',
  'document.refused': 'sent a file that was refused',
  'document.changed': 'changed a file',
  'timer.started': 'started the timer',
  'timer.stopped': 'stopped the timer',
  'timer.discarded': 'threw the timer away',
  'time_entry.logged': 'recorded time',
  'time_entry.changed': 'changed recorded time',
  'time_entry.removed': 'removed recorded time',
  'dependency.added': 'put steps in order',
  'dependency.changed': 'changed how steps wait',
  'dependency.overridden': 'let a step not wait',
  'dependency.removed': 'freed steps',
}
const FIELDS = { title: 'the title', due_date: 'the due date', owner_id: 'the owner', team_id: 'the team', budget_seconds: 'the budget', start_date: 'the start', period_start: 'the period', period_end: 'the period' }

/**
 * The changes that made a field what it is now. The stream tells which fields changed, not to what:
 * only of these can be said where a thing went, by how it stands.
 */
function latestOf(activity) {
  const latest = new Map()
  for (const change of activity) {
    for (const field of change.fields) {
      const of = `${change.entityId} ${field}`
      if (!latest.has(of)) latest.set(of, change)
    }
  }
  return (change, field) => latest.get(`${change.entityId} ${field}`) === change
}

const givenTo = (what, person) => (person ? `gave ${what} to ${isMe(person) ? 'you' : person.name}` : `left ${what} to nobody`)

function jobMoved(change, isLatest) {
  const { fields, node } = change
  if (fields.includes('stage_id')) return isLatest(change, 'stage_id') && node ? `moved it to ${node.stage.name}` : 'moved it to another stage'
  if (fields.includes('owner_id')) return isLatest(change, 'owner_id') && node ? givenTo('it', node.owner) : 'changed who has it'
  return fields.includes('due_date') ? 'changed the due date' : 'changed its place'
}

function taskMoved(change, isLatest) {
  const { fields, node } = change
  const step = node ? `“${node.title}”` : 'a step'
  if (fields.includes('status')) return isLatest(change, 'status') && node ? `moved ${step} to ${categoryTitle(node.status)}` : `moved ${step} on`
  if (fields.includes('assignee_id')) return isLatest(change, 'assignee_id') && node ? givenTo(step, node.assignee) : `changed who has ${step}`
  return fields.includes('due_date') ? `changed the due date of ${step}` : `changed the place of ${step}`
}

/** A step that nothing blocks any more gets its status, and nothing else, without anybody moving it. */
function happenedToStep(change, isLatest) {
  const { kind, fields, node } = change
  if (kind !== 'task.moved' || fields.join() !== 'status') return ''
  const step = node ? `“${node.title}”` : 'A step'
  if (!node || !isLatest(change, 'status')) return `${step} moved on`
  return node.status === 'READY' ? `${step} became ready` : `${step} went to ${categoryTitle(node.status)}`
}

function words(change, isLatest) {
  const { kind, fields, node, entity } = change
  if (kind === 'job.changed') {
    const named = [...new Set(fields.map((field) => FIELDS[field]).filter(Boolean))]
    return named.length ? `changed ${named.join(' and ')}` : 'changed it'
  }
  if (kind === 'job.moved' || kind === 'job.assigned') return jobMoved(change, isLatest)
  if (kind === 'task.moved' || kind === 'task.assigned') return taskMoved(change, isLatest)
  const did = DID[kind] ?? kind.replaceAll(/[._]/g, ' ')
  return entity === 'task' && node?.title ? `${did} “${node.title}”` : did
}

const nameOf = ({ actor, contact }) => actor?.name ?? contact?.name ?? 'OpenPractice'

function Line({ change, isLatest }) {
  const { actor, at } = change
  const happened = happenedToStep(change, isLatest)
  return html`<li>
    <${Avatar} person=${happened ? null : actor} size="xs" title=${happened ? '' : actor ? undefined : nameOf(change)} />
    <span>${happened || html`<b>${isMe(actor) ? 'You' : nameOf(change)}</b> ${words(change, isLatest)}`}</span>
    <time datetime=${at} title=${exactMoment(at)}>${agoWords(at, minute.value)}</time>
  </li>`
}

export function Activity({ job }) {
  if (!job.activity?.length) return null
  const isLatest = latestOf(job.activity)
  return html`<section class="drawer-part" aria-labelledby="activity-title">
    <h3 id="activity-title">Activity</h3>
    <ol class="activity" role="list">${job.activity.map((change) => html`<${Line} key=${change.id} change=${change} isLatest=${isLatest} />`)}</ol>
  </section>`
}
