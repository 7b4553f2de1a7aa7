"""Several server processes, and several hosts: whoever of them comes, goes or is killed, what is
asked is answered, and whoever follows misses nothing.

The processes are real ones, started by `openpractice run` as in production.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from signal import SIGKILL, SIGTERM, SIGUSR1
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import asyncpg
import httpx
import orjson
import psutil
import pytest
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from models.database import Database, database, install
from models.jobs import Job
from models.sign_in import Session
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from schema import ids
from tests.cast import House, one_firm
from tests.server.launcher import Running, running
from tests.server.talking import enter, hear, say, subscribe
from tests.server.wire import eventually
from tests.servers import DatabaseMaker

pytestmark = pytest.mark.redis

FOLLOW = """subscription ($since: StreamCursor) { changes(since: $since) { __typename
  ... on Changes { cursor changes { entityId kind } } ... on Heartbeat { cursor } } }"""
CREATE = "mutation ($input: CreateTaskInput!) { createTask(input: $input) { task { id } } }"
RENAME = """mutation ($input: UpdateTaskInput!) { updateTask(input: $input) {
  task { title } errors { code } } }"""


@dataclass
class Fleet:
    """A host of two server processes, and a member's way in."""

    host: Running
    settings: dict[str, str]
    house: House
    token: str

    @property
    def port(self) -> int:
        return port_of(self.host)

    def servers(self) -> set[psutil.Process]:
        """The processes behind the port."""
        return {process for process in self.host.family() if _serves(process)}

    async def ask(self, query: str, *, at: int | None = None, **variables: Any) -> Any:
        """The data of a request by a connection of its own, sent again when it was cut off."""
        headers = {"authorization": f"Bearer {self.token}", "connection": "close"}
        address = f"http://127.0.0.1:{at or self.port}/graphql"
        async with httpx.AsyncClient(timeout=30) as http:
            for _ in range(2):
                with suppress(httpx.RemoteProtocolError, httpx.ReadError):
                    answer = await http.post(
                        address, json={"query": query, "variables": variables}, headers=headers
                    )
                    return answer.json()["data"]
        raise AssertionError("cut off twice")

    async def add_task(self, number: int, at: int | None = None) -> str:
        """One event more, once, however often it had to be sent."""
        said = {"title": f"Task {number}", "idempotencyKey": str(uuid4())}
        return str((await self.ask(CREATE, at=at, input=said))["createTask"]["task"]["id"])


def _serves(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return "--multiprocessing-fork" in process.cmdline()
    return False


def port_of(host: Running) -> int:
    port = urlsplit(host.address).port
    assert port
    return port


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


@dataclass
class Page:
    """A page that follows everything, comes back after every break and goes on where it stood."""

    token: str
    ports: list[int]
    """Where the practice is reached: the first that takes it."""
    cursor: str | None = None
    told: list[str] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    """With what its sockets were closed."""
    moments: list[float] = field(default_factory=list)
    there: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        """Until it is cancelled."""
        while True:
            with suppress(OSError, websockets.WebSocketException, TimeoutError):
                async with await self._come() as socket:
                    await self._listen(socket)
            await asyncio.sleep(0.05)

    async def until_told(self, id: str) -> None:
        async with asyncio.timeout(20):
            while id not in self.told:
                self.news.clear()
                await self.news.wait()

    async def _come(self) -> ClientConnection:
        for port in self.ports:
            with suppress(OSError, websockets.WebSocketException):
                return await websockets.connect(
                    f"ws://127.0.0.1:{port}/graphql",
                    subprotocols=[Subprotocol("graphql-transport-ws")],
                )
        raise ConnectionRefusedError

    async def _listen(self, socket: ClientConnection) -> None:
        await enter(socket, self.token)
        await subscribe(socket, "1", FOLLOW, since=self.cursor)
        try:
            while True:
                said = orjson.loads(await socket.recv())["payload"]["data"]["changes"]
                self.cursor = said["cursor"]
                self.told += [one["entityId"] for one in said.get("changes", ())
                              if one["kind"] == "task.created"]  # fmt: skip
                self.there.set()
                self.news.set()
        except websockets.ConnectionClosed:
            self.codes.append(socket.close_code or 1006)
            self.moments.append(asyncio.get_running_loop().time())
            raise


@asynccontextmanager
async def pages(number: int, fleet: Fleet, *ports: int) -> AsyncIterator[list[Page]]:
    """So many of them, live."""
    made = [Page(fleet.token, list(ports or (fleet.port,))) for _ in range(number)]
    following = [asyncio.create_task(page.follow()) for page in made]
    try:
        async with asyncio.timeout(10):
            await asyncio.gather(*(page.there.wait() for page in made))
        yield made
    finally:
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)


@asynccontextmanager
async def writing(fleet: Fleet, at: int | None = None) -> AsyncIterator[list[str]]:
    """Somebody who does one thing after the other meanwhile; what they did, in order."""
    done: list[str] = []
    enough = asyncio.Event()

    async def write() -> None:
        for number in count():
            done.append(await fleet.add_task(number, at))
            if enough.is_set():
                return

    task = asyncio.create_task(write())
    try:
        yield done
        enough.set()
        await task
    finally:
        task.cancel()


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
            lambda: len(fleet.servers()) == 2 and fleet.servers().isdisjoint(before), 60
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
