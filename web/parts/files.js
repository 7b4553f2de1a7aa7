// Files in a list: what each is called, how it stands, and since when.
import { download } from '../desk/download.js'
import { agoWords, exactMoment } from '../desk/words.js'
import { minute } from '../live/clock.js'
import { html } from './html.js'
import { Icon } from './icons.js'

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
  return html`<li class="file"><${Icon} name="file" size=${14} />${name}<small>${about} · <time datetime=${file.createdAt} title=${exactMoment(file.createdAt)}>${agoWords(file.createdAt, minute.value)}</time>${file.shared ? ' · in the portal' : ''}${file.job && html` · <a href=${`/jobs/${file.job.id}`}>${file.job.title}</a>`}</small></li>`
}

export const FileList = ({ files }) => files.length > 0 && html`<ul class="files" role="list">${files.map((file) => html`<${File} key=${file.id} file=${file} />`)}</ul>`
