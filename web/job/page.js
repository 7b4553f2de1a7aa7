// One job in full: the drawer's parts, and around them what was asked for, files, time, invoices.
import { renameJob } from '../desk/job-verbs.js'
import { writerOf } from '../desk/presence.js'
import { jobCondition, openAgain } from '../desk/job.js'
import { jobs } from '../desk/stores.js'
import { jobOfPage } from '../desk/view.js'
import { Activity } from '../drawer/activity.js'
import { Comments } from '../drawer/comments.js'
import { Facts } from '../drawer/facts.js'
import { Messages } from '../drawer/messages.js'
import { Timer } from '../drawer/fields.js'
import { Review } from '../drawer/review.js'
import { Steps } from '../drawer/steps.js'
import { Waiting } from '../drawer/waiting.js'
import { Editable } from '../parts/editable.js'
import { Writing } from '../parts/here.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Problem } from '../parts/problem.js'
import { Bones } from '../parts/room.js'
import { Files } from './files.js'
import { Invoices, Time } from './money.js'
import { Requests } from './requests.js'
import { Timeline } from './timeline.js'

function Heading({ job }) {
  return html`<header class="room-head"><div class="room-name"><a class="room-back" href=${`/clients/${job.client.id}`}>${job.client.name}</a><${Writing} person=${writerOf('title')} />
      <h1><${Editable} class="drawer-title" value=${job.title} version=${job.version} label="Title" edits="title" onSave=${(title, version) => renameJob(job.id, title, version)} /></h1></div>
    <a class="button" href=${`/board?job=${job.id}`}><${Icon} name="board" size=${14} />On the board</a></header>`
}

function Content({ job }) {
  return html`<${Heading} job=${job} />
    <div class="job"><div>
        <section class="panel"><${Facts} job=${job} /><div class="drawer-acts"><${Timer} job=${job} /><${Waiting} job=${job} /><${Review} job=${job} /></div>
          ${job.client.notes && html`<p class="set-apart"><b>About the client</b>${job.client.notes}</p>`}</section>
        <div class="panel"><${Steps} job=${job} /></div>
        <${Timeline} />
        <${Requests} job=${job} /><${Files} />
      </div><div>
        <${Time} job=${job} /><${Invoices} />
        ${job.messages && html`<div class="panel"><${Messages} job=${job} /></div>`}
        <div class="panel"><${Comments} thing=${job} /></div>
        <div class="panel"><${Activity} job=${job} /></div>
      </div></div>`
}

const Gone = () => html`<div class="empty"><h2>This job is not here</h2><p>It was deleted, or it is not yours to see.</p><a class="button button-strong" href="/board">To the board</a></div>`

export function JobPage() {
  const condition = jobCondition.value
  const job = jobs.of(jobOfPage).value
  const content = condition === 'missing' ? html`<${Gone} />`
    : job?.stepIds ? html`<${Content} job=${job} />`
      : condition instanceof Error ? html`<${Problem} title="The job could not be opened" problem=${condition} retry=${openAgain} />` : html`<${Bones} />`
  return html`<main class="room" id="room" tabindex="-1" aria-busy=${condition === 'loading'}>${content}</main>`
}
