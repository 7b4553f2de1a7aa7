"""A page of a stream: read, selected and written once, for all who stand where it begins."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from models.unit_of_work import current
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
    until: StreamCursor,
    events: Sequence[Event],
    interest: Interest[Any],
    telling: Telling[P],
    *,
    lenses: Sequence[Hashable],
) -> Page[P]:
    """The page from `after` to `until`, of which the unit of work's viewer may see these events, as
    things stand now.

    Lenses that show the same share what is written.
    """

    async def written(changes: tuple[Any, ...]) -> P | None:
        batch = Batch(changes, after.seq + 1, until.seq, until)
        return await telling.write(current().viewer, batch) if changes else None

    changes = await interest.select(events) if events else ()
    shown = await interest.seen(lenses, changes)
    if interest.narrow is None:
        return Page(until, dict.fromkeys(lenses, await written(tuple(changes))))
    told = {kinds: await written(kinds) for kinds in dict.fromkeys(shown)}
    return Page(until, {lens: told[kinds] for lens, kinds in zip(lenses, shown, strict=True)})
