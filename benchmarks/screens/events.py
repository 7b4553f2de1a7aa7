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

WINDOW = 64
"""How many events may be on their way at once when a server is to show what it can."""
_WRITERS = 8
_GLANCE_SECONDS = 0.002


class Source(Protocol):
    """Something that makes events happen."""

    cards: int
    """How many it changes, by turns."""

    async def make(self, number: int) -> None:
        """Make the event of that number, and note when it was committed or published."""


class Transactions:
    """Each event is a transaction of a process beside the server: one card gets another title."""

    def __init__(self, tally: Tally, viewer: Viewer, tasks: Sequence[Task]) -> None:
        self._tally, self._viewer, self._tasks = tally, viewer, tasks
        self.cards = len(tasks)

    async def make(self, number: int) -> None:
        task = self._tasks[number % self.cards]
        async with unit_of_work(self._viewer):
            await task.change({"title": title(number)}, None)
            # The last moment before COMMIT: what that takes is on the way, too.
            self._tally.moments[number % EVENTS] = monotonic_ns()


class Published:
    """Each event is published by Redis, with all that a subscriber may ask of it."""

    def __init__(self, tally: Tally, redis: Redis, channel: str, items: Sequence[Row]) -> None:
        self._tally, self._redis, self._channel, self._items = tally, redis, channel, items
        self.cards = len(items)

    async def make(self, number: int) -> None:
        text = orjson.dumps(named(self._items[number % self.cards], number))
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
        before, made, goes_on = tally.messages, 0, True
        # A card that changes twice on its way may be told of once.
        window = min(WINDOW, source.cards // 2)

        async def keep_making() -> None:
            nonlocal made
            while goes_on:
                if made - (tally.messages - before) // screens < window:
                    made += 1
                    await self.one(source)
                else:
                    await asyncio.sleep(_GLANCE_SECONDS)

        making = [asyncio.create_task(keep_making()) for _ in range(_WRITERS)]
        try:
            yield
        finally:
            # What has begun happens: else nobody would know what has to arrive.
            goes_on = False
            await asyncio.gather(*making)
