"""A page of a stream: read, selected and written once, for all who stand where it begins."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from models.unit_of_work import current
from subscriptions import audience
from subscriptions.cursors import StreamCursor
from subscriptions.events import Event
from subscriptions.interest import Interest
from subscriptions.items import Batch
from subscriptions.telling import Telling

P = TypeVar("P")

BATCH = 256


@dataclass(frozen=True, slots=True)
class Page(Generic[P]):
    """What was written of the events up to `until`, by lens; None for a lens that shows nothing."""

    until: StreamCursor
    written: Mapping[Hashable, P | None]


async def write_page(
    after: StreamCursor,
    events: Sequence[Event],
    interest: Interest[Any],
    telling: Telling[P],
    lenses: Sequence[Hashable],
) -> Page[P]:
    """The page of these events, which follow `after`, as the unit of work's viewer sees them now.

    Lenses that show the same share what is written.
    """
    until = after.at(events[-1].seq)

    async def written(changes: tuple[Any, ...]) -> P | None:
        batch = Batch(changes, after.seq + 1, until.seq, until)
        return await telling.write(current().viewer, batch) if changes else None

    visible = await audience.visible(events)
    changes = await interest.select(visible) if visible else ()
    shown = await interest.seen(lenses, changes)
    if interest.narrow is None:
        return Page(until, dict.fromkeys(lenses, await written(tuple(changes))))
    told = {kinds: await written(kinds) for kinds in dict.fromkeys(shown)}
    return Page(until, {lens: told[kinds] for lens, kinds in zip(lenses, shown, strict=True)})
