"""The feeds: what happens in each followed firm, told to everybody who follows it."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from contextvars import Context
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from models.database import Database
from models.viewer import Viewer
from subscriptions import audience
from subscriptions.bus import Bus
from subscriptions.coalescing import Everything, Hints
from subscriptions.cursors import StreamCursor
from subscriptions.events import Event
from subscriptions.firm_feed import FirmFeed
from subscriptions.follower import Follower, Pace
from subscriptions.items import Batch, Heartbeat, Resync, Select
from subscriptions.watch import Watch

T = TypeVar("T")


@dataclass
class _Followed:
    """A firm's feed, the task that tails it, and its end when nobody has come back."""

    feed: FirmFeed
    task: asyncio.Task[None]
    end: asyncio.TimerHandle | None = None


class Feeds:
    """Every followed firm's stream in this process.

    `database` is open as role openpractice_feed, for the poll; events are read as the app, by
    the process's own database.
    """

    def __init__(
        self,
        database: Database,
        bus: Bus,
        *,
        pace: Pace | None = None,
        poll: timedelta = timedelta(seconds=1),
        linger: timedelta = timedelta(seconds=5),
    ) -> None:
        self._bus = bus
        self._pace = pace or Pace()
        self._linger = linger.total_seconds()
        self._followed: dict[UUID, _Followed] = {}
        self._access_changes = Hints()
        self._watch = Watch(database, self._feeds, poll)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to watch and to listen; the bus is started before."""
        self._tasks = [
            asyncio.create_task(self._watch.run(), name="feeds watch"),
            asyncio.create_task(self._listen(), name="feeds listen"),
        ]

    async def stop(self) -> None:
        """End every task; followers are ended by whoever runs them."""
        for firm_id in list(self._followed):
            self._tasks.append(self._forget(firm_id))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def follow(
        self, viewer: Viewer, since: StreamCursor | None = None
    ) -> AsyncGenerator[Batch[Event] | Heartbeat | Resync, None]:
        """The firm's events after `since` (from now on without one) that the viewer may see."""
        return self.follow_selected(viewer, since, _as_they_are)

    async def follow_selected(
        self, viewer: Viewer, since: StreamCursor | None, select: Select[T]
    ) -> AsyncGenerator[Batch[T] | Heartbeat | Resync, None]:
        """The same, as what `select` makes of each batch; a batch it makes nothing of is passed
        over in silence. Ends after a Resync."""
        feed = self._join(viewer.firm_id)
        try:
            follower = Follower(viewer, feed, self._watch, select, self._pace)
            async with aclosing(follower.items(since)) as items:
                async for item in items:
                    yield item
        finally:
            self._leave(viewer.firm_id, feed)

    async def access_changes(self) -> AsyncGenerator[UUID, None]:
        """Followed firms in which a role, a session, a token or who sees a client has changed:
        for those who keep sockets, to look again who may still be there."""
        while True:
            hint = await self._access_changes.get()
            for firm_id in list(self._followed) if isinstance(hint, Everything) else [hint]:
                yield firm_id

    def _feeds(self) -> dict[UUID, FirmFeed]:
        return {firm_id: followed.feed for firm_id, followed in self._followed.items()}

    async def _listen(self) -> None:
        async for hint in self._bus.hints():
            firms = self._followed if isinstance(hint, Everything) else (hint,)
            for firm_id in firms:
                if followed := self._followed.get(firm_id):
                    followed.feed.wake()

    def _join(self, firm_id: UUID) -> FirmFeed:
        followed = self._followed.get(firm_id)
        if followed is None:
            feed = FirmFeed(firm_id, self._watch.reached, self._notice)
            # A context of its own: the tail outlives whoever came first, and its unit of work.
            task = asyncio.create_task(feed.tail(), name=f"feed {firm_id}", context=Context())
            followed = self._followed[firm_id] = _Followed(feed, task)
        if followed.end is not None:
            followed.end.cancel()
            followed.end = None
        followed.feed.followers += 1
        return followed.feed

    def _leave(self, firm_id: UUID, feed: FirmFeed) -> None:
        feed.followers -= 1
        followed = self._followed.get(firm_id)
        if followed is not None and followed.feed is feed and feed.followers == 0:
            loop = asyncio.get_running_loop()
            followed.end = loop.call_later(self._linger, self._forget, firm_id)

    def _forget(self, firm_id: UUID) -> "asyncio.Task[None]":
        followed = self._followed.pop(firm_id)
        if followed.end is not None:
            followed.end.cancel()
        followed.task.cancel()
        return followed.task

    def _notice(self, firm_id: UUID, events: Sequence[Event]) -> None:
        if any(audience.changes_access(event) for event in events):
            self._access_changes.put(firm_id)


async def _as_they_are(events: Sequence[Event]) -> Sequence[Event]:
    return events
