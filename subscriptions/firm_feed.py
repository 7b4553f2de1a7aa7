"""One firm's stream, as far as this process has read it."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

import structlog

from models.clock import local_date
from models.unit_of_work import reading
from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import Extent, Growth, StreamCursor
from subscriptions.events import Event

log = structlog.get_logger("openpractice.feed")

RING = 512
PATIENCE_SECONDS = 5


class FirmFeed:
    """Reads a firm's events in their order as they come, and keeps the last 512.

    `reached` is told the database's time at each read, `turned` the firm in which somebody's sight
    has changed, or may have.
    """

    def __init__(
        self,
        firm_id: UUID,
        reached: Callable[[datetime], None],
        turned: Callable[[UUID], None],
    ) -> None:
        self.followers = 0
        self.growth = asyncio.Event()
        """Set once the stream has grown beyond where it is now; another one stands here then."""
        self.viewer = Viewer.system(firm_id, "feed")
        self.last_turn = 0
        """The last number at which somebody's sight has changed, or may have."""
        self._reached = reached
        self._turned = turned
        self._extent: Extent | None = None
        self._clock: tuple[datetime, str, float] | None = None
        """The database's time when it was read, the firm's time zone, and the loop's time then."""
        self._ring: deque[Event] = deque(maxlen=RING)
        self._wake = asyncio.Event()
        self._wake.set()
        self._reading = asyncio.Lock()

    @property
    def extent(self) -> Extent:
        """How far the stream has been read; known once `growth` was first set."""
        assert self._extent is not None
        return self._extent

    @property
    def head(self) -> StreamCursor:
        return self.extent.head

    @property
    def known(self) -> bool:
        """Whether the stream has been read at all."""
        return self._extent is not None

    @property
    def today(self) -> date:
        """The date where the firm is, by the clock as it was last read; known with the stream."""
        assert self._clock is not None
        moment, time_zone, then = self._clock
        passed = timedelta(seconds=asyncio.get_running_loop().time() - then)
        return local_date(moment + passed, time_zone)

    def wake(self) -> None:
        """The stream may have grown."""
        self._wake.set()

    def compare(self, extent: Extent) -> None:
        """Read again unless the stream still reaches as far as was read."""
        if extent != self._extent:
            self.wake()

    def holds(self, seq: int) -> bool:
        """Whether the ring has all that follows after that number."""
        return seq >= self.head.seq or (bool(self._ring) and self._ring[0].seq <= seq + 1)

    def following(self, seq: int, most: int) -> list[Event]:
        """The first `most` events after that number, which the ring `holds`."""
        if seq >= self.head.seq:
            return []
        start = seq + 1 - self._ring[0].seq  # numbers have no gap
        return list(islice(self._ring, start, start + most))

    async def tail(self) -> None:
        """Read whenever woken, until cancelled. What fails is read again after the next poll."""
        while True:
            await self._wake.wait()
            # Cleared before the read: a hint that comes while reading must cause another.
            self._wake.clear()
            try:
                await self.read()
            except Exception as error:  # noqa: BLE001  (the tail outlives every failure)
                log.info("a stream waits for the database", reason=repr(error))

    async def read(self) -> None:
        """Take in what the stream has beyond the ring, as it is now or later."""
        async with self._reading:
            async with asyncio.timeout(PATIENCE_SECONDS), reading(self.viewer):
                known = self._extent.head if self._extent is not None else None
                growth = await cursors.growth(known, RING)
            last_turn = self.last_turn
            self._clock = growth.moment, growth.time_zone, asyncio.get_running_loop().time()
            self._take(growth)
        self._reached(growth.moment)
        # Also of what is read at first: somebody may have come in just before it happened.
        if self.last_turn > last_turn:
            self._turned(self.viewer.firm_id)

    def _take(self, read: Growth) -> None:
        extent, since, events = read.extent, read.since, read.events
        if not self._ring or self._ring[-1].seq != since or extent.head.epoch != self.head.epoch:
            self._ring.clear()
            self.last_turn = since  # what happened before has not been read
        self._ring.extend(events)
        turns = [event.seq for event in events if audience.changes_access(event)]
        self.last_turn = max([self.last_turn, *turns])
        if extent != self._extent:
            self._extent = extent
            growth, self.growth = self.growth, asyncio.Event()
            growth.set()
