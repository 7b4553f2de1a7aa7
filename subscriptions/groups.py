"""Those who are told the same: they share each page of the stream, whoever comes for it first."""

import asyncio
from collections import Counter
from collections.abc import Hashable
from contextvars import Context
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions import audience, cursors
from subscriptions.cursors import StreamCursor
from subscriptions.events import Event
from subscriptions.firm_feed import FirmFeed
from subscriptions.interest import Interest
from subscriptions.pages import BATCH, Page, write_page
from subscriptions.standing import Sight, Standing
from subscriptions.telling import Telling
from subscriptions.turns import Part, turns_between
from subscriptions.watch import Watch

P = TypeVar("P")

_KEPT_SECONDS = 1
"""How long a page is kept: a thousand who come back in one second stand where one stood before."""


class One(Protocol):
    """One of a group: who it is, through which lens it looks, and whether its sight has turned."""

    viewer: Viewer
    lens: Hashable
    hangs_on: Part | None
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
        self.turned: set[One] = set()
        """Those of them whose sight has turned."""
        self._everybody: dict[One, None] = {}
        self._lenses: Counter[Hashable] = Counter()
        self._pages: dict[StreamCursor, asyncio.Task[Page[P] | None]] = {}
        self._came = 0
        self._judged = 0
        """Up to which event it is known whose sight has turned."""

    def __len__(self) -> int:
        return len(self._everybody)

    def join(self, one: One) -> None:
        self._came += 1
        self._judged = min(self._judged, one.standing.seq) if self else one.standing.seq
        self._everybody[one] = None
        if one.turned:
            self.turned.add(one)
        self._lenses[one.lens] += 1

    def leave(self, one: One) -> None:
        del self._everybody[one]
        self.turned.discard(one)
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
                # Somebody may have come while it was made.
                while self._judged < page.until.seq <= self.feed.head.seq:
                    await self._judge()
                return page
            self._drop(after, made)  # made before that lens came, or in nobody's name
            if len(self.turned) == len(self._everybody):
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
        current().today = self.feed.today  # which the feed has read with the events
        shown = (
            await audience.visible_by_parts(events, self._judged) if sight.is_by_roles
            else await audience.visible(events)
        )  # fmt: skip
        if shown is None:
            return None
        until, lenses = after.at(events[-1].seq), list(self._lenses)
        return await write_page(after, until, shown, self._interest, self.telling, lenses=lenses)

    async def _between(self, after: StreamCursor, until: int) -> list[Event]:
        """The first events after that cursor, none above `until`."""
        if self.feed.holds(after.seq):
            following = self.feed.following(after.seq, BATCH)
            return [event for event in following if event.seq <= until]
        return await self.watch.ask(self.feed.viewer, lambda: cursors.read(after.seq, until, BATCH))

    async def _judge(self) -> int:
        """Find out whose sight has turned by all that has been read of the stream; up to where."""
        since, until, came = self._judged, self.feed.head.seq, self._came
        if self.feed.last_turn > since:
            turns = await self.watch.ask(self.feed.viewer, lambda: turns_between(since, until))
            for one in self._everybody:
                if turns.concern(one.viewer, one.hangs_on, after=one.standing.seq):
                    one.turned = True
                    self.turned.add(one)
        if self._came == came:  # whoever has come meanwhile may stand further back
            self._judged = max(since, until)
        return until
