// The frame of every page of the staff, and the order in which a page comes to life.
import { effect } from '@preact/signals-core'
import { render } from 'preact'
import { startClock } from '../live/clock.js'
import { SignedOut } from '../live/request.js'
import { leaving, sessionOver } from '../live/socket.js'
import { tellRefusals } from '../desk/refusals.js'
import { openSession, session } from '../desk/session.js'
import { own } from '../desk/stores.js'
import { Guarded } from '../parts/guarded.js'
import { html } from '../parts/html.js'
import { Problem } from '../parts/problem.js'
import { Header, PhoneBar } from './header.js'
import { Help } from './help.js'
import { listenToKeys } from './keyboard.js'
import { Palette } from './palette.js'
import { Question } from './question.js'
import { ToastList } from './toast-list.js'

function Page({ View }) {
  return html`<div class="page">
    <${Header} /><${Guarded}><${View} /><//>
    <${PhoneBar} /><${ToastList} /><${Palette} /><${Help} /><${Question} />
  </div>`
}

/** A double click is one click: nobody means to start a timer and to stop it. */
function swallowSecondClick(event) {
  if (event.detail < 2 || !event.target.closest('button')) return
  event.preventDefault()
  event.stopPropagation()
}

const signIn = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}&over=1`)

async function open(root, { title, View, keep }) {
  const opening = openSession()
  keep()
  try {
    if (!(await opening)) { signIn(); return }
  } catch (problem) {
    if (problem instanceof SignedOut) { signIn(); return }
    render(html`<${Problem} title="OpenPractice could not be opened" problem=${problem} retry=${() => location.reload()} />`, root)
    root.removeAttribute('aria-busy')
    return
  }
  root.replaceChildren()
  render(html`<${Page} View=${View} />`, root)
  root.removeAttribute('aria-busy')
  document.title = `${title} · ${session.value.firm.name}`
}

/**
 * Opens a page: `View` is what stands in the frame, `keep` asks for what it shows and keeps it
 * live, `keys` are letters that only this page knows.
 */
export function start(root, { title, View, keep = () => {}, keys = {} }) {
  startClock()
  tellRefusals()
  listenToKeys(keys)
  addEventListener('click', swallowSecondClick, true)
  effect(() => { if (sessionOver.value && !leaving.peek()) signIn() })
  addEventListener('beforeunload', (event) => { if (own.count.peek() && !sessionOver.peek()) event.preventDefault() })
  return open(root, { title, View, keep })
}
