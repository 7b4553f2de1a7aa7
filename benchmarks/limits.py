"""Two servers that show how far one could go: bare Starlette, asyncpg, and one statement.

`sql_json` has PostgreSQL write the whole answer; `stored_text` reads one that was written before.
Both do the security work that ours does: they know the token, open a read-only snapshot and set
who asks, under row-level security; what the viewer may see is in the statement.
"""

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.cards import CARDS
from benchmarks.remembered import Remembered

_VIEWER = "select firm_id, member_id from find_session($1)"
_ID = "'{}_' || replace({}::text, '-', '')"
_HIDDEN = """(select h.id from client h where h.restricted and h.id not in (
  select r.client_id from client_role r
  where r.member_id = nullif(current_setting('app.member_id', true), '')::uuid
    and r.until_date is null))"""
SQL_JSON = f"""
select json_build_object('data', json_build_object('tasks', json_build_object('nodes',
  json_agg(json_build_object(
    'id', {_ID.format("task", "t.id")}, 'title', t.title, 'status', upper(t.status),
    'dueDate', t.due_date, 'position', t.position,
    'assignee', json_build_object('id', {_ID.format("member", "m.id")}, 'name', m.name),
    'job', json_build_object('id', {_ID.format("job", "j.id")}, 'title', j.title),
    'client', json_build_object('id', {_ID.format("client", "c.id")}, 'name', c.name)
  ) order by t.position, t.id))))::text
from (
  select t.* from task t
  where t.status in ('ready', 'in_progress', 'in_review')
    and (t.client_id is null or t.client_id not in {_HIDDEN})
  order by t.position, t.id limit {CARDS}) t
left join member m on m.firm_id = t.firm_id and m.id = t.assignee_id
left join job j on j.firm_id = t.firm_id and j.id = t.job_id
left join client c on c.firm_id = t.firm_id and c.id = t.client_id"""
STORED_TEXT = "select body from stored_answer"
STORE = f"""create table stored_answer as select ({SQL_JSON}) as body;
  grant select on stored_answer to openpractice_app"""
"""Done once by the owner of the tables, who sees the one firm that there is."""
STATEMENTS = {"sql_json": SQL_JSON, "stored_text": STORED_TEXT}


def application(database_url: str, statement: str) -> Starlette:
    """Answers every request with what the statement says, to whoever has a token."""
    pools: list[asyncpg.Pool[asyncpg.Record]] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(
            database_url, min_size=10, max_size=10, reset=_kept,
            server_settings={"role": "openpractice_app"},
        ) as pool:  # fmt: skip
            pools.append(pool)
            yield

    async def look_up(hashed: bytes) -> asyncpg.Record | None:
        return await pools[0].fetchrow(_VIEWER, hashed)

    holders = Remembered(look_up)

    async def answer(request: Request) -> Response:
        viewer = await holders.holder(request.headers["authorization"])
        if viewer is None:
            return Response(status_code=401)
        async with pools[0].acquire() as connection:
            # As ours does: a transaction that has only read is ended when the next one begins.
            await connection.execute(
                f"{'rollback; ' if connection.is_in_transaction() else ''}"
                "begin isolation level repeatable read read only;"
                f" select set_config('app.firm_id', '{viewer['firm_id']}', true),"
                f" set_config('app.member_id', '{viewer['member_id']}', true)"
            )
            text = await connection.fetchval(statement)
        return Response(text, media_type="application/json")

    return Starlette(routes=[Route("/graphql", answer, methods=["POST"])], lifespan=lifespan)


async def _kept(_connection: object) -> None:
    """Nothing is left on a connection that a reset would have to take away."""


def main() -> None:
    """Serve one of them on a free port, which is told."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        sys.stdout.write(f"running at http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        app = application(os.environ["DATABASE_URL"], STATEMENTS[sys.argv[1]])
        config = uvicorn.Config(app, loop="uvloop", log_level="warning", access_log=False)
        uvicorn.Server(config).run([listener])


if __name__ == "__main__":
    main()
