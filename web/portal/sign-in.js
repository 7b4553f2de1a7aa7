// Coming into the portal. Opening a link uses nothing up: programs that look into mail open links
// too, and some even run what is on the page. Only a person presses the button.
import { ask, Unreachable } from '../live/request.js'

const PORTAL = '/portal/graphql'
const by = (id) => document.getElementById(id)
const forms = [by('ask'), by('sent'), by('enter')]
let token = ''

function tell(text) {
  by('problem').textContent = text
  by('problem').hidden = !text
}

function show(form) {
  for (const one of forms) one.hidden = one !== form
  form.querySelector('h1').focus()
}

/** Takes the secret out of the address, so that it is neither kept there nor sent on. */
function arrive() {
  token = location.hash.slice(1)
  if (token) history.replaceState(null, '', location.pathname)
  show(token ? by('enter') : by('ask'))
}

/** Sends a form's mutation; true when nothing stood against it. */
async function send(form, name, input) {
  const submit = form.querySelector('[type=submit]')
  submit.disabled = true
  tell('')
  try {
    const [{ errors }] = Object.values(await ask(name, { input }, PORTAL))
    tell(errors.map((error) => error.message).join(' '))
    return !errors.length
  } catch (trouble) {
    tell(trouble instanceof Unreachable ? 'That did not go through. Try again in a few minutes.' : trouble.message)
    return null
  } finally {
    submit.disabled = false
  }
}

by('ask').addEventListener('submit', async (event) => {
  event.preventDefault()
  const email = by('email').value.trim()
  if (!await send(by('ask'), 'RequestSignInLink', { email })) return
  by('address').textContent = email
  show(by('sent'))
})

by('enter').addEventListener('submit', async (event) => {
  event.preventDefault()
  const done = await send(by('enter'), 'RedeemSignInLink', { token })
  if (done) location.assign('/portal')
  if (done === false) show(by('ask'))
})

by('sent').addEventListener('submit', (event) => {
  event.preventDefault()
  show(by('ask'))
})

addEventListener('hashchange', () => { if (location.hash) arrive() })
arrive()
