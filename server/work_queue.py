"""The queue's adapter: pgqueuer's tables in our own PostgreSQL, in the schema `queue`."""

import asyncio
from collections.abc import Sequence
from typing import cast
from uuid import UUID

import asyncpg
import orjson
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.domain.models import Job
from pgqueuer.domain.settings import DBSettings
from pgqueuer.ports.driver import Driver, NotifyCallback
from pgqueuer.queries import Queries

from models.turns import Turn
from models.unit_of_work import current
from models.work_queue import Piece, WorkKind

# Said in full: what is not said here pgqueuer reads from variables such as CHANNEL.
NAMES = DBSettings(
    prefix="", db_schema="queue", channel="ch_pgqueuer", function="fn_pgqueuer_changed",
    trigger="tg_pgqueuer_changed", queue_table="pgqueuer", queue_table_log="pgqueuer_log",
    statistics_table="pgqueuer_statistics", schedules_table="pgqueuer_schedules",
    queue_status_type="pgqueuer_status",
)  # fmt: skip
_AT_ONCE = 1_000


def queries(driver: Driver) -> Queries:
    """Pgqueuer's statements over our tables."""
    return Queries(driver, QueryBuilderEnvironment(NAMES), QueryQueueBuilder(NAMES),
                   QuerySchedulerBuilder(NAMES))  # fmt: skip


class Connections(AsyncpgPoolDriver):
    """One round's connections, of which one listens.

    Pgqueuer asks whether it is heard by a notice to itself, at times before it listens: such a
    round would end after half a minute. And cut off on its way out it would keep the listening
    connection for ever.
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        super().__init__(pool)
        self._listens = asyncio.Event()

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        await super().add_listener(channel, callback)
        self._listens.set()

    async def notify(self, channel: str, payload: str) -> None:
        await self._listens.wait()
        await super().notify(channel, payload)

    async def __aexit__(self, *ending: object) -> None:
        try:
            await super().__aexit__(*ending)
        finally:
            if not self._entered and (held := self._listener_connection) is not None:
                self._listener_connection = None
                held.terminate()


class PgQueue:
    """Puts pieces in on the connection of the unit of work around, in its transaction."""

    async def put(self, piece: Piece) -> None:
        async with Turn(current()) as connection:
            driver = AsyncpgDriver(cast("asyncpg.Connection[asyncpg.Record]", connection))
            await enqueue(queries(driver), [piece])


async def enqueue(queue: Queries, pieces: Sequence[Piece]) -> None:
    """Let them wait; what waits already, or is being done, is passed over."""
    for start in range(0, len(pieces), _AT_ONCE):
        some = pieces[start : start + _AT_ONCE]
        await queue.enqueue(
            [piece.kind.value for piece in some],
            [orjson.dumps({"firm_id": str(piece.firm_id), "about_id": str(piece.about_id)})
             for piece in some],
            [0] * len(some),
            dedupe_key=[f"{piece.kind.value} {piece.firm_id} {piece.about_id}" for piece in some],
            on_conflict="skip",
        )  # fmt: skip


def piece_of(job: Job) -> Piece:
    """What a row of the queue says is to be done."""
    said = orjson.loads(job.payload or b"{}")
    return Piece(WorkKind(job.entrypoint), UUID(said["firm_id"]), UUID(said["about_id"]))
