// What is said of a client: how it stands to others from either side, how often something comes back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysOfMonth, relationOf, ruleWords, sameWords, yearly } from '../../web/desk/client-words.js'

test('a rule that only says how often is said in words', () => {
  assert.equal(ruleWords('FREQ=MONTHLY;BYMONTHDAY=-1'), 'Every month')
  assert.equal(ruleWords('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1'), 'Every 3 months')
  assert.equal(ruleWords('FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=5'), 'Every year')
  assert.equal(ruleWords('FREQ=WEEKLY;BYDAY=FR;WKST=MO'), 'Every week')
})

test('a rule that says more reads as it is written: words that leave something out would be wrong', () => {
  for (const rule of ['FREQ=MONTHLY;BYMONTHDAY=15,-1', 'FREQ=MONTHLY;BYMONTH=3', 'FREQ=MONTHLY;COUNT=3', 'FREQ=WEEKLY;UNTIL=20270101', 'FREQ=YEARLY;BYMONTH=1,7']) assert.equal(ruleWords(rule), rule)
})

test('each side of a relation tells of the other', () => {
  const [one, other] = [{ id: 'a', name: 'Robert' }, { id: 'b', name: 'Estates' }]
  const owns = { kind: 'OWNS', client: one, other }
  assert.deepEqual(relationOf(owns, 'a'), { words: 'Owns', who: other })
  assert.deepEqual(relationOf(owns, 'b'), { words: 'Owned by', who: one })
})

test('a day that comes back is told by its month, and one that is not in each year as its end', () => {
  assert.equal(yearly(3, 31), '31 March')
  assert.equal(yearly(2, 29), 'the end of February')
  assert.deepEqual([daysOfMonth(2), daysOfMonth('4'), daysOfMonth(12)], [29, 30, 31])
})

test('two clients are one by name or number, not by who stands behind both', () => {
  assert.equal(sameWords(['EMAIL', 'NAME', 'TAX_ID']), 'the same name and the same tax id')
  assert.equal(sameWords(['EMAIL']), '')
})
