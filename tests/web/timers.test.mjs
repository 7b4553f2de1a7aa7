// Who runs which timer, in whatever order it is heard.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runningOf } from '../../web/desk/running-timers.js'

const timer = (member, startedAt, stoppedAt = null) => ({ member: { id: member }, startedAt, stoppedAt })

test('who starts a timer has one, before it is heard that this stopped the other', () => {
  const [before, after] = [timer('helen', '2026-01-05T09:00:00.000000Z'), timer('helen', '2026-01-05T09:30:00.123Z')]
  assert.deepEqual(runningOf([before, after]), [after])
  assert.deepEqual(runningOf([after, before]), [after])
})

test('who has stopped the last one has none, whatever is still to be heard of the others', () => {
  const before = timer('helen', '2026-01-05T09:00:00Z')
  const hers = timer('priya', '2026-01-05T08:00:00Z')
  assert.deepEqual(runningOf([before, timer('helen', '2026-01-05T10:00:00Z', '2026-01-05T10:01:00Z'), hers]), [hers])
})
