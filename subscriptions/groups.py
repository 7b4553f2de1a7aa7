"""Those who are told the same: they share each page of the stream, whoever comes for it first."""

import asyncio
from collections import Counter
from collections.abc import Hashable
from contextvars import Context
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import StreamCursor
from subscriptions.events import Event
from subscriptions.firm_feed import FirmFeed
from subscriptions.interest import Interest
from subscriptions.pages import BATCH, Page, write_page
from subscriptions.standing import Sight, Standing
from subscriptions.telling import Telling
from subscriptions.watch import Watch

P = TypeVar("P")

_KEPT_SECONDS = 1


class One(Protocol):
    """One of a group: who it is, through which lens it looks, and whether its sight has turned."""

    viewer: Viewer
    lens: Hashable
    hangs_on: audience.Part | None
    standing: Standing
    turned: bool


class Group(Generic[P]):
    """All who follow with one interest, one telling and one sight.

    A page is made in the name of any of them whose sight has not turned; before it is given out,
    everybody's is looked at up to the very snapshot that the page was read in.
    """

    def __init__(
        self, feed: FirmFeed, watch: Watch, interest: Interest[Any], telling: Telling[P]
    ) -> None:
        self.feed = feed
        self.watch = watch
        self.telling = telling
        self._interest = interest
        self._everybody: dict[One, None] = {}
        self._lenses: Counter[Hashable] = Counter()
        self._pages: dict[StreamCursor, asyncio.Task[Page[P] | None]] = {}
        self._judged = 0
        """Up to which event it is known whose sight has turned."""

    def __len__(self) -> int:
        return len(self._everybody)

    def join(self, one: One) -> None:
        self._judged = min(self._judged, one.standing.seq) if self else one.standing.seq
        self._everybody[one] = None
        self._lenses[one.lens] += 1

    def leave(self, one: One) -> None:
        del self._everybody[one]
        self._lenses[one.lens] -= 1
        self._lenses += Counter()  # without those whom nobody has

    def stop(self) -> None:
        """Make no more pages; whoever waits for one is ended by whoever runs it."""
        for made in self._pages.values():
            made.cancel()

    async def page(self, after: StreamCursor, lens: Hashable) -> Page[P] | None:
        """What follows there as far as it has been read; None where nothing does, or where nobody
        is left whose sight has not turned. It is for those alone whose sight then has not."""
        while after.seq < self.feed.head.seq:
            made = self._pages.get(after)
            if made is None:
                made = self._begin(after)
            page = await asyncio.shield(made)
            if page is not None and lens in page.written:
                if self._judged < page.until.seq:  # somebody came while it was made
                    await self._judge()
                return page
            self._drop(after, made)  # made before that lens came, or in nobody's name
            if all(one.turned for one in self._everybody):
                return None
        return None

    def _begin(self, after: StreamCursor) -> "asyncio.Task[Page[P] | None]":
        # A context of its own: whoever came first may leave, and the page is for all.
        made = asyncio.create_task(self._make(after), name="page", context=Context())
        self._pages[after] = made
        made.add_done_callback(lambda _: self._keep(after, made))
        return made

    def _keep(self, after: StreamCursor, made: "asyncio.Task[Page[P] | None]") -> None:
        """Those who come a little later find it; what failed is tried again by whoever comes."""
        good = not made.cancelled() and made.exception() is None and made.result() is not None
        loop = asyncio.get_running_loop()
        loop.call_later(_KEPT_SECONDS if good else 0, self._drop, after, made)

    def _drop(self, after: StreamCursor, made: "asyncio.Task[Page[P] | None]") -> None:
        if self._pages.get(after) is made:
            del self._pages[after]

    async def _make(self, after: StreamCursor) -> Page[P] | None:
        while True:
            until = await self._judge()
            one = next((one for one in self._everybody if not one.turned), None)
            events = await self._between(after, until)
            if one is None or not events:
                return None
            page = await self.watch.ask(
                one.viewer, partial(self._write, after, events, one.standing.sight)
            )
            if page is not None:
                return page
            await self.watch.patiently(self.feed.read)

    async def _write(
        self, after: StreamCursor, events: list[Event], sight: Sight
    ) -> Page[P] | None:
        """The page; None where in its snapshot somebody's sight has turned of whom nobody knows."""
        if sight.is_by_roles and await cursors.has_turned(self._judged):
            return None
        lenses = list(self._lenses)
        return await write_page(after, events, self._interest, self.telling, lenses)

    async def _between(self, after: StreamCursor, until: int) -> list[Event]:
        """The first events after that cursor, none above `until`."""
        if self.feed.holds(after.seq):
            following = self.feed.following(after.seq, BATCH)
            return [event for event in following if event.seq <= until]
        return await self.watch.ask(self.feed.viewer, lambda: cursors.read(after.seq, until, BATCH))

    async def _judge(self) -> int:
        """Find out whose sight has turned by all that has been read of the stream; up to where."""
        since, until = self._judged, self.feed.head.seq
        if self.feed.last_turn > since:
            await self.watch.ask(self.feed.viewer, lambda: self._turn(since, until))
        if self._judged == since:  # nobody has come meanwhile
            self._judged = max(since, until)
        return until

    async def _turn(self, since: int, until: int) -> None:
        for event in await cursors.turns(since, until):
            asked = [one for one in self._everybody if one.standing.seq < event.seq]
            turned = await audience.turned([event], {one.viewer for one in asked})
            parts = await audience.changed([event], {one.hangs_on for one in asked})
            for one in asked:
                one.turned = one.turned or one.viewer in turned or one.hangs_on in parts
