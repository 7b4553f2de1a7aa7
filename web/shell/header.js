// The top of every page: the firm, the places to go, finding, the timer, the line, the person.
import { besideBoard, besideThing } from '../desk/presence.js'
import { session } from '../desk/session.js'
import { jobOfPage, look, onBoard, view } from '../desk/view.js'
import { Choice } from '../parts/choice.js'
import { Here } from '../parts/here.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Account } from './account.js'
import { Connection } from './connection.js'
import { COMMAND, helpIsOpen } from './help.js'
import { openPalette } from './palette-mode.js'
import { isHere, places } from './places.js'
import { ThemeToggle } from './theme.js'
import { HeaderTimer } from './timer.js'

export function Mark() {
  return html`<svg class="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true"><rect width="32" height="32" rx="8" fill="currentColor" /><g fill="var(--on-accent)"><rect x="7" y="8" width="5" height="16" rx="1.6" /><rect x="13.500" y="8" width="5" height="11" rx="1.6" opacity=".8" /><rect x="20" y="8" width="5" height="6.500" rx="1.6" opacity=".6" /></g></svg>`
}

const SHOWS = [['jobs', 'Jobs'], ['tasks', 'Tasks']]
const isShown = (show) => onBoard && view.value.show === show

function Places() {
  return html`<nav class="places" aria-label="Pages">
    ${places().map((place) => html`<a key=${place.path} href=${place.path} title=${place.title} aria-current=${isHere(place) ? 'page' : undefined}><${Icon} name=${place.icon} /><span>${place.title}</span></a>`)}
  </nav>`
}

export function Header() {
  return html`<header class="header">
    <a class="firm" href="/board" aria-label=${`${session.value.firm.name}: board`}><${Mark} /><span>${session.value.firm.name}</span></a>
    <nav class="shows" aria-label="Boards">${SHOWS.map(([show, title]) => html`<button type="button" key=${show} aria-pressed=${isShown(show)} onClick=${() => look({ show })}>${title}</button>`)}</nav>
    <${Places} />
    <button type="button" class="find" onClick=${() => openPalette()}><${Icon} name="search" size=${14} /><span>Find or do …</span><kbd>${COMMAND} K</kbd></button>
    <div class="header-end">
      ${onBoard && html`<${Here} beside=${besideBoard.value} where="on this board" />`}
      ${jobOfPage && html`<${Here} beside=${besideThing.value} where="at this job" />`}
      <${HeaderTimer} />
      <${Connection} />
      <${ThemeToggle} />
      <button type="button" class="button button-icon" title="Keyboard (?)" aria-label="Keyboard help" onClick=${() => { helpIsOpen.value = true }}><${Icon} name="help" /></button>
      <${Account} />
    </div>
  </header>`
}

/** The same at the thumb, on a phone. */
export function PhoneBar() {
  const item = (name, title, pressed, run) => html`<button type="button" aria-pressed=${pressed} onClick=${run}><${Icon} name=${name} size=${20} /><span>${title}</span></button>`
  const items = places().map((place) => ({ id: place.path, title: place.title, sign: html`<${Icon} name=${place.icon} size=${14} />`, chosen: isHere(place) }))
  return html`<nav class="phone-bar" aria-label="Main">
    ${item('board', 'Jobs', isShown('jobs'), () => look({ show: 'jobs', job: '', task: '' }))}
    ${item('tasks', 'Tasks', isShown('tasks'), () => look({ show: 'tasks', job: '', task: '' }))}
    ${item('search', 'Find', undefined, () => openPalette())}
    ${item('person', 'Mine', onBoard && view.value.scope === 'mine', () => look({ scope: view.value.scope === 'mine' ? 'my-teams' : 'mine' }))}
    <${Choice} class="" label="Pages" items=${items} aria-pressed=${items.some((item) => item.chosen)} onPick=${(place) => location.assign(place.id)}><${Icon} name="more" size=${20} /><span>More</span><//>
  </nav>`
}
