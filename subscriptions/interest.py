"""What somebody follows, as a value: those whose interests are alike are told by one selection."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from subscriptions.events import Event
from subscriptions.items import Select
from subscriptions.turns import Part

T = TypeVar("T")

Narrow = Callable[[Sequence[Any], Sequence[T]], Awaitable[Sequence[tuple[T, ...]]]]
"""What each of several lenses shows of some changes, which can be hashed; asked for all of them at
once, in a unit of one who sees what they all see."""


@dataclass(frozen=True, slots=True)
class Interest(Generic[T]):
    """What is told of events. Interests of one `name` select alike, whoever asks.

    A `lens` is what one of them looks through (a board's filter): `narrow` says what it shows. It
    is another one once the parts change that it `hangs_on`, if any.
    """

    name: Hashable
    select: Select[T] = field(compare=False)
    lens: Hashable = None
    narrow: Narrow[T] | None = field(default=None, compare=False)
    hangs_on: Part | None = None

    async def seen(
        self, lenses: Sequence[Hashable], changes: Sequence[T]
    ) -> Sequence[tuple[T, ...]]:
        """What each lens shows of the changes."""
        if self.narrow is None or not changes:
            return [tuple(changes)] * len(lenses)
        return await self.narrow(lenses, changes)


async def _as_they_are(events: Sequence[Event]) -> Sequence[Event]:
    return events


EVERYTHING: Interest[Event] = Interest("everything", _as_they_are)
