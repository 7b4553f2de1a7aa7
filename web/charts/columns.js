// Columns, one group for each month: side by side or on top of each other, with a mark to reach.
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { html } from '../parts/html.js'
import { every, placer, ticks } from './scale.js'

const HEIGHT = 220
const TOP = 10
const FOOT = 26
const LEFT = 52
const WIDEST = 46

/** How wide the element is, as it is now. */
function useWidth() {
  const ref = useRef(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)))
    watcher.observe(ref.current)
    return () => watcher.disconnect()
  }, [])
  return [ref, width]
}

const sum = (values) => values.reduce((all, value) => all + value, 0)

function extent(groups, stacked) {
  const tops = groups.flatMap(({ values, mark = 0 }) => [...(stacked ? [sum(values)] : values), mark])
  return ticks(Math.min(...tops), Math.max(...tops))
}

/** The rectangles of one group: { x, width, from, to, tone }. */
function bars({ values }, series, stacked, band) {
  const room = Math.min(WIDEST, band * 0.64)
  const width = stacked ? room : room / values.length
  let below = 0
  return values.map((value, n) => {
    const from = stacked ? below : 0
    below += value
    return { x: stacked ? 0 : n * width, width: stacked ? width : Math.max(1, width - 2), from, to: from + value, tone: series[n].tone }
  }).map((bar) => ({ ...bar, x: bar.x + (band - room) / 2 }))
}

function Axis({ marks, y, width, words }) {
  return marks.map((value) => html`<g key=${value}><line class=${value ? 'grid' : 'zero'} x1=${LEFT} x2=${width} y1=${y(value)} y2=${y(value)} />
    <text class="axis" x=${LEFT - 8} y=${y(value) + 4} text-anchor="end">${words(value)}</text></g>`)
}

function Group({ group, series, stacked, x, y, band, isHere, label }) {
  const reach = Math.min(WIDEST, band * 0.84) / 2 + 2
  return html`<g transform=${`translate(${x} 0)`} data-here=${isHere}>
    <rect class="here" x="0" y=${TOP} width=${band} height=${HEIGHT - TOP - FOOT} />
    ${bars(group, series, stacked, band).map((bar, n) => html`<rect key=${n} class="bar" data-tone=${bar.tone} x=${bar.x} width=${bar.width} y=${Math.min(y(bar.from), y(bar.to))} height=${Math.abs(y(bar.from) - y(bar.to))} rx="2" />`)}
    ${group.mark > 0 && html`<line class="mark" x1=${band / 2 - reach} x2=${band / 2 + reach} y1=${y(group.mark)} y2=${y(group.mark)} />`}
    ${label && html`<text class="axis" x=${band / 2} y=${HEIGHT - 8} text-anchor="middle">${group.short}</text>`}
  </g>`
}

const Tip = ({ group, series, at, width }) => html`<div class="tip" style=${{ left: `${Math.min(Math.max(at, 84), width - 84)}px` }}>
  <b>${group.title}</b><dl>${series.map(({ name, tone, kind = 'area' }, n) => html`<div key=${name}><dt><span class="swatch" data-tone=${tone} data-kind=${kind}></span>${name}</dt><dd>${group.words[n]}</dd></div>`)}</dl></div>`

const aloud = ({ title, words }, series) => `${title}: ${series.map(({ name }, n) => `${name} ${words[n]}`).join(', ')}`

/**
 * `groups` are { key, title, short, values, mark, words }; `series` names the values, and after
 * them what else `words` say; `axis(value)` writes a number of the axis.
 */
export function Columns({ label, groups, series, axis, stacked = false }) {
  const [ref, width] = useWidth()
  const [here, setHere] = useState(null)
  const marks = extent(groups, stacked)
  const y = placer(marks, HEIGHT - FOOT, TOP)
  const band = Math.max(0, (width - LEFT) / groups.length)
  const step = every(groups.length, width - LEFT, 34)
  const point = (event) => {
    const n = Math.floor((event.clientX - ref.current.getBoundingClientRect().left - LEFT) / band)
    setHere(groups[n] ? n : null)
  }
  // A finger leaves when it lifts: what it pointed at stays until the next touch elsewhere.
  const leave = (event) => { if (event.pointerType === 'mouse') setHere(null) }
  const walk = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!by) { if (event.key === 'Escape') setHere(null); return }
    event.preventDefault()
    setHere(Math.min(groups.length - 1, Math.max(0, (here ?? (by > 0 ? -1 : groups.length)) + by)))
  }
  return html`<div class="columns" ref=${ref} role="group" aria-label=${`${label} Left and right go from month to month.`} tabindex="0"
      onPointerMove=${point} onPointerDown=${point} onPointerLeave=${leave} onKeyDown=${walk} onBlur=${() => setHere(null)}>
    ${width > 0 && html`<svg viewBox=${`0 0 ${width} ${HEIGHT}`} height=${HEIGHT} aria-hidden="true">
      <${Axis} marks=${marks} y=${y} width=${width} words=${axis} />
      ${groups.map((group, n) => html`<${Group} key=${group.key} group=${group} series=${series} stacked=${stacked} x=${LEFT + n * band} y=${y} band=${band} isHere=${n === here} label=${(groups.length - 1 - n) % step === 0} />`)}
    </svg>`}
    ${here !== null && html`<${Tip} group=${groups[here]} series=${series} at=${LEFT + (here + 0.5) * band} width=${width} />`}
    <p class="visually-hidden" role="status">${here !== null && aloud(groups[here], series)}</p>
  </div>`
}
