// What a task waits for, and how: tied, untied, and for a manager not waited for, with a reason.
import { useState } from 'preact/hooks'
import { isOver } from '../desk/kinds.js'
import { may } from '../desk/session.js'
import { take, tasks } from '../desk/stores.js'
import { moveTask } from '../desk/task-verbs.js'
import { openThing } from '../desk/view.js'
import { KINDS, lagWords, UNSEEN } from '../desk/wait-words.js'
import { findTasks, holding, isBegun } from '../desk/waits.js'
import { dueWords, exactDate, exactMoment, shortDate } from '../desk/words.js'
import { Choice } from '../parts/choice.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { useVerb } from '../parts/verb.js'

const MOST_LAG = 250
const Wrongs = ({ errors }) => errors.map((error) => html`<p class="form-wrong" role="alert" key=${error.message}>${error.message}</p>`)

function Untie({ task, blocker }) {
  const { send, sending, errors } = useVerb('RemoveDependency')
  const untie = async () => {
    const payload = await send({ blockedId: task.id, blockerId: blocker.id })
    if (payload) take.task(payload.blocked)
  }
  return html`<button type="button" class="button button-icon" disabled=${sending} title="Wait for it no more" aria-label=${`Wait no more for ${blocker.title}`} onClick=${untie}><${Icon} name="close" size=${12} /></button><${Wrongs} errors=${errors} />`
}

function Link({ link, task }) {
  const [before, after] = KINDS[link.kind]
  const blocker = link.blocker && (tasks.of(link.blocker.id).value ?? link.blocker)
  const held = link.holds && !isOver(task.status)
  return html`<li class="wait" data-holds=${held}><${Icon} name=${held ? 'lock' : 'check'} size=${13} />
    <div><p>${before} ${blocker ? html`<button type="button" class="link" onClick=${() => openThing(blocker.id)}>${blocker.title}</button>` : html`<i>${UNSEEN}</i>`} ${after}${link.lagDays > 0 && `, ${lagWords(link.lagDays)}`}${' '}<span class="wait-stands">${held ? (link.freeOn ? html`from <time datetime=${link.freeOn} title=${exactDate(link.freeOn)}>${shortDate(link.freeOn)}</time>` : 'holds it up') : 'no longer holds it up'}</span></p>
      ${link.overriddenAt && html`<p class="wait-override" title=${exactMoment(link.overriddenAt)}><b>${link.overriddenBy?.name ?? 'Somebody'} did not wait:</b> ${link.overrideReason}</p>`}</div>
    ${blocker && may('EDIT_WORK') && html`<${Untie} task=${task} blocker=${blocker} />`}</li>`
}

function Tie({ task, onClose }) {
  const [kind, setKind] = useState('FINISH_TO_START')
  const [blocker, setBlocker] = useState(null)
  const [lag, setLag] = useState('0')
  const { send, sending, errors } = useVerb('AddDependency')
  const submit = async (event) => {
    event.preventDefault()
    const payload = blocker && await send({ blockedId: task.id, blockerId: blocker.id, kind, lagDays: Number.parseInt(lag, 10) || 0 })
    if (payload) { take.task(payload.blocked); onClose() }
  }
  return html`<form class="wait-form" onSubmit=${submit} onKeyDown=${(event) => { if (event.key === 'Escape' && !event.defaultPrevented) { event.preventDefault(); onClose() } }}>
    <select aria-label="How it waits" value=${kind} onChange=${(event) => setKind(event.target.value)}>${Object.entries(KINDS).map(([value, [before, after]]) => html`<option key=${value} value=${value}>${before} … ${after}</option>`)}</select>
    <${Choice} class="button wait-which" label="What it waits for" find=${(text) => findTasks(task, text)} onPick=${setBlocker}><span>${blocker?.title ?? 'Which task?'}</span><${Icon} name="chevron" size=${12} /><//>
    <label class="wait-lag"><input type="number" min="0" max=${MOST_LAG} step="1" value=${lag} onInput=${(event) => setLag(event.target.value)} /> business days later</label>
    <${Wrongs} errors=${errors} />
    <div class="notice-actions"><button type="button" class="button button-quiet" onClick=${onClose}>Cancel</button><button type="submit" class="button button-strong" disabled=${!blocker || sending}>Wait for it</button></div></form>`
}

function AllTheSame({ task }) {
  const [asked, setAsked] = useState(false)
  const [reason, setReason] = useState('')
  const begun = isBegun(task.status)
  const words = begun ? 'Finish it all the same' : 'Begin it all the same'
  const submit = (event) => {
    event.preventDefault()
    if (!reason.trim()) return
    moveTask(task.id, { status: begun ? 'DONE' : 'IN_PROGRESS', overrideReason: reason.trim() })
    setAsked(false)
  }
  if (!asked) return html`<button type="button" class="button" onClick=${() => setAsked(true)}>${words} …</button>`
  return html`<form class="wait-form" onSubmit=${submit}><label>Why does it not wait? It is kept with your name.
      <input value=${reason} maxlength="1000" autocomplete="off" placeholder="The client asked for it today" onInput=${(event) => setReason(event.target.value)} ref=${(input) => { if (input && !input.dataset.met) { input.dataset.met = '1'; input.focus() } }} /></label>
    <div class="notice-actions"><button type="button" class="button button-quiet" onClick=${() => setAsked(false)}>Cancel</button><button type="submit" class="button button-strong" disabled=${!reason.trim()}>${words}</button></div></form>`
}

function MakesLate({ task }) {
  if (!task.makesLate?.length || isOver(task.status)) return null
  return html`<div class="notice-line makes-late" data-tone="overdue"><${Icon} name="clock" size=${14} /><div><b>Makes late</b>
    <ul>${task.makesLate.map(({ task: other, job, dueDate, expectedFinish }) => html`<li key=${(other ?? job).id}><button type="button" class="link" onClick=${() => openThing((other ?? job).id)}>${(other ?? job).title}</button>${job && ' (the job)'}, due <time datetime=${dueDate} title=${exactDate(dueDate)}>${dueWords(dueDate)}</time>, expected <time datetime=${expectedFinish} title=${exactDate(expectedFinish)}>${shortDate(expectedFinish)}</time></li>`)}</ul></div></div>`
}

export function Waits({ task }) {
  const [tying, setTying] = useState(false)
  const links = task.dependencies ?? []
  const over = isOver(task.status)
  const mayTie = may('EDIT_WORK') && !over
  if (!links.length && !mayTie) return null
  return html`<${MakesLate} task=${task} /><section class="drawer-part" aria-labelledby="waits-title"><h3 id="waits-title">Waits for</h3>
    ${links.length > 0 && html`<ul class="waits" role="list">${links.map((link) => html`<${Link} key=${link.id} link=${link} task=${task} />`)}</ul>`}
    ${!links.length && !tying && html`<p class="part-empty">Nothing: it can be begun.</p>`}
    ${tying ? html`<${Tie} task=${task} onClose=${() => setTying(false)} />` : html`<div class="drawer-acts">${mayTie && html`<button type="button" class="button" onClick=${() => setTying(true)}><${Icon} name="plus" size=${14} />Wait for a task</button>`}
      ${may('MANAGE_WORK') && holding(task).length > 0 && html`<${AllTheSame} key=${task.status} task=${task} />`}</div>`}</section>`
}
