// The files of a job: how each stands, and those that came for nothing that was asked.
import { around, download } from '../desk/job-page.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

const NOT_YET = { PENDING: 'on its way', SCANNING: 'being looked at' }

/** "1.4 MB", by thousands as stores count. */
function sizeWords(bytes) {
  const count = Number(bytes)
  if (count < 1000) return `${count} bytes`
  return count < 1_000_000 ? `${Math.round(count / 1000)} kB` : `${(count / 1_000_000).toFixed(1)} MB`
}

function File({ file }) {
  const about = file.state === 'REFUSED' ? html`<span class="file-refused">refused: ${file.refusal}</span>` : NOT_YET[file.state] ?? sizeWords(file.size)
  const name = file.state === 'CLEAN' ? html`<button type="button" class="file-name" title="Download" onClick=${() => download(file)}>${file.name}</button>` : html`<span>${file.name}</span>`
  return html`<li class="file"><${Icon} name="file" size=${14} />${name}<small>${about} · <time datetime=${file.createdAt} title=${exactMoment(file.createdAt)}>${agoWords(file.createdAt, minute.value)}</time>${file.shared ? ' · in the portal' : ''}</small></li>`
}

export const FileList = ({ files }) => files.length > 0 && html`<ul class="files" role="list">${files.map((file) => html`<${File} key=${file.id} file=${file} />`)}</ul>`

export function Files() {
  const { requests = [], documents = [] } = around.data.value?.job ?? {}
  const shown = new Set(requests.flatMap(({ items }) => items.flatMap((item) => item.documents.map(({ id }) => id))))
  const files = documents.filter(({ id }) => !shown.has(id))
  return files.length > 0 && html`<section class="panel" aria-label="Files"><h2>Files</h2><${FileList} files=${files} /></section>`
}
