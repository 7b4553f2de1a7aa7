// Amounts, weeks and the order of steps, as the pages reckon with them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountOf, exceeds, isNothing, overdueOf, sums } from '../../web/desk/amounts.js'
import { addDays, mondayOf, weekName } from '../../web/desk/days.js'
import { moneyIn } from '../../web/parts/money.js'
import { blank, moved, opened, toggled, told, without } from '../../web/templates/steps.js'

test('amounts are summed exactly, each currency by itself', () => {
  const pounds = ['0.10', '0.20', '-1000000000000000.35'].map((amount) => ({ amount, currency: 'GBP' }))
  const found = sums([...pounds, { amount: '5', currency: 'JPY' }])
  assert.deepEqual(found, [{ currency: 'GBP', amount: '-1000000000000000.05' }, { currency: 'JPY', amount: '5' }])
  assert.deepEqual(['0.00', '0', '-0.00', '0.01'].map((amount) => isNothing({ amount })), [true, true, true, false])
})

test('what is overdue is the sum of what is late, to the smallest digit', () => {
  const late = ([days1To30, days31To60, days61To90, over90Days]) => overdueOf(Object.fromEntries(Object.entries({ notDue: '9.00', days1To30, days31To60, days61To90, over90Days }).map(([name, amount]) => [name, { amount, currency: 'GBP' }])))
  assert.deepEqual(late(['0.10', '0.20', '0.00', '90071992547409.93']), { amount: '90071992547410.23', currency: 'GBP' })
  assert.ok(isNothing(late(['0.00', '0.00', '0.00', '0.00'])))
})

test('an amount that is more than another is found, however many digits were typed', () => {
  const pounds = (amount) => ({ amount, currency: 'GBP' })
  const more = [['1000', '10.00', true], ['10', '10.00', false], ['10.01', '10.00', true], ['9.9', '10.00', false], ['0.1', '0.00', true]]
  for (const [one, other, expected] of more) assert.equal(exceeds(pounds(one), pounds(other)), expected, one)
})

test('an amount is read as people write it, and nothing else is', () => {
  const typed = { '250': '250', '1,234.50': '1234.50', '1.234,50': '1234.50', '1’234.50': '1234.50', '-12,5': '-12.5', '0.125': '0.125', '1234.567': '1234.567', '': null, 'ten': null, '1e3': null, '.': null }
  for (const [text, amount] of Object.entries(typed)) assert.equal(amountOf(text, 'GBP'), amount, text)
})

test('an amount is written to its last digit, whatever the browser knows of its currency', () => {
  const written = (amount, currency) => moneyIn('en-GB', { amount, currency }).replace('\u00a0', ' ')
  assert.deepEqual([written('1234.5', 'GBP'), written('0', 'GBP'), written('1234.56', 'HUF'), written('-1000', 'JPY')], ['£1,234.50', '£0.00', 'HUF 1,234.56', '-JP¥1,000'])
  assert.equal(written('90071992547409.93', 'GBP'), '£90,071,992,547,409.93')
})

test('a thousand is a thousand, however it is grouped, unless the currency has three digits after the point', () => {
  for (const text of ['1,000', '1.000', '1’000', '1 000']) assert.equal(amountOf(text, 'GBP'), '1000', text)
  assert.equal(amountOf('-1,500,000', 'JPY'), '-1500000')
  assert.equal(amountOf('1,000', 'KWD'), '1.000')
  assert.equal(amountOf('1,000.50', 'GBP'), '1000.50')
})

test('every day of twelve years is in one week, whose name leads back to its Monday', () => {
  assert.equal(weekName('2026-12-31'), '2026-W53')
  assert.equal(weekName('2027-01-03'), '2026-W53')
  assert.equal(mondayOf('2025-W53'), null)
  for (let day = '2020-01-01', before = ''; day < '2032-01-01'; day = addDays(day, 1)) {
    const monday = mondayOf(weekName(day))
    assert.ok(monday <= day && day <= addDays(monday, 6), day)
    assert.ok(monday >= before, day)
    before = monday
  }
})

test('a step that is moved before what it waits for waits no more; the others keep whom they wait for', () => {
  const after = (...numbers) => numbers.map((step) => ({ step, kind: 'START_TO_START', lagDays: step }))
  const [one, two, three] = opened([
    { title: 'One', dependencies: [] }, { title: 'Two', dependencies: after(1) }, { title: 'Three', dependencies: after(1, 2) },
  ])
  assert.deepEqual(told([one, two, three])[2].dependencies, after(1, 2))
  const numbers = (steps) => told(steps).map(({ title, dependencies }) => [title, dependencies.map(({ step }) => step)])
  assert.deepEqual(numbers(moved([one, two, three], 1, -1)), [['Two', []], ['One', []], ['Three', [2, 1]]])
  assert.deepEqual(numbers(without([one, two, three], one.key)), [['Two', []], ['Three', [1]]])
  assert.deepEqual(moved([one], 0, -1), [one])
  assert.equal(new Set([one, two, three, blank()].map(({ key }) => key)).size, 4)
})

test('a step waits for another to be done until said otherwise, and said twice no more', () => {
  const waiting = toggled([], 1)
  assert.deepEqual(waiting, [{ key: 1, kind: 'FINISH_TO_START', lagDays: 0 }])
  assert.deepEqual(toggled([...waiting, { key: 2, kind: 'START_TO_START', lagDays: 3 }], 1), [{ key: 2, kind: 'START_TO_START', lagDays: 3 }])
})

test('a file came on the day that it was where its reader is', async () => {
  process.env.TZ = 'Europe/Zurich'
  const { dayWords } = await import('../../web/portal/words.js')
  assert.equal(dayWords('2026-11-26T23:30:00Z'), '27 November 2026')
})
