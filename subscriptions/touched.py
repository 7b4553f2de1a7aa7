"""What events mean to somebody who looks at cards: which of them to draw again or take away."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.unit_of_work import current
from models.visibility import visible
from subscriptions.events import Event
from subscriptions.interest import Interest, Narrow
from subscriptions.turns import Part

TO_DO = "not in ('done', 'cancelled')"
"""The predicate on the status of what is still to be done."""
LATELY = "t.completed_at >= now() - interval '9 days'"
"""Of what is done: what boards show of it, and a little more, for no board's week began before."""

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

    Events of `entities` do, and those of `others` that touch one of these columns: what cards show
    of things that are not theirs. Their rows are those named in the columns `names`, and those that
    are `related` to the event's own row or to one named in a column of `through`, each by the
    statement of its table. There `$1` holds all these ids, and `$2` the row that is followed alone,
    if one is; the answers are pairs of one of the ids and the id wanted.
    """

    model: type[FirmModel]
    entities: frozenset[str]
    others: Mapping[str, frozenset[str]]
    related: Mapping[str, str]
    names: tuple[str, ...] = ()
    through: Mapping[str, str] = field(default_factory=dict)

    async def touched(self, events: Sequence[Event], only: UUID | None) -> list[Touched]:
        """Each row that these events concern, or `only` that one, by the last event that does;
        those that are hidden from the viewer only where an event itself says that it is about them.
        """
        relevant = [event for event in events if self._is_meant(event)]
        if not relevant:
            return []
        found, there = await self._look_up(relevant, only)
        last: dict[UUID, Event] = {}
        for event in relevant:
            ids = self.named(event).union(*(found.get(id, ()) for _, id in self._rows(event)))
            last |= dict.fromkeys(ids if only is None else ids & {only}, event)
        return [
            Touched(event.kind, id, id not in there, event.actor_id, event.at, event.seq)
            for id, event in sorted(last.items(), key=lambda item: item[1].seq)
            # What was only found by others' events and is hidden was never shown.
            if id in there or id in self.named(event)
        ]

    def named(self, event: Event) -> set[UUID]:
        """The rows that the event itself says it is about."""
        own = {event.entity_id} if event.entity == self.model.table() else set()
        return own | event.named(*self.names)

    def _is_meant(self, event: Event) -> bool:
        shown = self.others.get(event.entity)
        if shown is None:
            return event.entity in self.entities
        # What has just been made is on no card that does not tell of it by an event of its own.
        return not event.made and not shown.isdisjoint(event.payload)

    async def _look_up(
        self, events: Sequence[Event], only: UUID | None
    ) -> tuple[dict[UUID, set[UUID]], Collection[UUID]]:
        """What is related to the events' rows; and what of that, or named by them, is there and the
        viewer may see."""
        rows = {row for event in events for row in self._rows(event)}
        parts = [self.related[table] for table in sorted({table for table, _ in rows})]
        parts.append("select null::uuid, unnest($3::uuid[]) where $1::uuid[] is not null")
        # One value for each, found by its id: a join could be planned as all rows there are.
        seen = (
            f"select true from {self.model.table()} t"
            f" where t.id = f.id and {visible(self.model, current().viewer)}"
        )
        named = {id for event in events for id in self.named(event)}
        found: dict[UUID, set[UUID]] = {}
        there = set[UUID]()
        for row in await current().fetch(
            f"select f.row_id, f.id, ({seen}) as seen from ({' union all '.join(parts)})"
            " f (row_id, id) where $2::uuid is null or f.id = $2",
            [id for _, id in rows], only, list(named),
        ):  # fmt: skip
            found.setdefault(row["row_id"], set()).add(row["id"])
            if row["seen"]:
                there.add(row["id"])
        return found, there

    def _rows(self, event: Event) -> set[tuple[str, UUID]]:
        """The rows, each with its table, to which others are related."""
        rows = {(event.entity, event.entity_id)}
        for column, table in self.through.items():
            rows |= {(table, id) for id in event.named(column)}
        return {row for row in rows if row[0] in self.related}


def interest_in(
    concern: Concern,
    *,
    only: UUID | None = None,
    lens: Hashable = None,
    matching: Matching | None = None,
    hangs_on: Part | None = None,
) -> Interest[Touched]:
    """Following the rows that events concern, each once a batch, ordered by its last event; `only`
    that one, where it is given. Through a `lens`, what does not match it is taken away."""

    async def select(events: Sequence[Event]) -> Sequence[Touched]:
        return await concern.touched(events, only)

    narrow = None if matching is None else _narrow(matching)
    return Interest((concern.model.table(), only, matching), select, lens, narrow, hangs_on)


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
