"""Acts by the kinds of events that they cause, so that each kind is caused by one at least.

An act prepares what it needs in units of its own, then yields who acts, then acts: in a unit of
theirs, or in its own where it yields None.
"""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from models.events import EventKind
from models.viewer import Viewer
from tests.cast import House

Course = AsyncGenerator[Viewer | None, None]


@dataclass(frozen=True)
class Act:
    """What is done, and exactly the kinds of events that come of it."""

    kinds: frozenset[EventKind]
    course: Callable[[House], Course]

    def __str__(self) -> str:
        return self.course.__name__


ACTS: list[Act] = []


def causes(*kinds: EventKind) -> Callable[[Callable[[House], Course]], Callable[[House], Course]]:
    """Put the act that follows on the list."""

    def keep(course: Callable[[House], Course]) -> Callable[[House], Course]:
        ACTS.append(Act(frozenset(kinds), course))
        return course

    return keep
