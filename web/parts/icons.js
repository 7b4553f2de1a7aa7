// Small line drawings on a 16 × 16 grid; colour and size come from the text around them.
import { html } from './html.js'

const LINES = {
  plus: 'M8 3v10M3 8h10',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3.2L13 5',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  comment: 'M3 3.5h10v7H7.5L5 13v-2.500H3z',
  arrow: 'M3 8h9.500M9 4.500 12.500 8 9 11.500',
  filter: 'M2.500 4h11M4.500 8h7M6.500 12h3',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M3.400 12.600l.7-.7M11.900 4.100l.7-.7',
  moon: 'M13.200 9.600A5.600 5.600 0 0 1 6.400 2.800a5.600 5.600 0 1 0 6.800 6.800Z',
  help: 'M6 6.200A2 2 0 1 1 8.600 8c-.5.2-.6.6-.6 1.200M8 11.700v.1M8 14.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13Z',
  board: 'M2.500 2.500h3v11h-3zM6.700 2.500h3v7.500h-3zM10.900 2.500h2.900v4.500h-2.900z',
  tasks: 'm2 4.200 1.200 1.200L5.500 3M7.500 4.200H14M2 8.900l1.200 1.200 2.300-2.400M7.500 8.900H14M2 13.600h.1M7.500 13.200H14',
  pencil: 'M3 13l.6-2.600 7-7 2 2-7 7zM9.300 5.900l2 2',
  person: 'M8 8a2.700 2.700 0 1 0 0-5.400A2.700 2.700 0 0 0 8 8ZM3 13.700c.3-2.500 2.300-4 5-4s4.700 1.500 5 4',
  people: 'M6 7.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600ZM1.700 12.800c.2-2 1.900-3.300 4.300-3.300s4.100 1.300 4.300 3.300M10.500 3.100a2.300 2.300 0 0 1 0 4.200M12 9.800c1.400.4 2.200 1.500 2.300 3',
  building: 'M3 13.500v-11h6v11M9 6h4v7.500M1.800 13.500h12.400M5 5h2M5 7.500h2M5 10h2',
  link: 'M6.700 9.300a2.600 2.600 0 0 0 3.700 0l2-2a2.600 2.600 0 0 0-3.700-3.700l-.6.6M9.300 6.700a2.600 2.600 0 0 0-3.700 0l-2 2a2.600 2.600 0 0 0 3.700 3.700l.6-.6',
  hourglass: 'M4.500 2.500h7M4.500 13.500h7M5 2.500c0 3 3 3.500 3 5.500 0-2 3-2.500 3-5.500M5 13.500c0-3 3-3.500 3-5.500 0 2 3 2.500 3 5.500',
  lock: 'M4 7.500h8v6H4zM5.700 7.500V5.300a2.300 2.300 0 0 1 4.600 0v2.200',
  trash: 'M3 4.500h10M6.500 4.500v-2h3v2M4.500 4.500l.5 9h6l.5-9',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1 1H3zM7 13.700c.5.4 1.500.4 2 0',
  undo: 'M3 6.500h6.500a3.500 3.500 0 0 1 0 7H6M3 6.500 5.800 3.700M3 6.500l2.800 2.800',
  leave: 'M6.500 2.500h-4v11h4M6 8h8M11 5l3 3-3 3',
  calendar: 'M2.500 3.500h11v10h-11zM2.500 6.500h11M5.500 2v3M10.500 2v3',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.700V8l2.300 1.500',
  invoice: 'M3.500 2h9v12l-1.800-1-1.800 1-1.800-1-1.800 1-1.800-1zM6 5.500h4M6 8.500h4',
  template: 'M5.500 5.500h8v8h-8zM2.500 10.500v-8h8',
  stages: 'M2.500 4.500h3v7h-3zM10.500 4.500h3v7h-3zM5.500 8h5',
  chart: 'M2.500 13.500h11M4 11V8M8 11V3.500M12 11V6',
  download: 'M8 2.500v7.500M5 7.500 8 10.500l3-3M3 13.500h10',
  open: 'M9.500 2.500h4v4M13.500 2.500 8 8M11.500 9.500v4h-9v-9h4',
  up: 'm4.500 9.500 3.500-3.500 3.500 3.500',
  down: 'm4.500 6.500 3.500 3.500 3.500-3.500',
  back: 'M9.500 4 5.500 8l4 4',
  forth: 'M6.500 4l4 4-4 4',
  file: 'M4 2h5.500L12.500 5v9H4zM9.500 2v3.500h3',
  eye: 'M1.500 8S4 3.500 8 3.500 14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8ZM8 9.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600Z',
}
const SOLID = {
  more: 'M3 9.300a1.300 1.300 0 1 0 0-2.600 1.300 1.300 0 0 0 0 2.600ZM8 9.300a1.300 1.300 0 1 0 0-2.600 1.300 1.300 0 0 0 0 2.600ZM13 9.300a1.300 1.300 0 1 0 0-2.600 1.300 1.300 0 0 0 0 2.600Z',
  play: 'M5 3.200v9.600l7.500-4.800z',
  stop: 'M4.500 4.500h7v7h-7z',
}

export function Icon({ name, size = 16 }) {
  const solid = SOLID[name]
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true"
    fill=${solid ? 'currentColor' : 'none'} stroke=${solid ? 'none' : 'currentColor'} stroke-width="1.4"
    stroke-linecap="round" stroke-linejoin="round"><path d=${solid ?? LINES[name]} /></svg>`
}

const RING = 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z'
const GLYPHS = {
  PLANNED: { dashed: true },
  READY: {},
  IN_PROGRESS: { fill: 'M8 4.600a3.400 3.400 0 0 1 0 6.800Z' },
  WAITING_ON_CLIENT: { line: 'M8 5v3.200l2 1.300' },
  WAITING_ON_OTHER: { line: 'M5.300 8h.01M8 8h.01M10.700 8h.01' },
  ON_HOLD: { line: 'M6.700 6v4M9.300 6v4' },
  IN_REVIEW: { fill: 'M8 10.200a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400Z' },
  DONE: { solid: true, line: 'm5.400 8.300 1.800 1.800 3.500-3.900' },
  CANCELLED: { line: 'm6 6 4 4M10 6l-4 4' },
}

/** The sign of a work category: the same ring, filled as far as the work is. */
export function Glyph({ category, size = 16 }) {
  const { dashed, fill, line, solid } = GLYPHS[category] ?? {}
  return html`<svg class="glyph" data-category=${category} width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true"
    fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">
    <path d=${RING} fill=${solid ? 'currentColor' : 'none'} stroke-dasharray=${dashed ? '2.2 2.500' : undefined} />
    ${fill && html`<path d=${fill} fill="currentColor" stroke="none" />`}
    ${line && html`<path d=${line} class=${solid ? 'glyph-on-solid' : ''} />`}
  </svg>`
}
