"""Running timers, followed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from models.timers import Timer
from models.unit_of_work import current
from subscriptions.touched import Concern, interest_in

TIMERS = Concern(model=Timer, entities=frozenset({"timer"}))


async def _running(_: Sequence[None], ids: Sequence[UUID]) -> Sequence[Collection[UUID]]:
    rows = await current().fetch(
        "select id from timer where id = any($1) and stopped_at is null", ids
    )
    return [{row["id"] for row in rows}]


RUNNING_TIMERS = interest_in(TIMERS, matching=_running)
"""The timers that start, or (`removed`) run no more."""
