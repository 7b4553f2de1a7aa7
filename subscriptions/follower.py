"""One follower of a firm's stream: where it stands, what it may see, what it is told."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import ResyncReason, StreamCursor
from subscriptions.events import Event
from subscriptions.firm_feed import FirmFeed
from subscriptions.items import Batch, Heartbeat, Resync, Select
from subscriptions.watch import Watch

T = TypeVar("T")

BATCH = 256


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a silent follower hears from us, and how long one may lag behind the ring."""

    heartbeat: timedelta = timedelta(seconds=15)
    patience: timedelta = timedelta(seconds=30)


class Follower(Generic[T]):
    """Pulled by its consumer: one that is slow costs reads of the table, never memory.

    Replay and live are the same read, so there is no hand-over between them to get wrong. No
    connection is held while it waits.
    """

    def __init__(
        self, viewer: Viewer, feed: FirmFeed, watch: Watch, select: Select[T], pace: Pace
    ) -> None:
        self._viewer = viewer
        self._feed = feed
        self._watch = watch
        self._select = select
        self._pace = pace
        self._loop = asyncio.get_running_loop()
        self._beat_at = self._loop.time()
        self._behind_since: float | None = None

    async def items(
        self, since: StreamCursor | None
    ) -> AsyncGenerator[Batch[T] | Heartbeat | Resync, None]:
        """All that follows `since`; the first item comes at once."""
        await self._begin(since)
        while True:
            # Taken before looking: growth that comes while we look must not be waited for.
            growth = self._feed.growth
            reason, told = await self._look()
            if reason is not None:
                yield Resync(reason, self._feed.head)
                return
            if told is not None:
                self._beat_later()
                yield told
            elif self._loop.time() >= self._beat_at:
                beat = Heartbeat(await self._watch.time(), self._position)
                self._beat_later()
                self._told = self._position.seq
                yield beat
            elif self._position.seq >= self._feed.head.seq:
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(self._beat_at):
                        await growth.wait()

    async def _begin(self, since: StreamCursor | None) -> None:
        if not self._feed.known:
            await self._feed.growth.wait()
        if since is not None and self._feed.extent.refuses(since):
            # The cursor may come from a snapshot that is newer than what the feed has read.
            await self._watch.patiently(self._feed.read)
        self._position = since or self._feed.head
        self._told = self._position.seq

    async def _look(self) -> tuple[ResyncReason | None, Batch[T] | None]:
        """Go one batch on: why that is impossible, or what there is to tell of it."""
        reason = self._feed.extent.refuses(self._position) or self._too_slow()
        if reason is not None:
            return reason, None
        events = await self._next()
        if not events:
            return None, None
        changes = await self._watch.ask(self._viewer, lambda: self._seen(events))
        if changes is None:
            return ResyncReason.ACCESS_CHANGED, None
        self._position = self._position.at(events[-1].seq)
        return None, self._batch(changes) if changes else None

    async def _next(self) -> list[Event]:
        since, until = self._position.seq, self._feed.head.seq
        if self._feed.holds(since):
            return self._feed.following(since, BATCH)
        return await self._watch.ask(
            Viewer.system(self._viewer.firm_id, "feed"), lambda: cursors.read(since, until, BATCH)
        )

    async def _seen(self, events: Sequence[Event]) -> Sequence[T] | None:
        if await audience.access_changed(events):
            return None
        visible = await audience.visible(events)
        return await self._select(visible) if visible else ()

    def _batch(self, changes: Sequence[T]) -> Batch[T]:
        first, self._told = self._told + 1, self._position.seq
        return Batch(tuple(changes), first, self._told, self._position)

    def _too_slow(self) -> ResyncReason | None:
        """A consumer that stays behind the ring would read the table for ever."""
        if self._feed.holds(self._position.seq):
            self._behind_since = None
            return None
        now = self._loop.time()
        if self._behind_since is None:
            self._behind_since = now
        too_long = now - self._behind_since > self._pace.patience.total_seconds()
        return ResyncReason.SLOW_CONSUMER if too_long else None

    def _beat_later(self) -> None:
        self._beat_at = self._loop.time() + self._pace.heartbeat.total_seconds()
