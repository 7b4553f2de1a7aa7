"""What events mean to somebody who looks at cards: which of them to draw again or take away."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.unit_of_work import current
from models.visibility import visible
from subscriptions.events import Event
from subscriptions.interest import Interest, Narrow

Matching = Callable[[Sequence[Any], Sequence[UUID]], Awaitable[Sequence[Collection[UUID]]]]
"""Which of some ids each of several lenses shows, all of them asked at once."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A card to draw again, or to take away: `removed` when it is deleted, hidden, or belongs no
    more to what is looked at.

    `kind`, `actor_id`, `at` and `seq` are those of the last event that concerned it.
    """

    kind: str
    entity_id: UUID
    removed: bool
    actor_id: UUID | None
    at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class Concern:
    """Which events concern rows of a model, and how the rows are found.

    Events of `entities` do. Their rows are those named in the columns `names`, and those that
    the statement `related` finds for the event's own row and for rows named in the columns
    `through`: `$1` holds all these ids, the answer has `row_id` and the `id` wanted.
    """

    model: type[FirmModel]
    entities: frozenset[str]
    names: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    related: str | None = None

    async def last(self, events: Sequence[Event]) -> dict[UUID, Event]:
        """Each row that these events concern, with the last event that does."""
        relevant = [event for event in events if event.entity in self.entities]
        found = await self._related(relevant)
        last: dict[UUID, Event] = {}
        for event in relevant:
            ids = event.named(*self.names)
            if event.entity == self.model.table():
                ids.add(event.entity_id)
            for row in self._rows(event):
                ids |= found.get(row, set())
            last |= dict.fromkeys(ids, event)
        return last

    async def _related(self, events: Sequence[Event]) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = {}
        if self.related and events:
            ids = set[UUID]().union(*map(self._rows, events))
            for row in await current().fetch(self.related, list(ids)):
                found.setdefault(row["row_id"], set()).add(row["id"])
        return found

    def _rows(self, event: Event) -> set[UUID]:
        return {event.entity_id} | event.named(*self.through)


def interest_in(
    concern: Concern,
    *,
    only: UUID | None = None,
    lens: Hashable = None,
    matching: Matching | None = None,
) -> Interest[Touched]:
    """Following the rows that events concern, each once a batch, ordered by its last event; `only`
    that one, where it is given. Through a `lens`, what does not match it is taken away."""

    async def select(events: Sequence[Event]) -> Sequence[Touched]:
        last = await concern.last(events)
        if only is not None:
            last = {id: event for id, event in last.items() if id == only}
        there = await _there(concern.model, list(last)) if last else ()
        return [
            Touched(event.kind, id, id not in there, event.actor_id, event.at, event.seq)
            for id, event in sorted(last.items(), key=lambda item: item[1].seq)
        ]

    narrow = None if matching is None else _narrow(matching)
    return Interest((concern.model.table(), only, matching), select, lens, narrow)


def _narrow(matching: Matching) -> Narrow[Touched]:
    """Takes away, for each lens, the cards that do not match it."""

    async def narrow(
        lenses: Sequence[Any], cards: Sequence[Touched]
    ) -> Sequence[tuple[Touched, ...]]:
        there = [card.entity_id for card in cards if not card.removed]
        found = await matching(lenses, there) if there else [()] * len(lenses)
        return [
            tuple(
                card if card.removed or card.entity_id in matched else replace(card, removed=True)
                for card in cards
            )
            for matched in found
        ]

    return narrow


async def _there(model: type[FirmModel], ids: list[UUID]) -> Collection[UUID]:
    """Those that are there and that the viewer may see."""
    unit = current()
    rows = await unit.fetch(
        f"select t.id from {model.table()} t"
        f" where t.id = any($1) and {visible(model, unit.viewer)}",
        ids,
    )
    return {row["id"] for row in rows}
