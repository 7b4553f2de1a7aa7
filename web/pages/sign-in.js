// Signing in. Where one e-mail belongs to several firms, the person says which one it is today.
import { ask, Unreachable } from '../live/request.js'

const by = (id) => document.getElementById(id)
const form = by('sign-in')
const choose = by('choose')
const problem = by('problem')

/** Only a page of ours: an address from outside must not send anybody elsewhere. */
function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? ''
  const url = new URL(wanted, location.origin)
  return wanted.startsWith('/') && url.origin === location.origin ? url.pathname + url.search : '/board'
}

function tell(text) {
  problem.textContent = text
  problem.hidden = !text
}

function showForm(which) {
  form.hidden = which !== form
  choose.hidden = which !== choose
}

function offer(firms) {
  by('firms').replaceChildren(...firms.map((firm) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button'
    button.textContent = firm.name
    button.addEventListener('click', () => signIn(firm.id))
    return button
  }))
  showForm(choose)
  choose.querySelector('h1').focus()
}

async function signIn(firmId) {
  const submit = form.querySelector('[type=submit]')
  submit.disabled = true
  tell('')
  try {
    const input = { email: form.email.value.trim(), password: form.password.value }
    if (firmId) input.firmId = firmId
    const { signIn: answer } = await ask('SignIn', { input })
    if (answer.firms.length) { offer(answer.firms); return }
    if (!answer.errors.length) { location.assign(next()); return }
    showForm(form)
    tell(answer.errors.map((error) => error.message).join(' '))
    form.password.select()
  } catch (trouble) {
    showForm(form)
    tell(trouble instanceof Unreachable ? 'The server does not answer. Try again in a moment.' : trouble.message)
  } finally {
    submit.disabled = false
  }
}

if (new URLSearchParams(location.search).has('over')) {
  form.querySelector('.door-lead').textContent = 'Your session ended. Sign in to go on where you were; what you did is kept.'
}
form.addEventListener('submit', (event) => { event.preventDefault(); signIn() })
by('back').addEventListener('click', () => showForm(form))
by('show').addEventListener('click', ({ target }) => {
  const shown = form.password.type === 'text'
  form.password.type = shown ? 'password' : 'text'
  target.textContent = shown ? 'Show' : 'Hide'
  target.setAttribute('aria-pressed', String(!shown))
})
