// The timer that runs, on every page.
import { second } from '../live/clock.js'
import { myTimer } from '../desk/session.js'
import { jobOfTimer, stopTimer, timerTitle } from '../desk/timer-verbs.js'
import { openThing } from '../desk/view.js'
import { ticking } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { openPalette } from './palette-mode.js'

export function HeaderTimer() {
  const timer = myTimer.value
  if (!timer) {
    return html`<button type="button" class="header-timer" data-running="false" title="Start a timer" onClick=${() => openPalette('timer')}><${Icon} name="play" size=${11} /><span>Start timer</span></button>`
  }
  const on = jobOfTimer(timer) || timer.task?.id
  const about = [timer.client?.name, timerTitle(timer)].filter(Boolean).join(' · ')
  return html`<span class="header-timer" data-running="true">
    <span class="pulse" aria-hidden="true"></span>
    <button type="button" class="header-timer-about" title=${about} disabled=${!on} onClick=${() => openThing(on)}>${about}</button>
    <time role="timer" aria-label="Time on this timer" class="numbers">${ticking(timer.startedAt, second.value)}</time>
    <button type="button" class="header-timer-stop" aria-label=${`Stop the timer: ${about}`} title="Stop the timer" onClick=${stopTimer}><${Icon} name="stop" size=${12} /></button>
  </span>`
}
