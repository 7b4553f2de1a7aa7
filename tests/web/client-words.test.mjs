// What is said of a client: how it stands to others from either side, how often something comes back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relationOf, ruleWords } from '../../web/desk/client-words.js'

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
