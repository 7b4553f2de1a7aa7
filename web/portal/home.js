// The portal's first screen: what is needed, where the work stands, and for whom one is here.
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { asked, done, leave, wordsFor } from './door.js'
import { Needs } from './needs.js'
import { Files, Standing } from './standing.js'

async function everything() {
  const [{ viewer }, { requests }, standing] = await Promise.all([
    asked('PortalViewer'), asked('PortalRequests'), asked('PortalStanding'),
  ])
  return { viewer, requests, ...standing }
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
    } catch (trouble) {
      setProblem(wordsFor(trouble))
    }
  }
  useEffect(() => {
    look()
    // Whoever comes back to this page sees what has happened meanwhile.
    const again = () => { if (document.visibilityState === 'visible') look() }
    document.addEventListener('visibilitychange', again)
    return () => document.removeEventListener('visibilitychange', again)
  }, [])
  const signOut = () => done('PortalSignOut').then(leave, (trouble) => setProblem(wordsFor(trouble)))
  return html`<header class="portal-head">
      <p class="portal-firm">${seen?.viewer.firm.name}</p>
      <button type="button" class="button" onClick=${signOut}>Sign out</button>
    </header>
    <main class="portal-main" aria-busy=${!seen && !problem}>
      ${problem && html`<p class="portal-problem" role="alert">${problem} <button type="button" class="portal-again" onClick=${look}>Try again</button></p>`}
      ${seen && html`<h1>Hello ${seen.viewer.contact.name}</h1>
        <${Needs} requests=${seen.requests} onChange=${look} />
        <${Standing} jobs=${seen.jobs} many=${seen.viewer.clients.length > 1} />
        <${Files} documents=${seen.documents} />
        <section class="portal-part" aria-labelledby="whose">
          <h2 id="whose">You are here for</h2>
          <ul class="portal-clients">${seen.viewer.clients.map((client) => html`<li key=${client.id}>${client.name}</li>`)}</ul>
        </section>`}
    </main>`
}

render(html`<${Home} />`, document.getElementById('portal'))
