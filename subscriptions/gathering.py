"""The people of one firm by where they are, as one process knows it: ephemeral, and bounded."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from math import inf
from operator import attrgetter
from uuid import UUID

MOST = 5_000
"""How many presences are known of a firm; whoever comes later looks on unseen."""
MOST_OF_ONE = 40
"""At how many places one person is told to be at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody can be: a thing of that table, or a board, which has no id."""

    kind: str
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody at a place, with what is in their hand and the name of the field they write in."""

    member_id: UUID
    place: Place
    holds: Place | None = None
    edits: str | None = None


Key = tuple[str, int]
"""Which presence: the process that somebody came to, and a number there."""


@dataclass(frozen=True, slots=True)
class _Known:
    presence: Presence
    until: float


class Gathering:
    """Who is where in a firm. `clock` tells seconds, and only their difference counts."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: dict[Key, _Known] = {}
        self._at: dict[Place, dict[Key, Presence]] = defaultdict(dict)
        self._windows: Counter[UUID] = Counter()
        self._changes: dict[Place, asyncio.Event] = {}

    def take(self, key: Key, presence: Presence, seconds: float = inf) -> bool:
        """Somebody is there, for so long unless it is said again; not where there are too many."""
        known = self._known.get(key)
        if known is not None and known.presence != presence:
            self.lose(key)
            known = None
        if known is None:
            if self._is_full_for(presence.member_id):
                return False
            self._windows[presence.member_id] += 1
            self._at[presence.place][key] = presence
            self.stir(presence.place)
        self._known[key] = _Known(presence, self._clock() + seconds)
        return True

    def lose(self, key: Key) -> None:
        """They are not there any more."""
        known = self._known.pop(key, None)
        if known is not None:
            self._windows[known.presence.member_id] -= 1
            place = known.presence.place
            del self._at[place][key]
            if not self._at[place]:
                del self._at[place]
            self.stir(place)

    def lapse(self) -> None:
        """Lose all of whom nothing was said in time."""
        now = self._clock()
        for key in [key for key, known in self._known.items() if known.until <= now]:
            self.lose(key)

    def people(self, place: Place) -> list[Presence]:
        """Who is there, each once, in an order of their own. Who is there by two windows has in
        hand what the one or the other says."""
        there = sorted(self._at[place].values() if place in self._at else (), key=_member)
        return [_together(list(windows)) for _, windows in groupby(there, key=_member)]

    def change(self, place: Place) -> asyncio.Event:
        """Set once something is otherwise there; another one stands here then."""
        return self._changes.setdefault(place, asyncio.Event())

    def stir(self, place: Place) -> None:
        """Let those who look at the place look again."""
        if place in self._changes:
            self._changes.pop(place).set()

    def stir_all(self) -> None:
        """Let everybody look again."""
        for place in list(self._changes):
            self.stir(place)

    def _is_full_for(self, member_id: UUID) -> bool:
        return len(self._known) >= MOST or self._windows[member_id] >= MOST_OF_ONE


_member = attrgetter("member_id")


def _together(windows: list[Presence]) -> Presence:
    one = windows[-1]
    return Presence(
        one.member_id,
        one.place,
        next((window.holds for window in reversed(windows) if window.holds), None),
        next((window.edits for window in reversed(windows) if window.edits), None),
    )
