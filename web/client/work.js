// What is done for the client: its open jobs, what it was asked for, its files.
import { work } from '../desk/client-page.js'
import { turnOf } from '../desk/turn.js'
import { Due } from '../parts/due.js'
import { FileList } from '../parts/files.js'
import { html } from '../parts/html.js'
import { Glyph, Icon } from '../parts/icons.js'
import { Avatar } from '../parts/person.js'
import { Problem } from '../parts/problem.js'
import { Progress } from '../parts/progress.js'

const MOST_JOBS = 50 // as many as a client tells of at once

const board = ({ id }) => `/board?scope=everything&due=any&client=${id}`

function nextOf(job) {
  if (job.waiting) return job.waiting.what ? `Waits for ${job.waiting.what}` : 'Waits'
  if (job.review?.state === 'REQUESTED') return 'Review'
  return job.nextStep?.title ?? (job.stepsTotal ? 'All steps done' : 'No steps yet')
}

function Job({ job }) {
  const turn = turnOf(job)
  return html`<li class="client-job"><${Glyph} category=${job.category} />
    <div><a class="row-link" href=${`/jobs/${job.id}`}><b>${job.title}</b></a>
      <p>${turn && html`<span class="turn" data-tone=${turn.tone}>${turn.words}</span> `}<span>${nextOf(job)}</span></p></div>
    <${Progress} done=${job.stepsDone} total=${job.stepsTotal} />
    <span class="client-due">${job.dueDate ? html`<${Due} date=${job.dueDate} overdue=${job.overdue} />` : html`<span class="due" data-tone="job">No date</span>`}</span>
    <${Avatar} person=${job.owner} size="s" title=${job.owner ? `Owner: ${job.owner.name}` : 'No owner yet'} /></li>`
}

function Jobs({ client, jobs }) {
  const overdue = jobs.filter((job) => job.overdue).length
  return html`<section class="panel" aria-label="Open jobs"><h2>Open jobs<small>${jobs.length > 0 && (jobs.length === MOST_JOBS ? `the first ${MOST_JOBS}` : jobs.length)}</small>${overdue > 0 && html`<span class="badge" data-tone="late">${overdue} overdue</span>`}</h2>
    ${jobs.length ? html`<ul class="client-jobs" role="list">${jobs.map((job) => html`<${Job} key=${job.id} job=${job} />`)}</ul>`
    : html`<p class="panel-none">Nothing is open. Add a job <a href=${board(client)}>on the board</a>, or apply one of the <a href="/templates">templates</a>.</p>`}</section>`
}

function Requests({ requests }) {
  const rows = requests.edges.map(({ node }) => node)
  if (!rows.length) return null
  return html`<section class="panel" aria-label="Asked for"><h2>Asked for<small>${requests.pageInfo.hasNextPage && 'the latest'}</small></h2>
    <ul class="client-lines" role="list">${rows.map(({ id, title, dueDate, job, items }) => html`<li key=${id}><div><p><a href=${`/jobs/${job.id}`}><b>${title}</b></a></p><p class="quiet">${job.title}</p></div>
      <span>${items.filter(({ state }) => state === 'OPEN').length} of ${items.length} missing${dueDate && html`, due <${Due} date=${dueDate} />`}</span></li>`)}</ul></section>`
}

function Files({ documents }) {
  const files = documents.edges.map(({ node }) => node)
  if (!files.length) return null
  return html`<section class="panel" aria-label="Files"><h2>Files${documents.pageInfo.hasNextPage && html`<small>the latest ${files.length}</small>`}</h2><${FileList} files=${files} /></section>`
}

const Bones = () => html`<section class="panel client-bones" aria-hidden="true"><span class="bone"></span><span class="bone bone-long"></span><span class="bone bone-long"></span><span class="bone bone-long"></span></section>`

export function Work({ client }) {
  const data = work.data.value
  const condition = work.condition.value
  if (!data?.client) return condition instanceof Error ? html`<section class="panel"><${Problem} title="What is open could not be fetched" problem=${condition} retry=${work.retry} /></section>` : html`<${Bones} />`
  return html`<${Jobs} client=${client} jobs=${data.client.openJobs} /><${Requests} requests=${data.requests} /><${Files} documents=${data.documents} />`
}

export const ToBoard = ({ client }) => html`<a class="button" href=${board(client)}><${Icon} name="board" size=${14} />On the board</a>`
