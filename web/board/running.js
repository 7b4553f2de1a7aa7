// The timers that run on a card, ticking, and the way to start or stop one's own.
import { second } from '../live/clock.js'
import { isMe, myTimer } from '../desk/session.js'
import { running } from '../desk/stores.js'
import { runsOn, toggleTimer } from '../desk/timer-verbs.js'
import { ticking } from '../desk/words.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

/** `job` or `task` is what the card is about. */
export function RunningTimers({ job = null, task = null }) {
  const id = (task ?? job).id
  const timers = running.value.filter((timer) => runsOn(timer, id))
  const mine = myTimer.value && runsOn(myTimer.value, id)
  const title = (task ?? job).title
  return html`<span class="card-timers">
    ${timers.map((timer) => html`<${Ticking} key=${timer.id} timer=${timer} />`)}
    <button type="button" class="card-timer-button" data-no-drag tabindex="-1" data-running=${Boolean(mine)}
      title=${mine ? 'Stop the timer (T)' : 'Start the timer (T)'} aria-label=${`${mine ? 'Stop' : 'Start'} the timer: ${title}`}
      onClick=${() => toggleTimer({ job, task })}>
      <${Icon} name=${mine ? 'stop' : 'play'} size=${12} />
    </button>
  </span>`
}

function Ticking({ timer }) {
  const name = isMe(timer.member) ? 'You' : timer.member.name
  return html`<span class="card-ticking" style=${{ '--person': timer.member.colour }} title=${`${name}: timer runs`}>
    <span class="pulse" aria-hidden="true"></span>
    <span class="visually-hidden">Timer of ${name}</span>${ticking(timer.startedAt, second.value)}
  </span>`
}
