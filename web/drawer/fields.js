// What the drawers of jobs and of tasks share: who, until when, and the time that runs.
import { startTimer, stopTimer, runsOn } from '../desk/timer-verbs.js'
import { isMe, myTimer, session } from '../desk/session.js'
import { running } from '../desk/stores.js'
import { exactDate, ticking } from '../desk/words.js'
import { second } from '../live/clock.js'
import { Avatar } from '../parts/person.js'
import { Choice } from '../parts/choice.js'
import { Due } from '../parts/due.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'

/** People to give work to, as choices; leavers only where something is still with them. */
export function peopleChoices(chosen) {
  const nobody = { id: '', title: 'Nobody', sign: html`<${Avatar} size="s" />`, chosen: !chosen }
  return [nobody, ...session.value.members.filter((member) => member.active).map((member) => ({
    id: member.id, title: isMe(member) ? `${member.name} (you)` : member.name, sign: html`<${Avatar} person=${member} size="s" />`, chosen: member.id === chosen?.id,
  }))]
}

export function Holder({ label, person, onPick }) {
  return html`<${Choice} class="fact-button" label=${label} items=${peopleChoices(person)} onPick=${(item) => onPick(item.id || null)}>
    <${Avatar} person=${person} size="s" title=${label} /><span>${person?.name ?? 'Nobody yet'}</span><${Icon} name="chevron" size=${12} /><//>`
}

/** Reads as people say it; the platform's own calendar opens over it. */
export function DueDate({ date, overdue, over, onSet }) {
  return html`<span class="fact-button fact-due">
    <${Icon} name="calendar" size=${14} />
    ${date ? html`<${Due} date=${date} overdue=${overdue} over=${over} />` : html`<span>No date</span>`}
    <input id="drawer-due" type="date" value=${date ?? ''} title=${date ? exactDate(date) : 'Set a due date'} onClick=${(event) => event.target.showPicker?.()}
      onChange=${(event) => onSet(event.target.value || null)} />
  </span>`
}

/** Starts or stops one's own timer on a job or a task, and shows whose else runs there. */
export function Timer({ job = null, task = null }) {
  const { id } = task ?? job
  const mine = myTimer.value && runsOn(myTimer.value, id) ? myTimer.value : null
  const others = running.value.filter((timer) => runsOn(timer, id) && !isMe(timer.member))
  return html`<div class="fact-timer">
    <button type="button" class="button ${mine ? 'button-stop' : 'button-strong'}" onClick=${() => (mine ? stopTimer() : startTimer({ job, task }))}>
      <${Icon} name=${mine ? 'stop' : 'play'} size=${13} />${mine ? html`<span class="numbers">${ticking(mine.startedAt, second.value)}</span>` : 'Start timer'}
    </button>
    ${others.map((timer) => html`<span class="card-ticking" key=${timer.id} style=${{ '--person': timer.member.colour }} title=${`Timer of ${timer.member.name}`}><span class="pulse"></span>${timer.member.name.split(' ')[0]} ${ticking(timer.startedAt, second.value)}</span>`)}
  </div>`
}
