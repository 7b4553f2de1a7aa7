// Few lines, many streams: each comes to its turn, and who is not looked at gives its line back.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const page = Object.assign(new EventTarget(), { hidden: false })
globalThis.document = page
let spoken = 'http/1.1'
performance.getEntriesByType = () => [{ nextHopProtocol: spoken }]
const { turn } = await import('../../web/live/turns.js')

const soon = () => new Promise(setImmediate)

/** Takes a line and gives it back when its time is over, for as long as the test goes on. */
function stream() {
  const one = { turns: 0, holds: null }
  one.next = async () => {
    one.holds = await turn()
    one.turns += 1
    one.holds.over.addEventListener('abort', () => { one.holds.end(); one.holds = null })
  }
  one.next()
  return one
}

const hide = (hidden) => { page.hidden = hidden; page.dispatchEvent(new Event('visibilitychange')) }

test('two go on, the third waits until the time of one is over', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const streams = [stream(), stream(), stream()]
  await soon()
  assert.deepEqual(streams.map((one) => one.turns), [1, 1, 0])
  t.mock.timers.tick(8_000)
  await soon()
  assert.deepEqual(streams.map((one) => one.turns), [1, 1, 1])
  streams[2].holds.end()
})

test('a hidden page holds no line, and has them again when it is seen', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const one = stream()
  await soon()
  hide(true)
  assert.equal(one.holds, null)
  one.next()
  await soon()
  assert.equal(one.turns, 1)
  hide(false)
  await soon()
  assert.equal(one.turns, 2)
  one.holds.end()
})

test('where one line carries everything nobody waits', async () => {
  spoken = 'h2'
  const streams = [stream(), stream(), stream(), stream()]
  await soon()
  assert.deepEqual(streams.map((one) => one.turns), [1, 1, 1, 1])
  for (const one of streams) one.holds.end()
})
