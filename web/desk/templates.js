// Templates and their versions, and what their steps say in words.
import { effect } from '@preact/signals-core'
import { ask } from '../live/request.js'
import { Snapshot } from '../live/snapshot.js'
import { address } from './address.js'

const MADE_OF = ['template', 'template_version', 'template_step']

export const list = new Snapshot((variables) => ask('Templates', variables), MADE_OF)
export const one = new Snapshot((variables) => ask('Template', variables), MADE_OF)

export { PARTS as ROLES } from './client-words.js'
export const UNITS = { BUSINESS_DAYS: 'business day', CALENDAR_DAYS: 'day', WEEKS: 'week', MONTHS: 'month' }
export const ANCHORS = { START: 'the start', DUE: 'the due date', PERIOD_END: 'the period’s end' }

/** "5 business days before the due date", "on the start". */
export function offsetWords(due) {
  if (!due) return 'No date'
  const { anchor, count, unit } = due
  if (!count) return `On ${ANCHORS[anchor]}`
  const many = Math.abs(count)
  return `${many} ${UNITS[unit]}${many === 1 ? '' : 's'} ${count < 0 ? 'before' : 'after'} ${ANCHORS[anchor]}`
}

export const versionWords = ({ number, publishedAt }) => `Version ${number}${publishedAt ? '' : ', draft'}`

export function keepTemplates() {
  let before
  effect(() => {
    const id = address.value.template ?? ''
    if (id === before) return
    before = id
    if (id) { one.data.value = null; one.open({ id }) } else list.open()
  })
}
