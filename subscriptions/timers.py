"""Running timers, followed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from models.timers import Timer
from models.unit_of_work import current
from subscriptions.touched import Concern, interest_in

_RUNNING = "from timer where stopped_at is null and"

TIMERS = Concern(
    model=Timer,
    entities=frozenset({"timer"}),
    others={
        "task": frozenset({"title", "job_id"}),
        "job": frozenset({"title"}),
        "client": frozenset({"name"}),
        "member": frozenset({"name", "colour"}),
    },
    related={
        "task": f"select task_id, id {_RUNNING} task_id = any($1)",
        "job": f"select job_id, id {_RUNNING} job_id = any($1)",
        "client": f"select client_id, id {_RUNNING} client_id = any($1)",
        "member": f"select member_id, id {_RUNNING} member_id = any($1)",
    },
)


async def _running(_: Sequence[None], ids: Sequence[UUID]) -> Sequence[Collection[UUID]]:
    rows = await current().fetch(
        "select id from timer where id = any($1) and stopped_at is null", ids
    )
    return [{row["id"] for row in rows}]


RUNNING_TIMERS = interest_in(TIMERS, matching=_running)
"""The timers that start, or (`removed`) run no more."""
