"""One follower of a firm's stream: where it stands, what it may see, what it is told."""

import asyncio
from collections.abc import AsyncGenerator, Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from models.viewer import Viewer
from subscriptions.cursors import ResyncReason, StreamCursor
from subscriptions.groups import Group
from subscriptions.items import Heartbeat, Item, Resync
from subscriptions.riders import Riders
from subscriptions.standing import Standing
from subscriptions.telling import Push
from subscriptions.turns import Part

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a silent follower hears from us, and how long one may lag behind the ring."""

    heartbeat: timedelta = timedelta(seconds=15)
    patience: timedelta = timedelta(seconds=30)


class Follower(Generic[P]):
    """Pulled by its consumer: one that is slow costs reads of the table, never memory.

    Replay and live are the same pages, so there is no hand-over between them to get wrong. No
    connection is held while it waits. With `push`, it rides with its group while it is at the head.
    """

    position: StreamCursor

    def __init__(
        self,
        viewer: Viewer,
        *,
        lens: Hashable,
        hangs_on: Part | None,
        standing: Standing,
        group: Group[P],
        riders: Riders[P],
        pace: Pace,
        push: Push | None = None,
    ) -> None:
        self.viewer = viewer
        self.lens = lens
        self.hangs_on = hangs_on
        self.standing = standing
        self.turned = standing.turned
        self._group = group
        self._feed = group.feed
        self._riders = riders
        self._pace = pace
        self._push = push
        self._loop = asyncio.get_running_loop()
        self._beat_at = self._loop.time()
        self._behind_since: float | None = None

    async def items(self, since: StreamCursor | None) -> AsyncGenerator[P, None]:
        """All that follows `since`; the first item comes at once."""
        await self._begin(since)
        while True:
            # Taken before looking: growth that comes while we look must not be waited for.
            growth = self._feed.growth
            if reason := self._end():
                yield await self._written(Resync(reason, self._feed.head))
                return
            page = await self._group.page(self.position, self.lens)
            if self.turned:
                continue
            if page is not None:
                self.position = page.until
                if (written := page.written[self.lens]) is not None:
                    self._beat_later()
                    yield written
            elif self._loop.time() >= self._beat_at:
                self._beat_later()
                yield await self._written(Heartbeat(await self._group.watch.time(), self.position))
            else:
                await self._wait(growth)

    async def _begin(self, since: StreamCursor | None) -> None:
        self.position = since or self._feed.head
        if self._feed.extent.refuses(self.position):
            # The cursor may come from a snapshot that is newer than what the feed has read.
            await self._group.watch.patiently(self._feed.read)

    async def _wait(self, growth: asyncio.Event) -> None:
        """Until there may be something to tell that has not been pushed."""
        if self._push is not None:
            await self._riders.ride(self, self._push)
            self._beat_later()
            return
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._beat_at):
                await growth.wait()

    async def _written(self, item: Item[Any]) -> P:
        return await self._group.telling.write(self.viewer, item)

    def _end(self) -> ResyncReason | None:
        """Why it cannot go on, if so."""
        refused = self._feed.extent.refuses(self.position)
        if refused is None and self.turned:
            return ResyncReason.ACCESS_CHANGED
        return refused or self._too_slow()

    def _too_slow(self) -> ResyncReason | None:
        """A consumer that stays behind the ring would read the table for ever."""
        if self._feed.holds(self.position.seq):
            self._behind_since = None
            return None
        now = self._loop.time()
        if self._behind_since is None:
            self._behind_since = now
        too_long = now - self._behind_since > self._pace.patience.total_seconds()
        return ResyncReason.SLOW_CONSUMER if too_long else None

    def _beat_later(self) -> None:
        self._beat_at = self._loop.time() + self._pace.heartbeat.total_seconds()
