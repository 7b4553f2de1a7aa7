// Who is signed in, and the way out.
import { ask, SignedOut } from '../live/request.js'
import { leaving } from '../live/socket.js'
import { own } from '../desk/stores.js'
import { session } from '../desk/session.js'
import { say } from '../desk/toasts.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { helpIsOpen } from './help.js'
import { toggleTheme } from './theme.js'

export async function signOut() {
  if (own.count.peek()) {
    say('You are not signed out yet', { tone: 'refused', detail: 'Some of your changes wait for the connection. They are sent first.' })
    return
  }
  leaving.value = true
  try {
    await ask('SignOut')
  } catch (problem) {
    if (!(problem instanceof SignedOut)) {
      leaving.value = false
      say('You are still signed in', { tone: 'refused', detail: 'The server does not answer. Try again in a moment.' })
      return
    }
  }
  location.assign('/sign-in')
}

export function Account() {
  const { member } = session.value
  const items = [
    { id: 'theme', title: 'Light or dark', sign: html`<${Icon} name="moon" size=${14} />`, run: toggleTheme },
    { id: 'help', title: 'Keyboard', detail: '?', sign: html`<${Icon} name="help" size=${14} />`, run: () => { helpIsOpen.value = true } },
    { id: 'leave', title: 'Sign out', sign: html`<${Icon} name="leave" size=${14} />`, run: signOut },
  ]
  return html`<${Choice} class="account" label="Account" title=${`${member.name}, ${member.email}`} items=${items} onPick=${(item) => item.run()}>
    <${Avatar} person=${member} size="m" title=${`Signed in as ${member.name}`} />
  <//>`
}
