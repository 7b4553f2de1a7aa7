// mercurius with graphql-jit and DataLoader, over postgres.js: `mercurius_jit` in the figures.

import DataLoader from "dataloader";
import Fastify from "fastify";
import mercurius from "mercurius";
import postgres from "postgres";

import { CONNECTION, holderOf, say, VIEWER } from "./security.mjs";

const schema = `
  enum TaskStatus {
    PLANNED READY IN_PROGRESS WAITING_ON_CLIENT WAITING_ON_OTHER ON_HOLD IN_REVIEW DONE CANCELLED
  }
  enum TaskOrder { POSITION }
  input TaskStatusFilter { in: [TaskStatus!]! }
  input TaskFilter { status: TaskStatusFilter! }
  type Member { id: ID! name: String! }
  type Job { id: ID! title: String! }
  type Client { id: ID! name: String! }
  type Task {
    id: ID! title: String! status: TaskStatus! dueDate: String position: String!
    assignee: Member job: Job client: Client
  }
  type Tasks { nodes: [Task!]! }
  type Query { tasks(first: Int!, filter: TaskFilter!, orderBy: TaskOrder!): Tasks! }
`;

// Restricted clients are seen by their own people alone. A job and a client are read through a
// task, and whoever sees the task may see both.
const BOARD = `
  select id, title, upper(status) as status, due_date::text as "dueDate", position,
         assignee_id, job_id, client_id
  from task where status = any($1::work_category[])
    and (client_id is null or client_id not in (
      select h.id from client h where h.restricted and h.id not in (
        select r.client_id from client_role r
        where r.member_id = viewer_member() and r.until_date is null)))
  order by position, id limit $2`;

const resolvers = {
  Query: {
    async tasks(_, { first, filter }, { connection }) {
      const statuses = filter.status.in.map((status) => status.toLowerCase());
      return { nodes: await connection.unsafe(BOARD, [statuses, first], { prepare: true }) };
    },
  },
  Task: {
    assignee: (task, _, { members }) => task.assignee_id && members.load(task.assignee_id),
    job: (task, _, { jobs }) => task.job_id && jobs.load(task.job_id),
    client: (task, _, { clients }) => task.client_id && clients.load(task.client_id),
  },
};

function contextOn(connection) {
  const by = (read) => new DataLoader(async (ids) => {
    const found = new Map((await read(ids)).map((row) => [row.id, row]));
    return ids.map((id) => found.get(id) ?? null);
  });
  return {
    connection,
    members: by((ids) => connection`select id, name from member where id = any(${ids})`),
    jobs: by((ids) => connection`select id, title from job where id = any(${ids})`),
    clients: by((ids) => connection`select id, name from client where id = any(${ids})`),
  };
}

async function answer(request, reply) {
  const viewer = await holderOf(request.headers.authorization, lookUp);
  if (!viewer) return reply.code(401).send();
  const connection = await pool.reserve();
  try {
    // The first query follows at once on the same connection: postgres.js sends what it is given
    // without waiting for the answer to what it was given before.
    const begun = connection.unsafe(
      `begin; select set_config('app.firm_id', '${viewer.firm_id}', true),
       set_config('app.member_id', '${viewer.member_id}', true)`,
    ).execute();
    const { query, variables } = request.body;
    const answered = reply.graphql(query, contextOn(connection), variables);
    return (await Promise.all([answered, begun]))[0];
  } finally {
    // Nobody waits for the end of what has only read.
    connection`rollback`.then(() => connection.release());
  }
}

async function lookUp(hash) {
  const [viewer] = await pool.unsafe(VIEWER, [hash], { prepare: true });
  return viewer;
}

const pool = postgres(process.env.DATABASE_URL, { max: 10, connection: CONNECTION });
const app = Fastify();
app.register(mercurius, {
  schema, resolvers, jit: 1, routes: false,
  // What comes from typed columns need not be looked at again.
  compilerOptions: { disableLeafSerialization: true },
});
app.post("/graphql", answer);
await app.listen({ port: 0, host: "127.0.0.1" });
say(app.server);
