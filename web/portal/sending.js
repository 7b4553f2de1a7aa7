// A file's way: announced here, sent straight to the file store, looked at, and only then taken.
import { done } from './door.js'

const LARGEST = 100 * 1024 * 1024 // bytes; the server's own bound

// What a device does not know by itself.
const BY_ENDING = {
  csv: 'text/csv', txt: 'text/plain', heic: 'image/heic', zip: 'application/zip', pdf: 'application/pdf',
  doc: 'application/msword', xls: 'application/vnd.ms-excel',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

function typeOf(file) {
  const known = BY_ENDING[file.name.split('.').pop().toLowerCase()]
  return known ?? file.type ?? ''
}

/** It takes the whole file into memory: what is too large is not even begun. */
async function fingerprint(file) {
  if (file.size > LARGEST) throw new Error('A file has 1 byte to 100 MB.')
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Posts the form; only XMLHttpRequest tells how far it has come. */
function post(form, file, onProgress) {
  const body = new FormData()
  for (const { name, value } of form.fields) body.append(name, value)
  body.append('file', file)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    request.onload = () => (request.status < 300 ? resolve() : reject(new Error('The file was not taken. Choose it again.')))
    request.onerror = () => reject(new Error('The connection was lost. Choose the file again.'))
    request.open('POST', form.url)
    request.send(body)
  })
}

/** Sends a file for an item. Throws the reason, in words, when it is not taken. */
export async function send(itemId, file, onProgress) {
  const said = { name: file.name, size: file.size, mediaType: typeOf(file), sha256: await fingerprint(file) }
  const { document, form } = await done('StartUpload', { itemId, ...said })
  await post(form, file, onProgress)
  const { document: looked } = await done('CompleteUpload', { id: document.id })
  if (looked.state === 'REFUSED') throw new Error(looked.refusal)
}
