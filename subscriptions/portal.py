"""What a contact may follow: what is theirs, as far as they are shown it, and nothing else.

Whether a row is theirs is asked of the database in their own role, whose policies are the rule.
What they are told names the thing and no more: what happened to it may be the firm's own affair.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.unit_of_work import current
from subscriptions.events import Event
from subscriptions.interest import Interest


class PortalEntity(StrEnum):
    """What can change for a contact; each is called like its table."""

    CLIENT = "client"
    JOB = "job"
    REQUEST = "request"
    REQUEST_ITEM = "request_item"
    DOCUMENT = "document"
    MESSAGE = "message"
    INVOICE = "invoice"


# A change of other columns shows nowhere in the portal, so nobody there is told of it.
_SHOWN: dict[str, frozenset[str]] = {
    PortalEntity.CLIENT: frozenset({"name"}),
    PortalEntity.JOB: frozenset({"title", "stage_id", "category", "period_start", "period_end",
                           "completed_at"}),
    PortalEntity.REQUEST: frozenset({"title", "due_date", "state"}),
    PortalEntity.REQUEST_ITEM: frozenset({"state", "answer", "rejection"}),
    PortalEntity.DOCUMENT: frozenset({"name", "state", "shared"}),
    PortalEntity.MESSAGE: frozenset({"body", "read_at"}),
    PortalEntity.INVOICE: frozenset({"state"}),
}  # fmt: skip
_LEFT_WITH: dict[str, tuple[str, tuple[object, ...]]] = {
    PortalEntity.JOB: ("category", ("cancelled",)),
    PortalEntity.REQUEST: ("state", ("cancelled",)),
    PortalEntity.DOCUMENT: ("shared", (False, None)),
}
"""By which column a thing leaves a contact's sight, and at which of its values it is not seen."""

Place = tuple[PortalEntity, UUID]


@dataclass(frozen=True, slots=True)
class Change:
    """Something of theirs that changed, or (`removed`) that they do not see any more."""

    entity: PortalEntity
    id: UUID
    removed: bool


async def _of_theirs(events: Sequence[Event]) -> Sequence[Change]:
    last = {place: event for event in events for place in _places(event)}
    left = {place for event in events if _left(event) for place in _places(event)}
    there = await _there(last)
    told = [place for place in last if place in there or place in left]
    return [
        Change(entity, id, (entity, id) not in there)
        for entity, id in sorted(told, key=lambda place: last[place].seq)
    ]


def _places(event: Event) -> list[Place]:
    """What this event changes for a contact: what was paid or credited changes its invoice."""
    if event.entity in ("payment", "credit_note"):
        return [(PortalEntity.INVOICE, id) for id in event.named("invoice_id")]
    shown = _SHOWN.get(event.entity, frozenset())
    return (
        [] if shown.isdisjoint(event.payload) else [(PortalEntity(event.entity), event.entity_id)]
    )


def _left(event: Event) -> bool:
    """Whether this took the thing out of the sight of whoever had seen it."""
    column, unseen = _LEFT_WITH.get(event.entity, ("", ()))
    old, new = event.payload.get(column, (None, None))
    return new in unseen and old is not None and old not in unseen


async def _there(places: Collection[Place]) -> set[Place]:
    """Those that the contact sees now."""
    found: set[Place] = set()
    for entity in {entity for entity, _ in places}:
        wanted = [id for other, id in places if other is entity]
        rows = await current().fetch(f"select id from {entity} where id = any($1)", wanted)
        found |= {(entity, row["id"]) for row in rows}
    return found


THEIRS: Interest[Change] = Interest("theirs", _of_theirs)
"""What changes of what a contact sees, each thing once a batch."""
