// A stream is read event by event, however the network cuts it up.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'

globalThis.document = { getElementById: () => null }
const { listen } = await import('../../web/live/event-stream.js')

/** A server for one request, and what `listen` made of its answer. */
async function heard(answer, { lastId } = {}) {
  const asked = {}
  const server = createServer((request, response) => {
    Object.assign(asked, request.headers)
    answer(response)
  })
  await new Promise((up) => server.listen(0, '127.0.0.1', up))
  const told = []
  const control = new AbortController()
  const hear = { lastId, opened: () => told.push('opened'), next: (payload, id) => told.push([payload, id]) }
  try {
    await listen(`http://127.0.0.1:${server.address().port}/`, { query: '' }, hear, control)
  } catch (problem) {
    told.push(problem)
  }
  server.closeAllConnections()
  server.close()
  return { told, asked }
}

test('events are told whole, with their ids, whatever pieces they come in', async () => {
  const text = ':\n\nevent: next\nid: c1\ndata: {"data":"Zoë: a\\nb"}\n\n:\n\nevent: next\ndata: {"data":2}\n\nevent: complete\ndata:\n\n'
  const { told, asked } = await heard(async (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const byte of Buffer.from(text)) {
      await new Promise((sent) => response.write(Buffer.from([byte]), sent))
    }
    response.end()
  })
  assert.deepEqual(told, ['opened', [{ data: 'Zoë: a\nb' }, 'c1'], [{ data: 2 }, undefined]])
  assert.equal(asked.accept, 'text/event-stream')
  assert.equal(asked['last-event-id'], undefined)
})

test('it goes on after the event that was heard last', async () => {
  const { asked } = await heard((response) => response.end(), { lastId: 'c1' })
  assert.equal(asked['last-event-id'], 'c1')
})

test('what ended the session, what is refused and who is away are told apart', async () => {
  const says = async (status, body) => {
    const { told } = await heard((response) => response.writeHead(status).end(body))
    return told[0].constructor.name
  }
  assert.equal(await says(401, '{}'), 'SignedOut')
  assert.equal(await says(400, '{"errors":[{"message":"No.","extensions":{"code":"BAD_INPUT"}}]}'), 'Refused')
  assert.equal(await says(429, '{"errors":[{"message":"Later."}]}'), 'Unreachable')
  assert.equal(await says(502, '<html>'), 'Unreachable')
  const { told } = await heard((response) => response.destroy())
  assert.equal(told[0].constructor.name, 'Unreachable')
})

test('a line that breaks in the middle of an event tells nothing of it', async () => {
  const { told } = await heard((response) => {
    response.writeHead(200)
    response.write('event: next\ndata: {"da', () => response.destroy())
  })
  assert.deepEqual(told.map((one) => one.constructor.name), ['String', 'Unreachable'])
})
