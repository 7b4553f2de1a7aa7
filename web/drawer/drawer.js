// All about one job, beside the board: it stays in sight, and the address names the job.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { jobCondition, openAgain } from '../desk/job.js'
import { jobs } from '../desk/stores.js'
import { touchOf } from '../desk/touches.js'
import { look, openJobId } from '../desk/view.js'
import { focusCard } from '../board/keys.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { Problem } from '../parts/problem.js'
import { Activity } from './activity.js'
import { Comments } from './comments.js'
import { Facts } from './facts.js'
import { Review } from './review.js'
import { Steps } from './steps.js'
import { Waiting } from './waiting.js'

const close = () => look({ job: '' })

const Close = () => html`<button type="button" class="button button-icon" aria-label="Close (Escape)" title="Close (Escape)" onClick=${close}><${Icon} name="close" /></button>`

function Heading({ job }) {
  const touched = touchOf(`drawer:${job.id}`).value
  return html`<header class="drawer-head">
    <div>
      <button type="button" class="drawer-client" title="Only this client on the board" onClick=${() => look({ client: job.client.id, job: '', due: 'any', scope: 'everything' })}>${job.client.name}</button>
      <h2 id="drawer-title">${job.title}</h2>
    </div>
    ${touched && html`<span class="drawer-touch" key=${touched.turn} style=${{ '--person': touched.person.colour }}>${touched.person.name} is here</span>`}
    <${Close} />
  </header>`
}

function Body({ id }) {
  const job = jobs.of(id).value
  if (jobCondition.value === 'missing') return html`<${Gone} />`
  const problem = jobCondition.value instanceof Error && html`<${Problem} title="The rest of the job could not be fetched" problem=${jobCondition.value} retry=${openAgain} />`
  if (!job) return html`<header class="drawer-head"><h2 id="drawer-title">Job</h2><${Close} /></header>${problem || html`<div class="drawer-body"><${Bones} /></div>`}`
  return html`<${Heading} job=${job} />
    <div class="drawer-body">
      <${Facts} job=${job} />
      <${Waiting} job=${job} />
      <${Review} job=${job} />
      ${job.client.notes && html`<p class="client-notes"><b>About the client</b>${job.client.notes}</p>`}
      ${job.stepIds ? html`<${Steps} job=${job} /><${Comments} job=${job} /><${Activity} job=${job} />` : problem || html`<${Bones} />`}
    </div>`
}

function Gone() {
  return html`<div class="empty"><h2>This job is not here</h2><p>It was deleted, or it is not yours to see. The rest of the board is as it was.</p>
    <button type="button" class="button button-strong" onClick=${close}>Back to the board</button></div>`
}

function Bones() {
  return html`<div class="drawer-bones" aria-hidden="true">${[1, 2, 3, 4, 5].map((line) => html`<span class="bone bone-long" key=${line}></span>`)}</div>`
}

export function Drawer() {
  const id = openJobId.value
  const panel = useRef()
  const before = useRef('')
  useLayoutEffect(() => {
    if (id) {
      panel.current.focus({ preventScroll: true })
      // The board gave up some of its width: the card that is open stays in sight.
      document.querySelector(`.board [data-card="${CSS.escape(id)}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    }
    else if (before.current) focusCard(before.current)
    before.current = id
  }, [id])
  useEffect(() => {
    const onKey = (event) => { if (event.key === 'Escape' && !event.defaultPrevented && openJobId.peek() && !document.querySelector('dialog[open], [popover]:popover-open')) close() }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  if (!id) return null
  return html`<aside class="drawer" role="dialog" aria-labelledby="drawer-title" aria-label="Job" tabindex="-1" ref=${panel}><${Body} key=${id} id=${id} /></aside>`
}
