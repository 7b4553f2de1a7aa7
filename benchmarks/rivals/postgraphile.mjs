// PostGraphile 5 with the Amber preset, as its documentation sets it up for production: one
// prepared statement with joins for the whole board, in a transaction that has `pgSettings`.

import { createServer } from "node:http";

import pg from "pg";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { TYPES } from "postgraphile/@dataplan/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { sql } from "postgraphile/pg-sql2";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { jsonPgSmartTags, wrapPlans } from "postgraphile/utils";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

import { CONNECTION, holderOf, say, VIEWER } from "./security.mjs";

// PostGraphile begins its transactions itself and cannot be told to begin them as a read-only
// snapshot; that they are one is a setting of its connections.
const options = Object.entries(CONNECTION)
  .map(([name, value]) => `-c ${name}=${value.replaceAll(" ", "\\ ")}`)
  .join(" ");
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, options });

async function context({ node: { req } }) {
  const viewer = await holderOf(req.headers.authorization, lookUp);
  if (!viewer) throw new Error("Nobody holds this token.");
  return { pgSettings: { "app.firm_id": viewer.firm_id, "app.member_id": viewer.member_id } };
}

async function lookUp(hash) {
  const { rows } = await pool.query({ name: "viewer", text: VIEWER, values: [hash] });
  return rows[0];
}

// Tables are asked by columns that an index leads with, unless one says otherwise.
const names = jsonPgSmartTags({
  version: 1,
  config: {
    attribute: { "task.status": { tags: { behavior: "+filterBy" } } },
    constraint: {
      task_firm_id_assignee_id_fkey: { tags: { fieldName: "assignee" } },
      task_firm_id_job_id_client_id_fkey: { tags: { fieldName: "job" } },
      task_firm_id_client_id_fkey: { tags: { fieldName: "client" } },
    },
  },
});

// Restricted clients are seen by their own people alone. A job and a client are read through a
// task, and whoever sees the task may see both.
const hidesRestrictedClients = wrapPlans({
  Query: {
    allTasks(plan) {
      const $connection = plan();
      const $tasks = $connection.getSubplan();
      const client = sql`${$tasks.alias}.client_id`;
      $tasks.where(sql`(${client} is null or ${client} not in (
        select h.id from client h where h.restricted and h.id not in (
          select r.client_id from client_role r
          where r.member_id = viewer_member() and r.until_date is null)))`);
      return $connection;
    },
  },
});

// The one type among our columns that PostGraphile does not know.
const readsTransactionIds = {
  name: "ReadsTransactionIds",
  gather: {
    hooks: {
      pgCodecs_findPgCodec(_, event) {
        if (event.pgType.typname === "xid8") event.pgCodec = TYPES.text;
      },
    },
  },
};

const server = createServer();
const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  plugins: [names, hidesRestrictedClients, readsTransactionIds],
  pgServices: [makePgService({ pool, schemas: ["public"] })],
  grafast: { context, explain: false },
  grafserv: { graphqlPath: "/graphql", graphiql: false, websockets: false },
});
await instance.createServ(grafserv).addTo(server);
server.listen(0, "127.0.0.1", () => say(server));
