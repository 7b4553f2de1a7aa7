// The portal's first screen: what is needed, what is owed, where the work stands, and for whom.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { Snapshot } from '../live/snapshot.js'
import { line, sessionOver } from '../live/socket.js'
import { asked, done, leave, wordsFor } from './door.js'
import { Messages } from './messages.js'
import { Needs } from './needs.js'
import { Owed } from './owed.js'
import { Files, Standing } from './standing.js'

/** All that the page shows, in questions small enough for a contact's budget. */
async function everything() {
  // The cursor is taken before the rest: what changes meanwhile is told once more, never missed.
  const { viewer, streamCursor } = await asked('PortalViewer')
  const rest = await Promise.all(['PortalRequests', 'PortalStanding', 'PortalInvoices', 'PortalMessages'].map((name) => asked(name)))
  return Object.assign({ viewer, streamCursor }, ...rest)
}

const home = new Snapshot(everything, null, { stream: { document: 'PortalChanges', field: 'portalChanges' } })

function Home() {
  const [refusal, setRefusal] = useState('')
  useEffect(() => { home.open() }, [])
  const seen = home.data.value
  const name = seen?.viewer.firm.name
  useEffect(() => { if (name) document.title = `${name} · Client portal` }, [name])
  if (sessionOver.value) leave()
  const condition = home.condition.value
  const problem = condition instanceof Error ? wordsFor(condition) : refusal
  const signOut = () => done('PortalSignOut').then(leave, (trouble) => setRefusal(wordsFor(trouble)))
  return html`<header class="portal-head">
      <p class="portal-firm">${name}</p>
      <${Line} />
      <button type="button" class="button" onClick=${signOut}>Sign out</button>
    </header>
    <main class="portal-main" aria-busy=${!seen && !problem}>
      ${problem && html`<p class="portal-problem" role="alert">${problem} <button type="button" class="portal-again" onClick=${home.retry}>Try again</button></p>`}
      ${seen && html`<h1>Hello ${seen.viewer.contact.name}</h1>
        <${Needs} requests=${seen.requests} onChange=${home.again} />
        <${Owed} invoices=${seen.invoices} many=${seen.viewer.clients.length > 1} />
        <${Standing} jobs=${seen.jobs} many=${seen.viewer.clients.length > 1} />
        <${Messages} messages=${seen.messages} clients=${seen.viewer.clients} firm=${seen.viewer.firm.name} onChange=${home.again} />
        <${Files} documents=${seen.documents} />
        <section class="portal-part" aria-labelledby="whose">
          <h2 id="whose">You are here for</h2>
          <ul class="portal-clients">${seen.viewer.clients.map((client) => html`<li key=${client.id}>${client.name}</li>`)}</ul>
        </section>`}
    </main>`
}

const LINES = { live: '', 'catching up': 'Catching up', offline: 'Offline' }

/** Says nothing while all is live. */
function Line() {
  return html`<p class="portal-line" role="status">${LINES[line.value]}</p>`
}

render(html`<${Home} />`, document.getElementById('portal'))
