"""The watch on the database: where all followed streams stand, what time it is, who must wait."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import asyncpg
import structlog

from models.connection import LOST
from models.database import Database
from models.errors import Overloaded, Unavailable
from models.unit_of_work import reading
from models.viewer import Viewer
from subscriptions.cursors import Extent, StreamCursor
from subscriptions.firm_feed import FirmFeed

log = structlog.get_logger("openpractice.feed")

T = TypeVar("T")

PATIENCE_SECONDS = 5
_TRIES = 3


class TakesTooLong(Exception):
    """The database is there, and does not come to the end of what was asked."""


# What a database that is not to be had now surfaces as. A time-out, too: one that vanished behind a
# cut line says nothing; what is only slow is told from it by `ask`.
AWAY = (
    *LOST,
    Overloaded,
    Unavailable,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InterfaceError,
)


class Watch:
    """Asks every `poll` where the followed firms' streams stand, all by one query.

    That finds what a lost hint did not tell, and says when the database is back: everybody who
    could not read waits for that, so nobody hammers at a door that is closed.
    """

    def __init__(
        self, database: Database, feeds: Callable[[], Mapping[UUID, FirmFeed]], poll: timedelta
    ) -> None:
        self._pool = database.pool
        self._feeds = feeds
        self._seconds = poll.total_seconds()
        self._contact = asyncio.Event()
        self._clock: tuple[datetime, float] | None = None

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(self._seconds)
            if feeds := self._feeds():
                await self._look(feeds)

    async def ask(self, viewer: Viewer, question: Callable[[], Awaitable[T]]) -> T:
        """The answer to `question`, asked in a reading unit of the viewer's, as `patiently`.

        Raises TakesTooLong for one that is not answered in time whenever it is asked.
        """
        tries = iter(range(_TRIES - 1, -1, -1))

        async def once() -> T:
            limit = asyncio.timeout(PATIENCE_SECONDS)
            try:
                async with limit, reading(viewer):
                    return await question()
            except TimeoutError:
                if limit.expired() and not next(tries):
                    raise TakesTooLong from None
                raise

        return await self.patiently(once)

    async def patiently(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """What `attempt` gives; while the database is away, it is made again each time that
        somebody has reached the database."""
        while True:
            contact = self._contact
            try:
                return await attempt()
            except AWAY as error:
                log.info("a follower waits for the database", reason=repr(error))
            await contact.wait()

    async def time(self) -> datetime:
        """The database's time; waits while the database has not been heard for some seconds."""
        while self._clock is None or self._silence() > PATIENCE_SECONDS:
            await self._contact.wait()
        return self._clock[0] + timedelta(seconds=self._silence())

    def reached(self, moment: datetime) -> None:
        """Somebody has read from the database, whose clock showed this moment."""
        self._clock = (moment, asyncio.get_running_loop().time())
        contact, self._contact = self._contact, asyncio.Event()
        contact.set()

    def _silence(self) -> float:
        assert self._clock is not None
        return asyncio.get_running_loop().time() - self._clock[1]

    async def _look(self, feeds: Mapping[UUID, FirmFeed]) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                rows = await self._extents(list(feeds))
        except Exception as error:  # noqa: BLE001  (whatever happens, the next second comes)
            log.warning("the streams cannot be watched", reason=repr(error))
            return
        for row in rows:
            self.reached(row["moment"])
            extent = Extent(StreamCursor(row["epoch"], row["seq"]), row["floor"])
            feeds[row["firm_id"]].compare(extent)

    async def _extents(self, firm_ids: list[UUID]) -> list[asyncpg.Record]:
        connection = await self._pool.acquire(timeout=PATIENCE_SECONDS)
        try:
            return await connection.fetch(
                "select firm_id, epoch, seq, floor, clock_timestamp() as moment"
                " from firm_stream where firm_id = any($1)",
                firm_ids,
            )
        except BaseException:
            connection.terminate()  # its state is in doubt
            raise
        finally:
            await self._pool.release(connection)
