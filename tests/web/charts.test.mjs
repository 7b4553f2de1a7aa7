// Axes and periods, as the dashboard reckons with them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { every, placer, ticks } from '../../web/charts/scale.js'
import { monthsOf, periodOf } from '../../web/desk/periods.js'

test('an axis goes in whole round steps from below to above all that stands on it, with nothing on it', () => {
  assert.deepEqual(ticks(0, 0), [0, 1])
  assert.deepEqual(ticks(0, 10), [0, 5, 10])
  assert.deepEqual(ticks(0, 1980), [0, 500, 1000, 1500, 2000])
  assert.deepEqual(ticks(-120, 900), [-500, 0, 500, 1000])
  for (const [low, high] of [[0, 0.01], [0, 1], [0, 9.5], [5, 7], [-3, -1], [-1e6, 2.5e6], [0, 99999.99]]) {
    const marks = ticks(low, high)
    assert.ok(marks[0] <= Math.min(low, 0) && marks.at(-1) >= Math.max(high, 0), `${low} ${high} ${marks}`)
    assert.ok(marks.includes(0) && marks.length <= 8 && marks.every(Number.isInteger), `${marks}`)
  }
})

test('a value stands in proportion between the ends', () => {
  const y = placer([-100, 0, 100], 200, 0)
  assert.deepEqual([-100, 0, 50].map(y), [200, 100, 50])
  assert.deepEqual([every(12, 400, 34), every(12, 200, 34), every(1, 10, 34)], [2, 3, 4])
})

test('a period ends today and begins with a month', () => {
  const day = '2026-02-28'
  const begins = ['', 'year', 'quarter', 'month'].map((id) => periodOf(id, day))
  assert.deepEqual(begins.map(({ first }) => first), ['2025-03-01', '2026-01-01', '2026-01-01', '2026-02-01'])
  assert.ok(begins.every(({ last }) => last === day))
  assert.deepEqual(monthsOf({ first: '2025-11-15', last: '2026-01-01' }), ['2025-11-01', '2025-12-01', '2026-01-01'])
  assert.equal(monthsOf(periodOf('', day)).length, 12)
})
