// The page put together, and the order in which it comes to life.
import { effect } from '@preact/signals-core'
import { render } from 'preact'
import { startClock } from '../live/clock.js'
import { SignedOut } from '../live/request.js'
import { leaving, sessionOver } from '../live/socket.js'
import { keepBoard } from '../desk/board.js'
import { keepJob } from '../desk/job.js'
import { keepTask } from '../desk/task.js'
import { tellRefusals } from '../desk/refusals.js'
import { openSession, session } from '../desk/session.js'
import { own } from '../desk/stores.js'
import { BoardView } from '../board/board-view.js'
import { FilterBar } from '../board/filter-bar.js'
import { Drawer } from '../drawer/drawer.js'
import { Guarded } from '../parts/guarded.js'
import { html } from '../parts/html.js'
import { Problem } from '../parts/problem.js'
import { Header, PhoneBar } from './header.js'
import { Help } from './help.js'
import { listenToKeys } from './keyboard.js'
import { Palette } from './palette.js'
import { Question } from './question.js'
import { ToastList } from './toast-list.js'

function Page() {
  return html`<div class="page">
    <${Header} /><${FilterBar} />
    <div class="rooms"><${Guarded}><${BoardView} /><//><${Drawer} /></div>
    <${PhoneBar} /><${ToastList} /><${Palette} /><${Help} /><${Question} />
    <div id="flights" aria-hidden="true"></div>
  </div>`
}

/** A double click is one click: nobody means to start a timer and to stop it. */
function swallowSecondClick(event) {
  if (event.detail < 2 || !event.target.closest('button')) return
  event.preventDefault()
  event.stopPropagation()
}

const signIn = () => location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}&over=1`)

async function open(root) {
  const opening = openSession()
  keepBoard()
  try {
    if (!(await opening)) { signIn(); return }
  } catch (problem) {
    if (problem instanceof SignedOut) { signIn(); return }
    render(html`<${Problem} title="OpenPractice could not be opened" problem=${problem} retry=${() => location.reload()} />`, root)
    root.removeAttribute('aria-busy')
    return
  }
  keepJob()
  keepTask()
  root.replaceChildren()
  render(html`<${Page} />`, root)
  root.removeAttribute('aria-busy')
  document.title = `Board · ${session.value.firm.name}`
}

export function start(root) {
  startClock()
  tellRefusals()
  listenToKeys()
  addEventListener('click', swallowSecondClick, true)
  effect(() => { if (sessionOver.value && !leaving.peek()) signIn() })
  addEventListener('beforeunload', (event) => { if (own.count.peek() && !sessionOver.peek()) event.preventDefault() })
  return open(root)
}
