"""Those of a group who are at the head: what comes is pushed to all of them, one after the other.

Nobody is waited for. Who cannot take what is pushed is let off, and looks for it as its reader
reads; so is everybody when the stream cannot simply go on.
"""

import asyncio
from collections.abc import Hashable, Iterable
from contextlib import suppress
from contextvars import Context
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

import structlog

from subscriptions.cursors import StreamCursor
from subscriptions.groups import Group, One
from subscriptions.items import Heartbeat
from subscriptions.pages import Page
from subscriptions.telling import Push, ToEach, to_each

log = structlog.get_logger("openpractice.feed")

P = TypeVar("P")


class Rider(One, Protocol):
    """Who is pushed: from `position` on, through its lens, until its sight turns."""

    position: StreamCursor


Kind = tuple[Hashable, ToEach[Rider]]
"""A lens, and how those who look through it are pushed."""


class Riders(Generic[P]):
    """The riders of one group all stand at one position, which moves with each page.

    `ride` takes whoever stands there. Who is behind comes back at once, and looks for pages as
    before; who is ahead, once the riders have moved or are no more.
    """

    def __init__(self, group: Group[P], heartbeat: timedelta) -> None:
        self._group = group
        self._beats = heartbeat.total_seconds()
        self._riding: dict[Rider, tuple[asyncio.Future[None], Kind]] = {}
        self._pushes: dict[Kind, dict[Rider, Push]] = {}
        """Those of each kind: a lens is looked up once a page, not once a rider."""
        self._position: StreamCursor
        self._moved = asyncio.Event()
        """Set once they stand elsewhere, or nowhere; another one stands here then."""
        self._going: asyncio.Task[None] | None = None

    async def ride(self, rider: Rider, push: Push) -> None:
        """Be pushed what comes, as long as all goes well; returns when the rider has to look for
        itself, from where it stands then."""
        if not self._riding:
            self._position = rider.position
        elif self._position != rider.position:
            if self._position.seq < rider.position.seq:
                await self._moved.wait()
            return
        off = asyncio.get_running_loop().create_future()
        kind = rider.lens, getattr(push, "to_each", to_each)
        self._riding[rider] = off, kind
        self._pushes.setdefault(kind, {})[rider] = push
        if self._going is None:
            self._going = asyncio.create_task(self._push_on(), name="riders", context=Context())
        try:
            await off
        finally:
            self._forget(rider)
            if not self._riding:
                self.stop()

    def stop(self) -> None:
        """Push no more."""
        going, self._going = self._going, None
        if going is not None:
            going.cancel()
        self._wake_those_ahead()

    async def _push_on(self) -> None:
        try:
            await self._go_along()
        except Exception as fault:  # noqa: BLE001  (each finds it again by itself, and tells of it)
            log.warning("riders are let off", reason=repr(fault))
        if self._going is asyncio.current_task():
            self._going = None
            self._let_off(list(self._riding))
            self._wake_those_ahead()

    async def _go_along(self) -> None:
        """Push each page, and now and then a heartbeat, since a page may show nothing to somebody;
        until it cannot go on so."""
        feed, loop = self._group.feed, asyncio.get_running_loop()
        beat_at = loop.time() + self._beats
        while self._riding:
            position, growth = self._position, feed.growth
            if feed.extent.refuses(position) is not None:
                return
            if loop.time() >= beat_at:
                await self._beat(position)
                beat_at = loop.time() + self._beats
            elif position.seq < feed.head.seq:
                page = await self._group.page(position, next(iter(self._riding)).lens)
                if page is None:
                    return
                self._push(position, page)
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout_at(beat_at):
                        await growth.wait()

    def _push(self, position: StreamCursor, page: Page[P]) -> None:
        if position != self._position:
            return  # they left meanwhile, and others came
        self._let_off_turned()
        for (lens, push), pushes in list(self._pushes.items()):
            if lens not in page.written:
                self._let_off(list(pushes))
            elif (written := page.written[lens]) is not None:
                self._let_off(push(pushes, written))
        self._position = page.until
        self._wake_those_ahead()

    async def _beat(self, position: StreamCursor) -> None:
        viewer = next(iter(self._riding)).viewer
        moment = await self._group.watch.time()
        beat = await self._group.telling.write(viewer, Heartbeat(moment, position))
        if position == self._position:
            self._let_off_turned()
            for (_, push), pushes in list(self._pushes.items()):
                self._let_off(push(pushes, beat))

    def _let_off_turned(self) -> None:
        """Whose sight has turned is pushed nothing more: what is written is in another's name."""
        if turned := self._group.turned:
            self._let_off([rider for rider in self._riding if rider in turned])

    def _wake_those_ahead(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def _let_off(self, riders: Iterable[Rider]) -> None:
        for rider in riders:
            off, _ = self._riding[rider]
            self._forget(rider)
            rider.position = self._position
            if not off.done():
                off.set_result(None)

    def _forget(self, rider: Rider) -> None:
        _, kind = self._riding.pop(rider, (None, None))
        if kind is not None:
            pushes = self._pushes[kind]
            del pushes[rider]
            if not pushes:
                del self._pushes[kind]
