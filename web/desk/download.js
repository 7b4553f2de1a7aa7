// Fetching a file.
import { ask } from '../live/request.js'
import { say } from './toasts.js'

/** Its link holds for a minute, so it is asked for when it is wanted. */
export async function download(document) {
  const answer = await ask('DownloadLink', { documentId: document.id }).catch(() => null)
  if (answer?.downloadLink) location.assign(answer.downloadLink.url)
  else say(`“${document.name}” cannot be fetched now`, { tone: 'refused', detail: 'It is looked at first, or the file store does not answer. Try again in a moment.' })
}
