"""A screen that was away goes on where it stood: nothing is missed and nothing told twice.

With the whole application, over a real socket that is cut, and against a server that is killed;
so it stands with the tests of the server.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from models.comments import Comment
from models.jobs import Job
from models.sign_in import Session
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import unit_of_work
from schema import ids
from schema.staff import staff
from tests.cast import House, one_firm
from tests.server.launcher import running
from tests.server.outside import Outside
from tests.server.talking import enter, hear, subscribe
from tests.stock import Stock, stock_of
from tests.walk import Root, streams

Deed = Callable[[House, Stock, int], Awaitable[tuple[str, UUID]]]


async def a_job(house: House, stock: Stock, number: int) -> tuple[str, UUID]:
    async with unit_of_work(house.ben):
        return "job", (await Job.open(client_id=house.mill, title=f"Job {number}")).id


async def a_task(house: House, stock: Stock, number: int) -> tuple[str, UUID]:
    async with unit_of_work(house.ben):
        return "task", (await Task.add(title=f"Task {number}")).id


async def a_comment_on_the_job(house: House, stock: Stock, number: int) -> tuple[str, UUID]:
    async with unit_of_work(house.ben):
        job = await Job.load(stock.ids["job"][0])
        await Comment.on_job(job, f"Comment {number}")
        return "job", job.id


async def a_timer(house: House, stock: Stock, number: int) -> tuple[str, UUID]:
    async with unit_of_work(house.people[number]):
        return "timer", (await Timer.start(note=f"Timer {number}"))[0].id


DEEDS: dict[str, Deed] = {
    "boardChanges": a_job,
    "taskChanges": a_task,
    "jobChanges": a_comment_on_the_job,
    "timerChanges": a_timer,
    "changes": a_task,
}
"""For each stream, what it tells of once."""

STREAMS = streams(staff())


@dataclass
class Screen:
    """Somebody's page, live on one stream of a firm of its own."""

    root: Root
    stock: Stock
    key: str
    cursor: str | None = None
    told: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    @classmethod
    async def of(cls, root: Root) -> "Screen":
        house = await one_firm()
        stock = await stock_of(house, house.ada, house.bakery, "Own")
        async with unit_of_work(house.ada):
            _, key = await Session.open(house.ada.id)
        return cls(root, stock, key)

    async def come(self, port: int) -> None:
        """Open a socket and follow, from where it stood if it has been here before."""
        self.socket: ClientConnection = await websockets.connect(
            f"ws://127.0.0.1:{port}/graphql",
            subprotocols=[websockets.Subprotocol("graphql-transport-ws")],
        )
        await enter(self.socket, self.key)
        request = self.root.request(self.stock, self.root.place("since"), self.cursor)
        await subscribe(self.socket, "1", request["query"], **request["variables"])
        while self.cursor is None:
            await self._hear()

    async def do(self) -> None:
        prefix, id = await DEEDS[self.root.name](self.stock.house, self.stock, len(self.done) + 1)
        self.done.append(ids.written(prefix, id))

    async def until_told(self) -> None:
        """Wait for what was done last, and remember where one would go on after it."""
        before = len(self.told)
        async with asyncio.timeout(10):
            while self.done[-1] not in self.told[before:]:
                await self._hear()

    async def _hear(self) -> None:
        said: dict[str, Any] = (await hear(self.socket))["payload"]["data"][self.root.name]
        self.cursor = said["cursor"]
        self.told += [change.get("entityId", change["id"]) for change in said.get("changes", ())]

    @property
    def once(self) -> list[str]:
        """What is to be told, when what was done while away comes together in its last state."""
        here, away = self.done[:1], self.done[1:3]
        return [*here, *dict.fromkeys(away), *self.done[3:]]


@pytest.mark.parametrize("root", STREAMS, ids=str)
async def test_after_a_cut_line_all_that_was_done_meanwhile_is_told_once(
    outside: Outside, root: Root
) -> None:
    screen = await Screen.of(root)
    await screen.come(outside.port)
    await screen.do()
    await screen.until_told()
    screen.socket.transport.abort()
    await screen.do()
    await screen.do()
    await screen.come(outside.port)
    await screen.until_told()
    await screen.do()
    await screen.until_told()
    await screen.socket.close()

    assert screen.told == screen.once


async def test_after_a_kill_every_stream_goes_on_at_the_next_server(
    outside: Outside, tmp_path: Path
) -> None:
    urls = {
        "DATABASE_URL": outside.database.url,
        "MIGRATE_DATABASE_URL": outside.database.migrate_url,
    }
    screens = [await Screen.of(root) for root in STREAMS]

    async with running(tmp_path, **urls) as server:
        port = urlsplit(server.address).port
        assert port
        for screen in screens:
            await screen.come(port)
            await screen.do()
        for screen in screens:
            await screen.until_told()
        family = server.family()
        await server.end(SIGKILL)
        for process in family:
            process.kill()
    for screen in screens:
        await screen.do()
        await screen.do()
    async with running(tmp_path, **urls) as server:
        port = urlsplit(server.address).port
        assert port
        for screen in screens:
            await screen.come(port)
            await screen.until_told()
            await screen.do()
        for screen in screens:
            await screen.until_told()
            await screen.socket.close()

    assert [screen.told for screen in screens] == [screen.once for screen in screens]
