// What is wanted often is done seldom, and never not at all.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Gathered } from '../../web/live/gathered.js'

/** Work that lasts until it is told to end, counted. */
function slow() {
  const begun = []
  const gathered = new Gathered(() => new Promise((end) => { begun.push(end) }), 10)
  return { gathered, begun }
}

test('what is wanted close together is done once, however long more is wanted', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { gathered, begun } = slow()
  for (let n = 0; n < 5; n += 1) { gathered.want(); t.mock.timers.tick(4) }
  assert.equal(begun.length, 1)
})

test('what is wanted while it runs is done after it, once', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { gathered, begun } = slow()
  gathered.want()
  t.mock.timers.tick(10)
  for (let n = 0; n < 3; n += 1) { gathered.want(); t.mock.timers.tick(50) }
  assert.equal(begun.length, 1, 'never twice at once')
  begun[0]()
  await new Promise(setImmediate)
  t.mock.timers.tick(10)
  assert.equal(begun.length, 2)
})

test('what is forgotten is not done', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { gathered, begun } = slow()
  gathered.want()
  gathered.forget()
  t.mock.timers.tick(1000)
  assert.equal(begun.length, 0)
})
