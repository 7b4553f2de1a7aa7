// The small mark that says whether what is seen is what is.
import { line } from '../live/socket.js'
import { own } from '../desk/stores.js'
import { html } from '../parts/html.js'

const SAYS = {
  live: 'Every change is shown as it happens.',
  'catching up': 'Fetching what changed meanwhile.',
  offline: 'No connection. What you do is kept here and sent when it is back.',
}
const NAMES = { live: 'Live', 'catching up': 'Catching up', offline: 'Offline' }

export function Connection() {
  const now = line.value
  const waiting = own.count.value
  const changes = `${waiting} change${waiting === 1 ? '' : 's'} waiting`
  const counted = now !== 'live' && waiting > 0
  return html`<span class="connection" data-line=${now} role="status" title=${SAYS[now]}>
    <span class="connection-dot" aria-hidden="true"></span><span>${NAMES[now]}${counted && html`<span class="connection-count"> · ${changes}</span>`}</span>
  </span>`
}
