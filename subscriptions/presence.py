"""Presence: who is where just now, told to those who are there as well. It is never stored.

Whoever looks at a place is there, for as long as their stream is open and their line is not
silent. Each process tells the others by the bus, and again every five seconds; of whom it says
nothing any more, they lose fifteen seconds later. Without Redis a process knows of its own.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import Context
from datetime import timedelta
from uuid import UUID, uuid4

import structlog

from models.errors import NotFound
from models.unit_of_work import reading
from models.viewer import Viewer
from models.visibility import visible
from subscriptions import audience
from subscriptions.bus import Bus
from subscriptions.coalescing import Everything
from subscriptions.events import models
from subscriptions.firm_presence import FirmPresence, Silence
from subscriptions.gathering import Place, Presence

log = structlog.get_logger("openpractice.presence")

_LOOKS_EVERY = 1
_LINGER = 10
_EACH = 0.01
"""Seconds between two tellings for each of those there, for each is told to all of them."""


Watched = Callable[[UUID], AbstractAsyncContextManager[None]]
"""While a firm is watched, its access changes are told."""


def _by_nobody(_firm_id: UUID) -> AbstractAsyncContextManager[None]:
    return nullcontext()


def never_silent() -> float:
    """The silence of a line that cannot be heard: its end is all that is noticed."""
    return 0


class Presences:
    """Who is where in each firm that somebody looks at in this process.

    Whoever makes it calls `look_again` after access changes, of which a firm that is `watched` is
    sure to tell. What changes within `gather` is told at once. `clock` tells seconds.
    """

    def __init__(
        self,
        bus: Bus,
        *,
        watched: Watched = _by_nobody,
        clock: Callable[[], float] = time.monotonic,
        gather: timedelta = timedelta(milliseconds=200),
    ) -> None:
        self._bus = bus
        self._watched = watched
        self._clock = clock
        self._gather = gather.total_seconds()
        self._process = uuid4().hex
        self._firms: dict[UUID, FirmPresence] = {}
        self._tasks: dict[UUID | None, asyncio.Task[None]] = {}

    async def start(self) -> None:
        """Begin to look and to beat; the bus is started before."""
        self._tasks[None] = asyncio.create_task(self._keep_looking(), name="presences look")

    async def stop(self) -> None:
        """End every task; whoever is there is ended by who runs them."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def attend(
        self,
        viewer: Viewer,
        place: Place,
        *,
        holds: Place | None = None,
        edits: str | None = None,
        silence: Silence = never_silent,
    ) -> AsyncGenerator[list[Presence], None]:
        """Be at a place and hear who is there: at first, and at each change.

        A program, by its token, looks on unseen. Raises NotFound for what the viewer may not see,
        also once they may no more.
        """
        async with self._watched(viewer.firm_id):
            await _must_see(viewer, holds, "holds")
            firm, number = self._firm(viewer.firm_id), None
            firm.onlookers += 1
            told: list[Presence] | None = None
            try:
                while True:
                    # Taken before looking: what changes while we look must not be waited for.
                    change = firm.gathering.change(place)
                    await _must_see(viewer, place, "place")
                    if number is None and viewer.member_id and viewer.api_token_id is None:
                        number = firm.open(Presence(viewer.member_id, place, holds, edits), silence)
                    people = firm.gathering.people(place)
                    if people != told:
                        told = people
                        yield people
                    await change.wait()
                    await asyncio.sleep(max(self._gather, _EACH * len(people)))
            finally:
                if number is not None:
                    firm.close(number)
                firm.gathering.stir(place)
                firm.onlookers -= 1
                firm.left_at = self._clock()

    def look_again(self, firm_id: UUID) -> None:
        """Somebody in the firm may see otherwise: who is where they may not be, has to leave."""
        if firm := self._firms.get(firm_id):
            firm.gathering.stir_all()

    def look(self) -> None:
        """What is done each second: see FirmPresence; a firm that nobody looks at is forgotten."""
        for firm_id, firm in list(self._firms.items()):
            firm.look()
            if not firm.onlookers and self._clock() - firm.left_at > _LINGER:
                del self._firms[firm_id]
                self._tasks.pop(firm_id).cancel()

    def _firm(self, firm_id: UUID) -> FirmPresence:
        if firm_id not in self._firms:
            firm = FirmPresence(
                self._process, lambda word: self._bus.say(firm_id, word), self._clock
            )
            self._firms[firm_id] = firm
            # A context of its own: it outlives whoever came first, and their unit of work.
            self._tasks[firm_id] = asyncio.create_task(
                self._listen(firm_id, firm), name=f"presence {firm_id}", context=Context()
            )
        return self._firms[firm_id]

    async def _listen(self, firm_id: UUID, firm: FirmPresence) -> None:
        async for word in self._bus.words(firm_id):
            if isinstance(word, Everything):
                firm.tell_all(asks=True)
            else:
                firm.hear(word)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOKS_EVERY)
            try:
                self.look()
            except Exception:
                log.exception("it could not be looked who is still there")


async def _must_see(viewer: Viewer, place: Place | None, named: str) -> None:
    """Raise NotFound unless the viewer may see it; a board is everybody's."""
    if place is None or place.id is None:
        return
    model = models().get(place.kind)
    if model is not None and audience.may_read(viewer, place.kind):
        async with reading(viewer) as unit:
            if await unit.fetchval(
                f"select exists (select from {place.kind} t where t.id = $1"
                f" and {visible(model, viewer)})",
                place.id,
            ):
                return
    raise NotFound("place" if named == "place" else "card", path=(named,))
