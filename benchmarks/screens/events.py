"""Events, as they happen: transactions in PostgreSQL for our server, and for the others what such
a transaction would have their own back ends publish."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from time import monotonic_ns
from typing import Protocol

import orjson
from redis.asyncio import Redis

from benchmarks.screens.items import Row, named
from benchmarks.screens.tally import EVENTS, Tally, title
from models.tasks import Task
from models.unit_of_work import unit_of_work
from models.viewer import Viewer

WINDOW = 32
"""How many events may be on their way at once when a server is to show what it can."""
_WRITERS = 8
_GLANCE_SECONDS = 0.0005


class Source(Protocol):
    """Something that makes events happen."""

    async def make(self, number: int) -> None:
        """Make the event of that number, and note when it was committed or published."""


class Transactions:
    """Each event is a transaction of a process beside the server: one card gets another title."""

    def __init__(self, tally: Tally, viewer: Viewer, tasks: Sequence[Task]) -> None:
        self._tally, self._viewer, self._tasks = tally, viewer, tasks

    async def make(self, number: int) -> None:
        task = self._tasks[number % len(self._tasks)]
        async with unit_of_work(self._viewer):
            await task.change({"title": title(number)}, None)
            # The last moment before COMMIT: what that takes is on the way, too.
            self._tally.moments[number % EVENTS] = monotonic_ns()


class Published:
    """Each event is published by Redis, with all that a subscriber may ask of it."""

    def __init__(self, tally: Tally, redis: Redis, channel: str, items: Sequence[Row]) -> None:
        self._tally, self._redis, self._channel, self._items = tally, redis, channel, items

    async def make(self, number: int) -> None:
        text = orjson.dumps(named(self._items[number % len(self._items)], number))
        self._tally.moments[number % EVENTS] = monotonic_ns()
        await self._redis.publish(self._channel, text)


class Events:
    """One number after the other, whoever makes them."""

    def __init__(self) -> None:
        self.made = 0

    async def one(self, source: Source) -> int:
        """Make the next one; its number."""
        self.made += 1
        number = self.made
        await source.make(number)
        return number

    async def at_rate(self, source: Source, a_second: float, seconds: float) -> int:
        """Make events by the clock, whether or not those before are done; how many."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        count = max(int(a_second * seconds), 1)
        making = []
        for number in range(count):
            await asyncio.sleep(began + number / a_second - loop.time())
            making.append(asyncio.create_task(self.one(source)))
        await asyncio.gather(*making)
        return count

    @asynccontextmanager
    async def as_fast_as_they_come(
        self, source: Source, tally: Tally, screens: int
    ) -> AsyncIterator[None]:
        """While the block runs, make an event whenever another has reached its screens."""
        making = asyncio.create_task(self._keep_making(source, tally, screens))
        try:
            yield
        finally:
            making.cancel()
            await asyncio.wait([making])
        if not making.cancelled():
            making.result()

    async def _keep_making(self, source: Source, tally: Tally, screens: int) -> None:
        before, made = tally.messages, 0
        under_way: set[asyncio.Task[int]] = set()
        try:
            while True:
                on_their_way = made - (tally.messages - before) // screens
                if on_their_way < WINDOW and len(under_way) < _WRITERS:
                    under_way.add(asyncio.create_task(self.one(source)))
                    made += 1
                    continue
                done = {task for task in under_way if task.done()}
                for task in done:
                    task.result()
                under_way -= done
                await asyncio.sleep(_GLANCE_SECONDS)
        finally:
            # What has begun happens: else nobody would know what has to arrive.
            await asyncio.gather(*under_way)
