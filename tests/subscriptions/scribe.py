"""Somebody who writes what many are told, and somebody who is pushed it."""

import asyncio
from collections.abc import Callable
from typing import Any

from models.viewer import Viewer
from subscriptions.cursors import StreamCursor
from subscriptions.feed import Feeds
from subscriptions.interest import EVERYTHING, Interest
from subscriptions.items import Batch, Item
from subscriptions.telling import Telling
from tests.subscriptions.ear import SECONDS, Ear


class Scribe:
    """Writes items as they are, and remembers what it wrote."""

    def __init__(self) -> None:
        self.written: list[Item[Any]] = []

    async def write(self, _viewer: Viewer, item: Item[Any]) -> Item[Any]:
        self.written.append(item)
        return item

    @property
    def batches(self) -> list[Item[Any]]:
        return [item for item in self.written if isinstance(item, Batch)]

    def read_by(
        self, feeds: Feeds, viewer: Viewer, interest: Interest[Any] = EVERYTHING,
        since: StreamCursor | None = None, push: Any = None, *, personal: bool = False,
    ) -> Ear:  # fmt: skip
        """Somebody who is told what this one writes."""
        telling = Telling("scribe", self.write, personal)
        return Ear(feeds.follow_written(viewer, since, interest, telling, push))


class Reader:
    """Takes what is pushed, unless it is not reading just now."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.reads = True
        self._news = asyncio.Event()

    def __call__(self, item: Any) -> bool:
        if self.reads:
            self.taken.append(item)
            self._news.set()
        return self.reads

    async def until(self, heard: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not heard():
                await self._news.wait()
                self._news.clear()

    async def until_told(self, seq: int) -> None:
        await self.until(lambda: bool(self.taken) and self.taken[-1].cursor.seq >= seq)

    @property
    def numbers(self) -> list[int]:
        batches = [item for item in self.taken if isinstance(item, Batch)]
        return [change.seq for batch in batches for change in batch.changes]
