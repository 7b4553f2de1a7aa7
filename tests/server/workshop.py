"""A database of one test's own, with a queue; and workers to be killed, each its own process."""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import asyncpg
import orjson

from models.clients import firm_today
from models.database import Database, database, install
from models.documents import Document
from models.files import FileStore
from models.recurrences import Recurrence
from models.unit_of_work import reading, unit_of_work
from resolvers.documents import start_upload
from server.settings import CHECKOUT
from server.work_queue import NAMES, PgQueue
from tests.cast import House
from tests.filing import File, post
from tests.server.launcher import surroundings
from tests.servers import OwnDatabase
from tests.templates import bookkeeping_template

DAY = timedelta(days=1)


class Listening:
    """A publisher that lets a test wait for the next change of any firm."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()

    def hint(self, firm_id: UUID) -> None:
        self.changed.set()


@dataclass
class Workshop:
    """The practice's database and the queue's, of this process."""

    own: OwnDatabase
    queue: Database
    listening: Listening
    stirred: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when something was put into the queue or taken out, by whomever."""

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        """Wait, change by change of the queue, until it is so; what is put back tells nobody."""
        async with asyncio.timeout(60):
            while not await true():
                self.stirred.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.stirred.wait(), 0.2)

    async def done(self, count: int) -> None:
        """Wait until so many pieces are done, and none has failed."""

        async def so_many() -> bool:
            return await self.ended() == ["successful"] * count

        await self.until(so_many)

    async def empty(self) -> bool:
        return not await self.pieces()

    async def pieces(self) -> list[tuple[str, int]]:
        """What is in the queue: how each stands, and how often it failed."""
        rows = await self.queue.pool.fetch(
            "select status::text, attempts from queue.pgqueuer order by id"
        )
        return [(row["status"], row["attempts"]) for row in rows]

    async def waiting(self) -> list[tuple[str, UUID]]:
        """What kind of pieces wait, and about what, in order."""
        rows = await self.queue.pool.fetch(
            "select entrypoint, payload from queue.pgqueuer where status = 'queued' order by id"
        )
        return [(row["entrypoint"], UUID(orjson.loads(row["payload"])["about_id"])) for row in rows]

    async def ended(self) -> list[str]:
        """How the pieces that are over have ended."""
        rows = await self.queue.pool.fetch(
            "select status::text from queue.pgqueuer_log"
            " where status not in ('queued', 'picked') order by id"
        )
        return [row["status"] for row in rows]


@asynccontextmanager
async def workshop(own: OwnDatabase, files: FileStore | None = None) -> AsyncIterator[Workshop]:
    before, listening = database(), Listening()
    practice = await Database.open(own.url, publisher=listening, queue=PgQueue(), files=files)
    queue = await Database.open(own.url, role="openpractice_queue", size=3)
    ear = await asyncpg.connect(own.url)
    made = Workshop(own, queue, listening)
    await ear.add_listener(NAMES.channel, lambda *_: made.stirred.set())
    await install(practice)
    try:
        yield made
    finally:
        await install(before)
        await ear.close()
        await queue.close()
        await practice.close()


async def daily(house: House, days: int) -> Recurrence:
    """The bakery's books for each of so many days, up to today where the firm is."""
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house, name=f"Books {random.random()}")
        today = await firm_today()
        return await Recurrence.start(
            template_id=template.id, client_id=house.bakery, rule="FREQ=DAILY",
            first_date=today - (days - 1) * DAY, due={"count": 1, "unit": "weeks"},
        )  # fmt: skip


async def periods_of(house: House, recurrence: Recurrence) -> list[str]:
    """The keys of the periods that have jobs."""
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            "select period_key from job where recurrence_id = $1 order by period_key",
            recurrence.id,
        )
    return [row["period_key"] for row in rows]


async def added_up(house: House) -> bool:
    """Whether the sums of its cards hold all that has happened."""
    async with reading(house.system) as unit:
        return bool(await unit.fetchval(
            "select s.seq = r.seq from tally_reach r join firm_stream s on s.firm_id = r.firm_id"
        ))  # fmt: skip


async def half_examined(house: House, file: File, *, minutes: int, send: bool) -> UUID:
    """A file that came so long ago, whose server went down while it was looking at it."""
    async with reading(house.dan) as unit:
        now = await unit.fetchval("select clock_timestamp()")
    async with unit_of_work(house.dan, at=now - timedelta(minutes=minutes)):
        found = await start_upload(client_id=house.bakery, **file.said)
        document: Document = await found["document"].receive()
    if send:
        assert (await post(found["form"], file.content)).status_code == 204
    return document.id


@asynccontextmanager
async def worker_process(own: OwnDatabase) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker that has begun to work, killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.server.worker_process", cwd=CHECKOUT,
        env={**surroundings(), "DATABASE_URL": own.url, "PYTHONPATH": os.fspath(CHECKOUT)},
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"at work\n"
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
