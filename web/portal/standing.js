// Where the work stands, and the files that can be fetched.
import { useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { asked, wordsFor } from './door.js'
import { dayWords, periodWords, sizeWords } from './words.js'

const RECENT = 3

/** They come with open work first, then what was done last; what was done long ago is put away. */
export function Standing({ jobs, many }) {
  if (!jobs.length) return null
  const shown = jobs.filter((job) => !job.completedAt).length + RECENT
  return html`<section class="portal-part" aria-labelledby="standing">
    <h2 id="standing">Where your work stands</h2>
    <${Jobs} jobs=${jobs.slice(0, shown)} many=${many} />
    ${jobs.length > shown && html`<details class="portal-settled">
      <summary>Finished earlier</summary>
      <${Jobs} jobs=${jobs.slice(shown)} many=${many} />
    </details>`}
  </section>`
}

const Jobs = ({ jobs, many }) => html`<ul class="portal-rows">
  ${jobs.map((job) => html`<li key=${job.id}>
    <div>
      <p class="row-title">${job.title}</p>
      <p class="row-about">${about(job, many)}</p>
    </div>
    <p class="row-stage" data-done=${Boolean(job.completedAt)}>${job.stage}</p>
  </li>`)}
</ul>`

function about(job, many) {
  const period = job.periodStart && job.periodEnd && periodWords(job.periodStart, job.periodEnd)
  return [many && job.client.name, period].filter(Boolean).join(' · ')
}

export function Files({ documents }) {
  const [problem, setProblem] = useState('')
  async function fetchIt(id) {
    setProblem('')
    try {
      const { downloadLink } = await asked('DownloadLink', { documentId: id })
      if (downloadLink) location.assign(downloadLink.url)
      else setProblem('This file cannot be fetched any more.')
    } catch (trouble) {
      setProblem(wordsFor(trouble))
    }
  }
  if (!documents.length) return null
  return html`<section class="portal-part" aria-labelledby="files">
    <h2 id="files">Files</h2>
    ${problem && html`<p class="portal-problem" role="alert">${problem}</p>`}
    <ul class="portal-rows">
      ${documents.map((file) => html`<li key=${file.id}>
        <div>
          <p class="row-title">${file.name}</p>
          <p class="row-about">${file.askedFor ? 'Sent by you' : 'From us'} · ${dayWords(file.createdAt)} · ${sizeWords(file.size)}</p>
        </div>
        <button type="button" class="button" aria-label=${`Download ${file.name}`} onClick=${() => fetchIt(file.id)}>Download</button>
      </li>`)}
    </ul>
  </section>`
}
