// graphql-ws on ws, over Redis by ioredis: `graphql_ws` in the figures. One connection to Redis
// hears for all subscribers, and a message is read once, as those who know Node would have it.

import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";

import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";

import { CHANNEL, hear } from "./hearing.mjs";
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

const events = new EventEmitter().setMaxListeners(0);
await hear((message) => events.emit(CHANNEL, { taskChanges: JSON.parse(message) }));

const roots = {
  subscription: {
    async *taskChanges() {
      for await (const [event] of on(events, CHANNEL)) yield event;
    },
  },
};

const server = createServer();
useServer({ schema, roots }, new WebSocketServer({ server, path: "/graphql", perMessageDeflate: false }));
server.listen({ port: 0, host: "127.0.0.1", backlog: 2048 }, () => say(server));
