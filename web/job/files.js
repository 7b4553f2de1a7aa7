// The files of a job that came for nothing that was asked.
import { around } from '../desk/job-page.js'
import { html } from '../parts/html.js'
import { FileList } from '../parts/files.js'

export function Files() {
  const { requests = [], documents = [] } = around.data.value?.job ?? {}
  const shown = new Set(requests.flatMap(({ items }) => items.flatMap((item) => item.documents.map(({ id }) => id))))
  const files = documents.filter(({ id }) => !shown.has(id))
  return files.length > 0 && html`<section class="panel" aria-label="Files"><h2>Files</h2><${FileList} files=${files} /></section>`
}
