// Cards glide from where they were to where they are. Inside a column they slide; from one column
// to another a picture of the card flies, because a column clips what leaves it.
const SLIDE = { duration: 240, easing: 'cubic-bezier(.2,.8,.2,1)' }
const FLY = { duration: 420, easing: 'cubic-bezier(.3,.7,.1,1)' }
const FRESH = 400
const TOO_MANY = 60

let before = null
const still = matchMedia('(prefers-reduced-motion: reduce)')

const cards = () => document.querySelectorAll('.board [data-card]')
const columnOf = (card) => card.closest('[data-column]')?.dataset.column

/** Remembers where every card stands now. `overrides` says where a dragged one was let go. */
export function capture(overrides = {}) {
  before = { at: performance.now(), places: new Map() }
  for (const card of cards()) {
    const { card: id } = card.dataset
    before.places.set(id, { rect: overrides[id] ?? card.getBoundingClientRect(), column: overrides[id] ? '' : columnOf(card) })
  }
}

/** Call after the board was drawn anew. */
export function glide() {
  const was = before
  before = null
  if (!was || still.matches || performance.now() - was.at > FRESH) return
  const moves = []
  for (const card of cards()) {
    const from = was.places.get(card.dataset.card)
    const rect = card.getBoundingClientRect()
    if (!rect.width) continue
    if (!from) moves.push({ card, rect, isNew: true })
    else if (Math.abs(from.rect.left - rect.left) + Math.abs(from.rect.top - rect.top) > 2) moves.push({ card, rect, from })
  }
  if (moves.length > TOO_MANY) return
  for (const { card, rect, from, isNew } of moves) {
    if (isNew) card.animate([{ opacity: 0, transform: 'translateY(6px)' }, {}], SLIDE)
    else if (from.column === columnOf(card)) slide(card, from.rect, rect)
    else fly(card, from.rect, rect)
  }
}

function slide(card, from, to) {
  card.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }], SLIDE)
}

function fly(card, from, to) {
  if (!isInSight(from) && !isInSight(to)) return
  const picture = card.cloneNode(true)
  picture.removeAttribute('data-card')
  picture.inert = true
  picture.classList.add('flying')
  Object.assign(picture.style, { left: `${to.left}px`, top: `${to.top}px`, width: `${to.width}px` })
  flights().append(picture)
  // Not hidden: what is hidden loses the focus.
  card.style.opacity = '0'
  const start = `translate(${from.left - to.left}px, ${from.top - to.top}px)`
  const flight = picture.animate([{ transform: start }, { transform: 'none' }], FLY)
  const land = () => { picture.remove(); card.style.opacity = '' }
  flight.finished.then(land, land)
}

const isInSight = ({ left, right, top, bottom }) => right > 0 && left < innerWidth && bottom > 0 && top < innerHeight

export function flights() {
  return document.getElementById('flights')
}
