// The portal's first screen: what is needed, where the work stands, and for whom one is here.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { follow } from '../live/follow.js'
import { line, sessionOver } from '../live/socket.js'
import { asked, done, leave, wordsFor } from './door.js'
import { Messages } from './messages.js'
import { Needs } from './needs.js'
import { Owed } from './owed.js'
import { Files, Standing } from './standing.js'

async function everything() {
  // The cursor is taken before the rest: what changes meanwhile is told once more, never missed.
  const { viewer, streamCursor } = await asked('PortalViewer')
  const rest = await Promise.all(['PortalRequests', 'PortalStanding', 'PortalInvoices', 'PortalMessages'].map((name) => asked(name)))
  return Object.assign({ viewer, streamCursor }, ...rest)
}

function Home() {
  const [seen, setSeen] = useState(null)
  const [problem, setProblem] = useState('')
  const look = async () => {
    try {
      const found = await everything()
      document.title = `${found.viewer.firm.name} · Client portal`
      setSeen(found)
      setProblem('')
      return found.streamCursor
    } catch (trouble) {
      setProblem(wordsFor(trouble))
    }
  }
  useEffect(() => {
    let stop = () => {}
    look().then((since) => { stop = follow({ document: 'PortalChanges', field: 'portalChanges', since, apply: look, resync: look }) })
    return () => stop()
  }, [])
  if (sessionOver.value) leave()
  const signOut = () => done('PortalSignOut').then(leave, (trouble) => setProblem(wordsFor(trouble)))
  return html`<header class="portal-head">
      <p class="portal-firm">${seen?.viewer.firm.name}</p>
      <${Line} />
      <button type="button" class="button" onClick=${signOut}>Sign out</button>
    </header>
    <main class="portal-main" aria-busy=${!seen && !problem}>
      ${problem && html`<p class="portal-problem" role="alert">${problem} <button type="button" class="portal-again" onClick=${look}>Try again</button></p>`}
      ${seen && html`<h1>Hello ${seen.viewer.contact.name}</h1>
        <${Needs} requests=${seen.requests} onChange=${look} />
        <${Standing} jobs=${seen.jobs} many=${seen.viewer.clients.length > 1} />
        <${Owed} invoices=${seen.invoices} many=${seen.viewer.clients.length > 1} />
        <${Messages} messages=${seen.messages} clients=${seen.viewer.clients} firm=${seen.viewer.firm.name} onChange=${look} />
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
