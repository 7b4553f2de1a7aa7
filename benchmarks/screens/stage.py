"""A server, its screens and its events, brought together and proved before anything is measured."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from benchmarks.load import WrongAnswer
from benchmarks.screens import wire
from benchmarks.screens.events import Events, Source
from benchmarks.screens.follows import Follows
from benchmarks.screens.items import Row, named
from benchmarks.screens.screens import AT_ONCE, PATIENCE_SECONDS, Screens
from server.progress import Advance

_PROBE_SECONDS = 5
_QUIET_SECONDS = 0.2


@dataclass(frozen=True)
class Told:
    """A server at work, how screens follow it, and what makes its events."""

    name: str
    pid: int
    follows: Follows
    source: Source


@dataclass(frozen=True)
class Stage:
    """What one measurement needs."""

    screens: Screens
    events: Events
    items: Sequence[Row]
    core: int | None
    """Where everything runs but the measured server."""

    async def fill(
        self, told: Told, count: int, *, showing: int | None = None, at_once: int = AT_ONCE,
        advance: Advance = lambda _done, _of: None,
    ) -> None:  # fmt: skip
        """Open so many screens. Returns when an event has reached all (or `showing`) of them, and
        shows on each what it should. Raises WrongAnswer."""
        await self.screens.open(told.name, told.follows, count, at_once=at_once, advance=advance)
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while not await self._probe(told, showing or count, check=showing is None):
            if asyncio.get_running_loop().time() > deadline:
                reached = self.screens.tally.reached
                raise WrongAnswer(f"{told.name}: an event reached {reached} of {count} screens.")
        await self._quiet()

    async def event(self, told: Told, count: int) -> float:
        """Make one event and wait until it is on so many screens; how many ms it took."""
        self.screens.wait_for(self.events.made + 1)
        number = await self.events.one(told.source)
        at = await self.screens.show(told.name, count)
        return (at - self.screens.tally.moment(number)) / 1e6

    async def arrived(self, told: Told, messages: int) -> None:
        """Wait until so many messages have come since the screens were opened. Raises WrongAnswer:
        one was lost, or came twice."""
        tally = self.screens.tally
        await self.screens.until(told.name, lambda: tally.messages >= messages, "the last events")
        await self._quiet()
        if tally.messages != messages:
            raise WrongAnswer(f"{told.name} sent {tally.messages - messages} messages twice.")

    async def _probe(self, told: Told, count: int, *, check: bool) -> bool:
        self.screens.wait_for(self.events.made + 1)
        number = await self.events.one(told.source)
        try:
            async with asyncio.timeout(_PROBE_SECONDS):
                await self.screens.show(told.name, count)
        except TimeoutError:
            return False
        return not check or self._shows(told, number)

    def _shows(self, told: Told, number: int) -> bool:
        """Whether the last thing that the first screen was told is that event. Raises WrongAnswer
        when it is another card than the one that changed."""
        item = self._last(told.name)
        if item is None or item["__typename"] != "TaskChanges":
            return False  # nothing whole is there yet, or a heartbeat came in between
        wanted = named(self.items[number % len(self.items)], number)
        if item["changes"][-1] != orjson.loads(orjson.dumps(wanted))["changes"][0]:
            raise WrongAnswer(f"{told.name} shows {item['changes'][-1]}, not {wanted}.")
        return True

    def cursor(self, name: str) -> str:
        """Where the first screen stands."""
        return str(self._last(name)["cursor"])

    def _last(self, name: str) -> Any:
        heard = self.screens.heard(name)
        whole = list(wire.frames(heard))
        if not whole:
            return None
        _, begins, ends = whole[-1]
        return orjson.loads(heard[begins:ends])["payload"]["data"]["taskChanges"]

    async def _quiet(self) -> None:
        tally, before = self.screens.tally, -1
        while before != tally.messages:
            before = tally.messages
            await asyncio.sleep(_QUIET_SECONDS)


def standing_at(told: Told, cursor: str) -> Told:
    """The same, to be followed from there."""
    return replace(told, follows=replace(told.follows, since=cursor))
