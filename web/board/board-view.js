// The board: its columns side by side, each scrolling on its own.
import { computed } from '@preact/signals-core'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { beforeChanges, board, condition, overdue, tryAgain } from '../desk/board.js'
import { countOf, isPast, shortTitleOf, titleOf } from '../desk/grouping.js'
import { announcement } from '../desk/toasts.js'
import { isFiltered, view } from '../desk/view.js'
import { html } from '../parts/html.js'
import { Glyph } from '../parts/icons.js'
import { Problem } from '../parts/problem.js'
import { tabStop } from './card-frame.js'
import { ClosedColumn, Column } from './column.js'
import { capture, glide } from './glide.js'
import { buttonOf } from './keys.js'
import { NothingFound, NothingYet, Skeleton } from './instead.js'
import { lift } from './lift.js'

beforeChanges.add(() => capture())

/** The columns as they are shown: a card held by the keyboard stands where it is held. */
const shownColumns = computed(() => {
  const held = lift.value
  if (held?.by !== 'keyboard') return board.value
  return board.value.map((column) => {
    const ids = column.ids.filter((id) => id !== held.id)
    if (column.key === held.key) ids.splice(held.index, 0, held.id)
    return { ...column, ids }
  })
})

/** An empty column starts closed, except where work begins, goes on and ends. */
const ALWAYS_OPEN = new Set(['READY', 'IN_PROGRESS', 'DONE'])
const isQuiet = (column) => !column.count && !ALWAYS_OPEN.has(column.key) && !column.weekStart

export function BoardView() {
  const root = useRef()
  const [opened, setOpened] = useState(() => new Set())
  const columns = shownColumns.value
  const held = lift.value
  const focused = document.activeElement?.closest('.board [data-card]')?.dataset.card
  useLayoutEffect(() => {
    glide()
    // A card that changes its column is drawn anew there: the focus goes with it.
    if (!focused || document.activeElement !== document.body) return
    buttonOf(focused)?.focus({ preventScroll: true })
    if (held?.by === 'keyboard') buttonOf(focused)?.closest('[data-card]').scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })
  if (condition.value instanceof Error) {
    return html`<main class="board-room" id="board"><${Problem} title="The board could not be opened" problem=${condition.value} retry=${tryAgain} /></main>`
  }
  const loading = condition.value === 'loading'
  const total = columns.reduce((sum, column) => sum + column.count, 0)
  const first = columns.find((column) => column.ids.length)?.ids[0]
  const stop = columns.some((column) => column.ids.includes(tabStop.value)) ? tabStop.value : first
  const tasks = view.value.show === 'tasks'
  return html`<main class="board-room" id="board" tabindex="-1" aria-busy=${loading}>
    <h1 class="visually-hidden">${tasks ? 'Task board' : 'Job board'}</h1>
    ${!loading && !total && !isFiltered(view.value) && html`<${NothingYet} />`}
    ${!loading && total > 0 && html`<${Pager} columns=${columns} root=${root} />`}
    ${loading ? html`<${Skeleton} />` : total === 0 && isFiltered(view.value) ? html`<${NothingFound} />` : html`<div class="board" ref=${root}>
      ${columns.map((column) => (isQuiet(column) && !opened.has(column.key) && held?.key !== column.key
        ? html`<${ClosedColumn} key=${column.key} column=${column} onOpen=${() => setOpened(new Set([...opened, column.key]))} />`
        : html`<${Column} key=${column.key} column=${column} tasks=${tasks} tabStop=${stop} />`))}
    </div>`}
    <p id="card-keys" hidden>Enter opens. Space picks the card up; then arrow keys move it.</p>
    <div class="visually-hidden" role="status" aria-live="assertive">${announcement.value}</div>
  </main>`
}

/** On a phone a column is a page: one touch goes to any of them. */
function Pager({ columns, root }) {
  const go = (key) => root.current?.querySelector(`[data-column="${CSS.escape(key)}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest', behavior: 'smooth' })
  return html`<nav class="pager" aria-label="Columns">
    ${columns.map((column) => html`<button type="button" key=${column.key} onClick=${() => go(column.key)} aria-label=${`${titleOf(column)}, ${countOf(column)}`}>
      <span class="pager-sign">${column.category && html`<${Glyph} category=${column.category} size=${14} />`}<span>${countOf(column)}</span></span>
      <span class="pager-title">${shortTitleOf(column)}</span>
    </button>`)}
  </nav>`
}

/** What is on the board, in one line. */
export const summary = computed(() => {
  const columns = board.value.filter((column) => !isPast(column))
  return {
    open: columns.reduce((sum, column) => sum + column.open, 0),
    overdue: overdue.value,
    seconds: columns.reduce((sum, column) => sum + column.remainingSeconds, 0),
  }
})
