"""The feeds: what happens in each followed firm, told to everybody who follows it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Hashable
from contextlib import aclosing, asynccontextmanager
from contextvars import Context
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from models.database import Database
from models.viewer import Viewer
from subscriptions.bus import Bus
from subscriptions.coalescing import Everything, Hints
from subscriptions.cursors import StreamCursor
from subscriptions.firm_feed import FirmFeed
from subscriptions.follower import Follower, Pace
from subscriptions.groups import Group
from subscriptions.interest import EVERYTHING, Interest
from subscriptions.items import Item
from subscriptions.riders import Riders
from subscriptions.rounds import Rounds
from subscriptions.standing import Asked, Standing, standings
from subscriptions.telling import Push, Telling
from subscriptions.watch import Watch

T = TypeVar("T")
P = TypeVar("P")


@dataclass
class _Followed:
    """A firm's feed, the task that tails it, who follows it together, and its end when nobody has
    come back."""

    feed: FirmFeed
    task: asyncio.Task[None]
    standings: Rounds[Asked, Standing]
    groups: dict[Hashable, tuple[Group[Any], Riders[Any]]] = field(default_factory=dict)
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
        self,
        viewer: Viewer,
        since: StreamCursor | None = None,
        interest: Interest[T] = EVERYTHING,  # type: ignore[assignment]  # then T is Event
    ) -> AsyncGenerator[Item[T], None]:
        """What is told of the firm's events after `since` (from now on without one), item by item.

        Batches that tell nothing are passed over in silence. Ends after a Resync.
        """
        return self.follow_written(viewer, since, interest, Telling(object(), _as_it_is))

    async def follow_written(
        self,
        viewer: Viewer,
        since: StreamCursor | None,
        interest: Interest[Any],
        telling: Telling[P],
        push: Push | None = None,
    ) -> AsyncGenerator[P, None]:
        """The same, as `telling` writes it: once for all followers with an equal interest and
        telling who may see the same. With `push`, what can be sent at once is, and only the rest
        comes from here."""
        followed = self._join(viewer.firm_id)
        try:
            if not followed.feed.known:
                await followed.feed.growth.wait()
            asked = Asked(viewer, telling.personal, since, interest.hangs_on)
            stands = await followed.standings.ask(asked)
            name = (interest.name, telling.name, stands.sight)
            group, riders = self._group(followed, name, interest, telling)
            one = Follower(
                viewer, lens=interest.lens, hangs_on=interest.hangs_on, standing=stands,
                group=group, riders=riders, pace=self._pace, push=push,
            )  # fmt: skip
            group.join(one)
            try:
                async with aclosing(one.items(since)) as items:
                    async for item in items:
                        yield item
            finally:
                group.leave(one)
                if not group:
                    del followed.groups[name]
                    group.stop()
        finally:
            self._leave(viewer.firm_id, followed)

    async def access_changes(self) -> AsyncGenerator[UUID, None]:
        """Followed firms in which a role, a session, a token or who sees a client has changed:
        for those who keep sockets, to look again who may still be there."""
        while True:
            hint = await self._access_changes.get()
            for firm_id in list(self._followed) if isinstance(hint, Everything) else [hint]:
                yield firm_id

    @asynccontextmanager
    async def watched(self, firm_id: UUID) -> AsyncIterator[None]:
        """Have the firm's access changes told meanwhile, also where nobody follows it: all of those
        that come after this has begun."""
        followed = self._join(firm_id)
        try:
            if not followed.feed.known:
                await followed.feed.growth.wait()
            yield
        finally:
            self._leave(firm_id, followed)

    def _feeds(self) -> dict[UUID, FirmFeed]:
        return {firm_id: followed.feed for firm_id, followed in self._followed.items()}

    async def _listen(self) -> None:
        async for hint in self._bus.hints():
            firms = self._followed if isinstance(hint, Everything) else (hint,)
            for firm_id in firms:
                if followed := self._followed.get(firm_id):
                    followed.feed.wake()

    def _group(
        self, followed: _Followed, name: Hashable, interest: Interest[Any], telling: Telling[Any]
    ) -> tuple[Group[Any], Riders[Any]]:
        if name not in followed.groups:
            group = Group(followed.feed, self._watch, interest, telling)
            followed.groups[name] = group, Riders(group, self._pace.heartbeat)
        return followed.groups[name]

    def _join(self, firm_id: UUID) -> _Followed:
        followed = self._followed.get(firm_id)
        if followed is None:
            feed = FirmFeed(firm_id, self._watch.reached, self._access_changes.put)
            # A context of its own: the tail outlives whoever came first, and its unit of work.
            task = asyncio.create_task(feed.tail(), name=f"feed {firm_id}", context=Context())
            followed = self._followed[firm_id] = _Followed(feed, task, standings(feed, self._watch))
        if followed.end is not None:
            followed.end.cancel()
            followed.end = None
        followed.feed.followers += 1
        return followed

    def _leave(self, firm_id: UUID, followed: _Followed) -> None:
        followed.feed.followers -= 1
        if self._followed.get(firm_id) is followed and followed.feed.followers == 0:
            loop = asyncio.get_running_loop()
            followed.end = loop.call_later(self._linger, self._forget, firm_id)

    def _forget(self, firm_id: UUID) -> "asyncio.Task[None]":
        followed = self._followed.pop(firm_id)
        if followed.end is not None:
            followed.end.cancel()
        for group, riders in followed.groups.values():
            riders.stop()
            group.stop()
        followed.standings.stop()
        followed.task.cancel()
        return followed.task


async def _as_it_is(_viewer: Viewer, item: Item[T]) -> Item[T]:
    return item
