// Where the steps of a job lie in time, and what ties them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { laidOut } from '../../web/desk/timeline.js'

const step = (id, told) => ({ id, title: id, status: 'PLANNED', startedAt: null, completedAt: null, dueDate: null, expectedStart: null, expectedFinish: null, slackDays: 0, dependencies: [], ...told })
const after = (id, kind = 'FINISH_TO_START') => ({ id: `after ${id}`, kind, lagDays: 0, blocker: { id, title: id } })
const job = (tasks, told) => ({ id: 'job', dueDate: null, expectedFinish: '2031-05-09', criticalPath: [], tasks, ...told })
const drawn = (one) => laidOut(one, { today: '2031-05-05', dateOf: (moment) => moment.slice(0, 10), edge: 0.25 })

const open = (id, expectedStart, expectedFinish, told) => step(id, { expectedStart, expectedFinish, ...told })

test('a day is as wide as the others, and a bar reaches to the end of its last one', () => {
  const { rows, today } = drawn(job([open('a', '2031-05-05', '2031-05-06'), open('b', '2031-05-07', '2031-05-09')]))
  assert.deepEqual(rows.map(({ left, right }) => [left, right]), [[0, 40], [40, 100]])
  assert.equal(today, 0)
})

test('what is done lies where it was done, what is cancelled nowhere, and what was begun from then on', () => {
  const { rows, today } = drawn(job([
    step('a', { status: 'DONE', startedAt: '2031-05-01T09:00', completedAt: '2031-05-02T09:00' }), step('b', { status: 'CANCELLED' }),
    open('c', '2031-05-05', '2031-05-06', { status: 'IN_PROGRESS', startedAt: '2031-05-02T12:00' }), step('d'),
  ]))
  assert.deepEqual(rows.map(({ step: { id }, from, to, done }) => [id, from, to, done]), [['a', '2031-05-01', '2031-05-02', true], ['c', '2031-05-02', '2031-05-06', false]])
  assert.equal(Math.round(today), 67)
})

test('what must not slip is told, and by how many days a step or the job is late', () => {
  const plan = drawn(job([open('a', '2031-05-05', '2031-05-09', { dueDate: '2031-05-07' })], { criticalPath: [{ id: 'a' }], dueDate: '2031-05-06' }))
  assert.deepEqual([plan.rows[0].critical, plan.rows[0].late, plan.late], [true, 2, 3])
  assert.equal(plan.due, 40)
})

test('each way of waiting leaves and arrives where it holds', () => {
  const ties = (kind) => drawn(job([open('a', '2031-05-05', '2031-05-06'), open('b', '2031-05-07', '2031-05-09', { dependencies: [after('a', kind)] })])).ties.map(({ path, end, down }) => [path, end, down])
  assert.deepEqual(ties('FINISH_TO_START'), [['M40 0.5H40V1.25', 40, true]])
  assert.deepEqual(ties('START_TO_START'), [['M0 0.5V1H40V1.25', 40, true]])
  assert.deepEqual(ties('FINISH_TO_FINISH'), [['M40 0.5H100V1.25', 100, true]])
})

test('what follows on the same day, or stands above, is reached all the same, and what is not there ties nothing', () => {
  const sameDay = drawn(job([open('b', '2031-05-05', '2031-05-09', { dependencies: [after('a'), after('elsewhere'), { ...after('x'), blocker: null }] }), open('a', '2031-05-05', '2031-05-05')]))
  assert.deepEqual(sameDay.ties.map(({ path, down }) => [path, down]), [['M1 1.5H1V0.75', false]])
})

test('a long job has no more days named than there is room for', () => {
  const { ticks } = drawn(job([open('a', '2031-05-05', '2032-05-04')]))
  assert.ok(ticks.length > 3 && ticks.length <= 7)
  assert.equal(ticks[0].date, '2031-05-05')
})

test('without a step there is nothing to draw', () => {
  assert.equal(drawn(job([])), null)
})
