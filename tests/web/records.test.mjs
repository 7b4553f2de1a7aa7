// The store of the pages: whatever order things arrive in, and however often, it ends where the
// server is; and what a person did lies on top until the server has spoken.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Records } from '../../web/live/records.js'

/** The same numbers for the same seed, so that a failure can be run again. */
function numbers(seed) {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}

/** A server with a few jobs: some changes raise the version, some change only what is derived. */
class Server {
  jobs = new Map(['a', 'b', 'c', 'd'].map((id) => [id, { id, version: 1, title: 'New', stepsDone: 0 }]))

  change(draw) {
    const job = [...this.jobs.values()][draw(4)]
    const next = draw(2)
      ? { ...job, version: job.version + 1, title: `Title ${draw(1000)}` }
      : { ...job, stepsDone: job.stepsDone + 1 }
    this.jobs.set(job.id, next)
    return job.id
  }

  read(id) {
    return { ...this.jobs.get(id) }
  }
}

test('late answers, duplicates and replays in any mixture converge', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const draw = numbers(seed)
    const server = new Server()
    const records = new Records()
    for (const id of server.jobs.keys()) records.hear(server.read(id), records.mark)
    let answers = []
    let told = []
    for (let step = 0; step < 60; step += 1) {
      told.push(server.change(draw))
      const asked = records.mark
      if (draw(3) === 0) {
        const id = ['a', 'b', 'c', 'd'][draw(4)]
        answers.push({ asked, value: server.read(id) })
      }
      if (draw(2)) {
        // The stream reads each thing as it is when it sends; it may send it twice.
        for (const id of told) for (let times = draw(2); times >= 0; times -= 1) records.hear(server.read(id))
        told = []
      }
      answers = answers.filter((answer) => draw(2) || !(records.hear(answer.value, answer.asked) || true))
    }
    for (const id of told) records.hear(server.read(id))
    for (const { value, asked } of answers) records.hear(value, asked)
    for (const id of server.jobs.keys()) assert.deepEqual(records.peek(id), server.read(id), `seed ${seed}`)
  }
})

test('what a person did is seen at once and gone when it is lifted', () => {
  const records = new Records()
  records.hear({ id: 'a', version: 1, category: 'READY', title: 'One' })
  records.lay('move', 'a', { category: 'DONE' })
  assert.equal(records.peek('a').category, 'DONE')
  records.hear({ id: 'a', version: 2, category: 'READY', title: 'Two' })
  assert.deepEqual([records.peek('a').category, records.peek('a').title], ['DONE', 'Two'])
  assert.equal(records.heard('a').category, 'READY')
  records.lift('move')
  assert.equal(records.peek('a').category, 'READY')
  assert.equal(records.isWaiting('a'), false)
})

test('a thing made here exists from the patch alone, and a patch of nothing makes nothing', () => {
  const records = new Records()
  records.lay('make', 'new', { id: 'new', version: 0, title: 'Made here' })
  records.lay('move', 'unknown', { category: 'DONE' })
  assert.deepEqual([...records.all()].map((one) => one.title), ['Made here'])
  records.lift('make')
  assert.deepEqual([...records.all()], [])
})

test('a deletion laid over a thing hides it until it is refused', () => {
  const records = new Records()
  records.hear({ id: 'a', version: 1 })
  records.lay('delete', 'a', null)
  assert.equal(records.of('a').value, undefined)
  records.lift('delete')
  assert.equal(records.of('a').value.id, 'a')
})

test('a card does not take away what a drawer knew of the same thing, nor keep another thing', () => {
  const records = new Records()
  records.hear({ id: 'a', version: 1, client: { id: 'c1', name: 'Mill', notes: 'Rings on Fridays' }, stepIds: ['s'] })
  records.hear({ id: 'a', version: 1, client: { id: 'c1', name: 'The Mill' } })
  assert.deepEqual(records.peek('a').client, { id: 'c1', name: 'The Mill', notes: 'Rings on Fridays' })
  assert.deepEqual(records.peek('a').stepIds, ['s'])
  records.hear({ id: 'a', version: 2, client: { id: 'c2', name: 'Bakery' } })
  assert.deepEqual(records.peek('a').client, { id: 'c2', name: 'Bakery' })
})
