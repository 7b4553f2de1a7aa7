// A day of which the month shows only the beginning: all that is due on it.
import { useEffect, useState } from 'preact/hooks'
import { dueOn } from '../desk/calendar.js'
import { exactDate } from '../desk/words.js'
import { Dialog } from '../parts/dialog.js'
import { html } from '../parts/html.js'
import { Card } from './card.js'

export function WholeDay({ day, onClose }) {
  const [cards, setCards] = useState([])
  const [next, setNext] = useState({ endCursor: null, hasNextPage: true })
  const [state, setState] = useState('loading')
  const load = async () => {
    setState('loading')
    try {
      const { nodes, pageInfo } = await dueOn(day, next.endCursor)
      setCards((before) => [...before, ...nodes])
      setNext(pageInfo)
      setState('ready')
    } catch ({ message }) { setState(message) }
  }
  useEffect(() => { load() }, [])
  return html`<${Dialog} label=${`Due on ${exactDate(day)}`} class="sheet whole-day" onClose=${onClose}><h2>Due on ${exactDate(day)}</h2>
    <ul role="list">${cards.map((card) => html`<${Card} key=${card.id} card=${card} />`)}</ul>
    ${state !== 'ready' && state !== 'loading' && html`<p class="form-problem" role="alert">${state}</p>`}
    <div class="form-actions">${next.hasNextPage && html`<button type="button" class="button" disabled=${state === 'loading'} onClick=${load}>${state === 'loading' ? 'Loading …' : cards.length ? 'More' : 'Try again'}</button>`}
      <button type="button" class="button button-quiet" onClick=${onClose}>Close</button></div><//>`
}
