// What the keyboard can do.
import { signal } from '@preact/signals-core'
import { Dialog } from '../parts/dialog.js'
import { html } from '../parts/html.js'
import { Icon } from '../parts/icons.js'
import { places } from './places.js'

export const helpIsOpen = signal(false)

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent)
export const COMMAND = MAC ? '⌘' : 'Ctrl'

const groups = () => [
  ['Anywhere', [[[COMMAND, 'K'], 'Find or do anything'], [['/'], 'Filter the cards'], [['Z'], 'Undo the last move'], [['D'], 'Light or dark'], [['?'], 'This help']]],
  ['Go to', [[['G', 'T'], 'My team, due soon'], [['G', 'C'], 'My clients'], [['G', 'P'], 'By person'], [['G', 'W'], 'By due week'], [['G', 'J'], 'Jobs'], [['G', 'K'], 'Tasks'], ...places().map((place) => [['G', place.key.toUpperCase()], place.title])]],
  ['On a card', [[['↑', '↓', '←', '→'], 'Walk over the board'], [['Enter'], 'Open'], [['T'], 'Start or stop the timer'], [['Space'], 'Pick up, put down'], [['Esc'], 'Bring back']]],
  ['In the clients', [[['/'], 'Find by words'], [['↑', '↓'], 'From row to row'], [['Enter'], 'Open']]],
  ['In the timesheet', [[['↑', '↓', '←', '→'], 'From cell to cell'], [['Enter'], 'Keep it'], [['Esc'], 'Take it back']]],
]

export function Help() {
  if (!helpIsOpen.value) return null
  const close = () => { helpIsOpen.value = false }
  return html`<${Dialog} label="Keyboard" class="help" onClose=${close}>
    <header><h2>Keyboard</h2><button type="button" class="button button-icon" aria-label="Close" onClick=${close}><${Icon} name="close" /></button></header>
    <div class="help-groups">${groups().map(([title, rows]) => html`<section key=${title}><h3>${title}</h3><dl>
      ${rows.map(([keys, what]) => html`<div key=${what}><dt>${keys.map((key) => html`<kbd key=${key}>${key}</kbd>`)}</dt><dd>${what}</dd></div>`)}
    </dl></section>`)}</div>
  <//>`
}
