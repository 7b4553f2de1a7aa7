// Few lines, many streams: each comes to its turn, and who is not looked at gives its line back.
import assert from 'node:assert/strict'
import { test } from 'node:test'

const page = Object.assign(new EventTarget(), { hidden: false })
globalThis.document = page
let spoken = 'http/1.1'
performance.getEntriesByType = () => [{ nextHopProtocol: spoken }]
const { turn } = await import('../../web/live/turns.js')

const soon = () => new Promise(setImmediate)

/** Takes a line, gives it back when its time is over, and comes again at once. */
function stream() {
  const one = { turns: 0, holds: null, goesOn: true }
  one.next = async () => {
    one.holds = await turn()
    if (!one.goesOn) { one.holds.end(); return }
    one.turns += 1
    one.holds.over.addEventListener('abort', () => {
      one.holds.end()
      one.holds = null
      if (one.goesOn) one.next()
    })
  }
  one.leave = () => { one.goesOn = false; one.holds?.end() }
  one.next()
  return one
}

const hide = (hidden) => { page.hidden = hidden; page.dispatchEvent(new Event('visibilitychange')) }

test('two go on at a time, and each comes to its turn', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const streams = [stream(), stream(), stream()]
  await soon()
  assert.deepEqual(streams.map((one) => one.turns), [1, 1, 0])
  for (let n = 0; n < 3; n += 1) { t.mock.timers.tick(8_000); await soon() }
  const turns = streams.map((one) => one.turns)
  assert.ok(Math.min(...turns) >= 2, `${turns}`)
  assert.equal(streams.filter((one) => one.holds).length, 2)
  for (const one of streams) one.leave()
})

test('a hidden page holds no line, and has them again when it is seen', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const one = stream()
  await soon()
  hide(true)
  await soon()
  assert.equal(one.holds, null)
  assert.equal(one.turns, 1)
  hide(false)
  await soon()
  assert.equal(one.turns, 2)
  one.leave()
})

test('where one line carries everything nobody waits', async () => {
  spoken = 'h2'
  const streams = [stream(), stream(), stream(), stream()]
  await soon()
  assert.deepEqual(streams.map((one) => one.turns), [1, 1, 1, 1])
  for (const one of streams) one.leave()
})
