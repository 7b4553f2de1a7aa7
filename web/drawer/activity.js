// Who did what, newest first.
import { isMe } from '../desk/session.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { html } from '../parts/html.js'

const DID = {
  'job.created': 'made this job',
  'job.assigned': 'gave it to somebody else',
  'job.completed': 'completed it',
  'job.reopened': 'reopened it',
  'waiting.started': 'began to wait',
  'waiting.ended': 'ended the waiting',
  'waiting.reminded': 'noted a reminder',
  'review.requested': 'asked for a review',
  'review.signed_off': 'signed it off',
  'review.returned': 'returned it',
  'task.created': 'added',
  'task.completed': 'completed',
  'task.reopened': 'reopened',
  'task.assigned': 'handed on',
  'task.moved': 'moved',
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
  'dependency.removed': 'freed steps',
}
const FIELDS = { title: 'the title', due_date: 'the due date', owner_id: 'the owner', team_id: 'the team', budget_seconds: 'the budget', start_date: 'the start', period_start: 'the period', period_end: 'the period' }

function movedWords(fields) {
  if (fields.includes('stage_id')) return 'moved it to another stage'
  if (fields.includes('owner_id')) return 'handed it on'
  return fields.includes('due_date') ? 'changed the due date' : 'changed its place'
}

function words({ kind, fields, node, entity }) {
  if (kind === 'job.changed') {
    const named = [...new Set(fields.map((field) => FIELDS[field]).filter(Boolean))]
    return named.length ? `changed ${named.join(' and ')}` : 'changed it'
  }
  if (kind === 'job.moved') return movedWords(fields)
  const did = DID[kind] ?? kind.replaceAll(/[._]/g, ' ')
  return entity === 'task' && node?.title ? `${did} “${node.title}”` : did
}

const nameOf = ({ actor, contact }) => actor?.name ?? contact?.name ?? 'OpenPractice'

export function Activity({ job }) {
  if (!job.activity?.length) return null
  return html`<section class="drawer-part" aria-labelledby="activity-title">
    <h3 id="activity-title">Activity</h3>
    <ol class="activity" role="list">${job.activity.map((change) => html`<li key=${change.id}>
      <${Avatar} person=${change.actor} size="xs" title=${change.actor ? undefined : nameOf(change)} />
      <span><b>${isMe(change.actor) ? 'You' : nameOf(change)}</b> ${words(change)}</span>
      <time datetime=${change.at} title=${exactMoment(change.at)}>${agoWords(change.at, minute.value)}</time>
    </li>`)}</ol>
  </section>`
}
