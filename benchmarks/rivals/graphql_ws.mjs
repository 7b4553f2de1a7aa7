// graphql-ws on ws, over Redis by ioredis: `graphql_ws` in the figures. One connection to Redis
// hears for all subscribers, and a message is read once, as those who know Node would have it.

import { createServer } from "node:http";

import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

import { hear } from "./hearing.mjs";
import { say } from "./security.mjs";

const schema = buildSchema(`
  scalar StreamCursor
  enum BoardScope { EVERYTHING }
  enum BoardDue { ANY }
  input BoardFilter { scope: BoardScope due: BoardDue }
  type Member { id: ID! name: String! }
  type Job { id: ID! title: String! }
  type Client { id: ID! name: String! }
  type Task {
    id: ID! title: String! status: String! dueDate: String position: String!
    assignee: Member job: Job client: Client
  }
  type TaskChange { id: ID! kind: String! removed: Boolean! actor: Member task: Task }
  type TaskChanges { cursor: StreamCursor! changes: [TaskChange!]! }
  type Heartbeat { cursor: StreamCursor! }
  type Resync { reason: String! cursor: StreamCursor! }
  union TaskChangesItem = TaskChanges | Heartbeat | Resync
  type Query { alive: Boolean! }
  type Subscription {
    taskChanges(since: StreamCursor, filter: BoardFilter): TaskChangesItem!
  }
`);

// One subscriber's events: what has come and was not asked for, or who asks for what will come.
class Queue {
  static all = new Set();
  #come = [];
  #asked = [];

  constructor() {
    Queue.all.add(this);
  }

  push(value) {
    const ask = this.#asked.shift();
    if (ask) ask({ value, done: false });
    else this.#come.push(value);
  }

  next() {
    if (this.#come.length) return Promise.resolve({ value: this.#come.shift(), done: false });
    return new Promise((ask) => this.#asked.push(ask));
  }

  return() {
    Queue.all.delete(this);
    for (const ask of this.#asked) ask({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

await hear((message) => {
  const event = { taskChanges: JSON.parse(message) };
  for (const queue of Queue.all) queue.push(event);
});

const roots = { subscription: { taskChanges: () => new Queue() } };
const server = createServer();
const sockets = new WebSocketServer({ server, path: "/graphql", perMessageDeflate: false });
useServer({ schema, roots }, sockets);
server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => say(server));
