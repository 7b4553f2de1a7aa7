"""Running timers, followed."""

from collections.abc import AsyncGenerator, Collection, Sequence
from uuid import UUID

from models.timers import Timer
from models.unit_of_work import current
from models.viewer import Viewer
from subscriptions.cursors import StreamCursor
from subscriptions.feed import Feeds
from subscriptions.items import Batch, Heartbeat, Resync
from subscriptions.touched import Concern, Touched, follow_touched

TIMERS = Concern(model=Timer, entities=frozenset({"timer"}))


def follow_timers(
    feeds: Feeds, viewer: Viewer, since: StreamCursor | None
) -> AsyncGenerator[Batch[Touched] | Heartbeat | Resync, None]:
    """The timers that start, or (`removed`) run no more, after `since`."""
    return follow_touched(feeds, viewer, since, TIMERS, matches=_running)


async def _running(ids: Sequence[UUID]) -> Collection[UUID]:
    rows = await current().fetch(
        "select id from timer where id = any($1) and stopped_at is null", ids
    )
    return {row["id"] for row in rows}
