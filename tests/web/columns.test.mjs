// In what order cards stand in a column: as the server has them, page by page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inOrder } from '../../web/desk/order.js'

const task = (id, told) => ({ id, status: 'READY', position: 'm', dueDate: null, completedAt: null, ...told })
const order = (cards, by) => cards.sort(inOrder({ category: (card) => card.status }, by)).map((card) => card.id).join(' ')

test('what is open stands by place, and by id where two have the same', () => {
  const cards = [task('3', { position: 'b' }), task('2', { position: 'c' }), task('1', { position: 'c' }), task('4', { position: 'a' })]
  assert.equal(order(cards, 'category'), '4 3 1 2')
})

test('a week stands by day, and by place within a day', () => {
  const cards = [['1', '2031-05-07', 'a'], ['2', '2031-05-06', 'b'], ['3', '2031-05-06', 'a'], ['4', '2031-05-05', 'z']].map(([id, dueDate, position]) => task(id, { dueDate, position }))
  assert.equal(order(cards, 'due-week'), '4 3 2 1')
})

test('what was done stands last, the latest first, and what was done this moment before it', () => {
  const done = (id, completedAt) => task(id, { status: 'DONE', position: 'a', completedAt })
  const cards = [done('1', '2031-05-05T10:00:00Z'), done('2', '2031-05-06T10:00:00Z'), done('3', null), task('4', { position: 'z' }), done('5', '2031-05-05T10:00:00.5Z')]
  assert.equal(order(cards, 'person'), '4 3 2 5 1')
})
