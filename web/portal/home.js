// The portal's first screen: who is here, with whom, and for which clients.
import { ask, SignedOut, Unreachable } from '../live/request.js'

const PORTAL = '/portal/graphql'
const by = (id) => document.getElementById(id)

const leave = () => location.assign('/portal/sign-in')

function tell(trouble) {
  if (trouble instanceof SignedOut) { leave(); return }
  by('problem').textContent = trouble instanceof Unreachable
    ? 'The server does not answer. Load this page again in a moment.' : trouble.message
  by('problem').hidden = false
}

function line(text) {
  const item = document.createElement('li')
  item.textContent = text
  return item
}

async function greet() {
  try {
    const { viewer } = await ask('PortalViewer', {}, PORTAL)
    if (!viewer) { leave(); return }
    document.title = `${viewer.firm.name} · Client portal`
    by('firm').textContent = viewer.firm.name
    by('hello').textContent = `Hello ${viewer.contact.name}`
    by('clients').replaceChildren(...viewer.clients.map((client) => line(client.name)))
    by('found').hidden = false
  } catch (trouble) {
    tell(trouble)
  } finally {
    by('portal').setAttribute('aria-busy', 'false')
  }
}

by('sign-out').addEventListener('click', async () => {
  try {
    await ask('PortalSignOut', {}, PORTAL)
    leave()
  } catch (trouble) {
    tell(trouble)
  }
})

greet()
