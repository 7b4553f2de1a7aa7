"""Ending an engagement in one act: what comes back under it ends, and what was not begun goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from models.base import FirmModel
from models.clients import firm_today
from models.engagements import Engagement
from models.errors import Locked
from models.jobs import Job
from models.recurrences import Recurrence
from models.unit_of_work import Row, current
from models.workflows import WorkCategory, Workflow

_DAY = timedelta(days=1)
_GO_ON = "t.engagement_id = any($1) and (t.ended_on is null or t.ended_on > $2)"
# What lies within the engagement is still owed: its period, or else its day, is not after the last
# day. What has neither may come any day, so after today.
_NOT_OWED = (
    "t.client_id = any($3) and t.engagement_id = any($1) and t.category in ('planned', 'ready')"
    " and coalesce(t.period_end, t.start_date, t.due_date, $4) > $2"
)


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends with an engagement on its last day: what comes back, and jobs not begun."""

    last_day: date
    recurrences: Sequence[Row]
    jobs: Sequence[Row]


async def endings(
    engagements: Sequence[Engagement], on: date | None, *, lock: bool = False
) -> list[Ending]:
    """What would end with each of them on that day, today unless said. With `lock` it is held for
    the act: the recurrences first, as by who makes their jobs, so that none is made and missed."""
    today = await firm_today()
    last = on or today
    ids = [one.id for one in engagements]
    recurrences = await _by_engagement(Recurrence, _GO_ON, ids, last, lock=lock)
    clients = [one.client_id for one in engagements]
    jobs = await _by_engagement(Job, _NOT_OWED, ids, last, clients, today + _DAY, lock=lock)
    return [Ending(last, recurrences[id], jobs[id]) for id in ids]


async def end(engagement: Engagement, on: date | None = None) -> Engagement:
    """End it, and all that ends with it; work that was begun goes on. Twice is once.

    Raises ValidationError for a day before it began, Locked where a job among them stands in a
    workflow that knows no cancelled stage.
    """
    [found] = await endings([engagement], on, lock=True)
    await engagement.end(found.last_day)
    for recurrence in map(Recurrence.from_row, found.recurrences):
        # One that has not begun by then ends before its first day.
        await recurrence.end(max(found.last_day, recurrence.first_date - _DAY))
    for job in map(Job.from_row, found.jobs):
        await _cancel(job)
    return engagement


async def _cancel(job: Job) -> None:
    workflow = await Workflow.load(job.workflow_id, lock=False)
    stage = await workflow.stage(WorkCategory.CANCELLED)
    if stage is None:
        raise Locked(
            f"“{job.title}” cannot be cancelled: its workflow “{workflow.name}” has no stage for"
            " that. Take it out of the engagement, or begin it, first.",
            path=("id",), code="NO_CANCELLED_STAGE",
        )  # fmt: skip
    await job.move(stage=stage)


async def _by_engagement(
    model: type[FirmModel], where: str, ids: Sequence[UUID], *args: object, lock: bool
) -> dict[UUID, list[Row]]:
    tail = " for no key update of t" if lock else ""
    found: dict[UUID, list[Row]] = {id: [] for id in ids}
    for row in await current().fetch(
        f"select t.* from {model.table()} t where {where} order by t.id{tail}", ids, *args
    ):
        found[row["engagement_id"]].append(row)
    return found
