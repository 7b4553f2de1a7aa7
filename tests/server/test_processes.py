"""Several server processes, and several hosts: whoever of them comes, goes or is killed, what is
asked is answered, and whoever follows misses nothing.

The processes are real ones, started by `openpractice run` as in production.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from signal import SIGKILL, SIGTERM, SIGUSR1
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import httpx
import psutil
import pytest
import websockets
from websockets.typing import Subprotocol

from models.database import Database, database, install
from models.jobs import Job
from models.sign_in import Session
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from schema import ids
from tests.cast import House, one_firm
from tests.server.fleet import Fleet, pages, port_of, writing
from tests.server.launcher import running
from tests.server.talking import enter, hear, say, subscribe
from tests.server.wire import eventually
from tests.servers import DatabaseMaker

pytestmark = pytest.mark.redis

RENAME = """mutation ($input: UpdateTaskInput!) { updateTask(input: $input) {
  task { title } errors { code } } }"""


@pytest.fixture(scope="module")
async def fleet(
    practice: Database,
    make_database: DatabaseMaker,
    redis_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Fleet]:
    async with make_database() as own:
        settings = {
            "DATABASE_URL": own.url, "MIGRATE_DATABASE_URL": own.migrate_url,
            "REDIS_URL": redis_url, "OPENPRACTICE_ENVIRONMENT": "production",
        }  # fmt: skip
        before, here = database(), await Database.open(own.url)
        await install(here)
        house = await one_firm()
        async with unit_of_work(house.ada):
            _, token = await Session.open(house.ada.id)
        folder: Path = tmp_path_factory.mktemp("fleet")
        try:
            async with running(folder, "--workers", "2", **settings) as host:
                yield Fleet(host, settings, house, token)
        finally:
            await install(before)
            await here.close()


# ---------------------------------------------------------------------------------------- moving

MOVE = {
    Task: """mutation ($input: MoveTaskInput!) { moveTask(input: $input) { errors { message } } }""",
    Job: """mutation ($input: MoveJobInput!) { moveJob(input: $input) { errors { message } } }""",
}


async def order_of(house: House, model: Any) -> list[tuple[UUID, str]]:
    async with reading(house.system) as unit:
        rows = await unit.fetch(f"select id, position from {model.table()} order by position, id")
    return [(row["id"], row["position"]) for row in rows]


@pytest.mark.parametrize("model", [Task, Job])
async def test_a_hundred_moves_at_two_processes_keep_every_card_and_leave_one_order(
    fleet: Fleet, model: Any
) -> None:
    house, chance, kind = fleet.house, Random(11), model.table()
    add = Job.open if model is Job else Task.add
    async with unit_of_work(house.ada):
        made = [await add(client_id=house.bakery, title=f"Card {number}") for number in range(20)]
    before = await order_of(house, model)
    cards = [ids.written(kind, card.id) for card in made]
    column = "category" if model is Job else "status"

    async def move(http: httpx.AsyncClient) -> list[Any]:
        card, neighbour = chance.sample(cards, 2)
        said = {"id": card, chance.choice(("afterId", "beforeId")): neighbour,
                column: chance.choice(("READY", "IN_PROGRESS"))}  # fmt: skip
        answer = await http.post(
            "/graphql", json={"query": MOVE[model], "variables": {"input": said}}
        )
        (payload,) = answer.json()["data"].values()
        return list(payload["errors"])

    async with httpx.AsyncClient(
        base_url=fleet.host.address, timeout=60, limits=httpx.Limits(max_connections=40),
        headers={"authorization": f"Bearer {fleet.token}"},
    ) as http:  # fmt: skip
        refused = [errors for errors in await asyncio.gather(*(move(http) for _ in range(100)))
                   if errors]  # fmt: skip
        served = [len(server.net_connections("tcp")) for server in fleet.servers()]

    after = await order_of(house, model)
    assert refused == []
    assert {id for id, _ in after} == {id for id, _ in before}
    assert len({position for _, position in after}) == len(after)
    assert min(served) > 3, "both took their part"


# ------------------------------------------------------------------------------- coming and going


async def test_a_server_process_that_is_killed_is_replaced_while_the_other_serves(
    fleet: Fleet,
) -> None:
    before = fleet.servers()
    killed = next(iter(before))
    async with pages(4, fleet) as all_pages:
        killed.send_signal(SIGKILL)
        await asyncio.to_thread(psutil.wait_procs, [killed], 10)
        done = [await fleet.add_task(number) for number in range(10)]
        for page in all_pages:
            await page.until_told(done[-1])
        await eventually(lambda: len(fleet.servers()) == 2 and fleet.servers() != before, 30)

    assert [page.told for page in all_pages] == [done] * 4
    assert killed not in fleet.servers()
    assert before - {killed} < fleet.servers()


async def test_all_server_processes_are_replaced_one_after_the_other_and_nothing_is_missed(
    fleet: Fleet,
) -> None:
    before = fleet.servers()
    async with pages(6, fleet) as all_pages, writing(fleet) as done:
        fleet.host.process.send_signal(SIGUSR1)
        await eventually(
            lambda: len(fleet.servers()) == 2 and fleet.servers().isdisjoint(before), 110
        )
        last = await fleet.add_task(-1)
        done_until_here = list(done)
        for page in all_pages:
            await page.until_told(last)
            await page.until_told(done_until_here[-1])

    for page in all_pages:
        # Twice where one came back to the process whose turn was next.
        assert page.codes in ([1012], [1012, 1012])
        assert [id for id in page.told if id in done_until_here] == done_until_here
        assert len(page.told) == len(set(page.told))


async def test_where_the_successor_does_not_come_up_those_that_are_there_stay(
    fleet: Fleet,
) -> None:
    before, name = fleet.servers(), urlsplit(fleet.settings["DATABASE_URL"]).path.strip("/")
    owner = await asyncpg.connect(fleet.settings["MIGRATE_DATABASE_URL"].replace(name, "postgres"))
    async with pages(2, fleet) as all_pages:
        await owner.execute(f"alter database {name} allow_connections false")
        fleet.host.process.send_signal(SIGUSR1)
        await eventually(lambda: len(fleet.servers()) == 3, 110)
        await eventually(lambda: fleet.servers() == before, 110)
        await owner.execute(f"alter database {name} allow_connections true")
        done = await fleet.add_task(1)
        for page in all_pages:
            await page.until_told(done)
    await owner.close()

    assert [page.codes for page in all_pages] == [[], []]


async def test_a_host_that_goes_says_so_over_some_time_ends_what_was_begun_and_loses_nothing(
    fleet: Fleet, tmp_path: Path
) -> None:
    """The last: the fleet's host is the one that goes."""
    house, loop = fleet.house, asyncio.get_running_loop()
    async with unit_of_work(house.ada):
        held = [await Task.add(title=f"Held {number}") for number in range(2)]
    owner = await asyncpg.connect(fleet.settings["MIGRATE_DATABASE_URL"])
    async with running(tmp_path, **fleet.settings) as other:
        ports = fleet.port, port_of(other)
        async with pages(24, fleet, *ports) as all_pages, writing(fleet, at=ports[1]) as done:
            # Two changes that have to wait for a row; one is asked for by HTTP, one on a socket.
            holding = owner.transaction()
            await holding.start()
            await owner.execute("select from task where id = any($1) for update",
                                [task.id for task in held])  # fmt: skip
            by_http, by_socket = (
                {"id": ids.written("task", task.id), "title": "Ended"} for task in held
            )
            answer = asyncio.create_task(fleet.ask(RENAME, input=by_http))
            async with websockets.connect(
                f"ws://127.0.0.1:{ports[0]}/graphql",
                subprotocols=[Subprotocol("graphql-transport-ws")],
            ) as socket:
                await enter(socket, fleet.token)
                await subscribe(socket, "1", RENAME, input=by_socket)
                await say(socket, type="ping")
                assert await hear(socket) == {"type": "pong"}
                await _waiting_for(owner, 2)

                began = loop.time()
                fleet.host.process.send_signal(SIGTERM)
                await eventually(lambda: any(page.codes for page in all_pages))
                await holding.rollback()
                assert (await answer)["updateTask"]["errors"] == []
                code = await asyncio.wait_for(fleet.host.process.wait(), 20)
            took = loop.time() - began
            last = await fleet.add_task(-1, at=ports[1])
            for page in all_pages:
                await page.until_told(last)

        done_until_here = done[:-1]
        for page in all_pages:
            assert page.codes == [1012]
            assert [id for id in page.told if id in done_until_here] == done_until_here
            assert len(page.told) == len(set(page.told))
    await owner.close()
    async with reading(house.ada):
        assert [(await Task.load(task.id, lock=False)).title for task in held] == ["Ended"] * 2
    assert code == 0
    assert took < 10
    moments = [page.moments[0] for page in all_pages]
    assert max(moments) - min(moments) > 1, "they do not all come back at once"


async def _waiting_for(owner: "asyncpg.Connection[Any]", number: int) -> None:
    """Until so many statements wait for a row that is held."""
    async with asyncio.timeout(10):
        while number > await owner.fetchval(  # noqa: ASYNC110  (there is no event to wait for)
            "select count(distinct pid) from pg_locks where not granted"
        ):
            await asyncio.sleep(0.02)
