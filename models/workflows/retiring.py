"""Taking a stage out of use: the work at it goes somewhere else first, what is over stays."""

from collections.abc import Sequence
from uuid import UUID

from models import clock
from models.errors import Locked, PracticeError, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.unit_of_work import current
from models.visibility import visible
from models.workflows import Stage, WorkCategory, Workflow

_MOST_MOVED = 250


async def retire(stage: Stage, workflow: Workflow, move_jobs_to_id: UUID | None = None) -> Stage:
    """No work comes to it any more; twice is once. The workflow and the stage are held.

    Raises Locked while work is at it that is to go nowhere or cannot, ValidationError for the last
    stage that is done."""
    if stage.retired_at is not None:
        return stage
    others = [other for other in await workflow.stages() if other.id != stage.id]
    if not any(other.category is WorkCategory.DONE for other in others):
        raise ValidationError("A workflow needs a stage that is done.", path=("id",))
    await _clear(stage, others, move_jobs_to_id)
    await stage.record(EventKind.STAGE_RETIRED, retired_at=await clock.now())
    await workflow.must_begin_with_work()
    return stage


async def _clear(stage: Stage, others: Sequence[Stage], move_jobs_to_id: UUID | None) -> None:
    to = None
    if move_jobs_to_id is not None:
        await Stage.must_exist(move_jobs_to_id, "moveJobsToId")
        to = next((other for other in others if other.id == move_jobs_to_id), None)
        if to is None or to.category.is_over:
            raise ValidationError(
                "Work goes on at another stage of this workflow that is in use.",
                path=("moveJobsToId",),
            )  # fmt: skip
    unit = current()
    rows = await unit.fetch(
        f"select t.id, t.title, {visible(Job, unit.viewer)} as seen from job t"
        " where t.stage_id = $1 and t.category not in ('done', 'cancelled')"
        f" order by t.id limit {_MOST_MOVED + 1}", stage.id,
    )  # fmt: skip
    if rows and (to is None or len(rows) > _MOST_MOVED):
        raise Locked(
            f"Work is at this stage: {_names([row['title'] for row in rows if row['seen']], rows)}."
            f" Say where it goes, at most {_MOST_MOVED} jobs at a time.",
            path=("moveJobsToId",), code="STAGE_IN_USE",
        )  # fmt: skip
    for row in rows:
        job = await Job.held("id = $1 and stage_id = $2", row["id"], stage.id)
        if to is not None and job is not None:  # it may have moved on by itself
            await _move(job, to, row["title"] if row["seen"] else None)


async def _move(job: Job, to: Stage, title: str | None) -> None:
    try:
        await job.move(stage=to)
    except PracticeError as refused:
        why = "A job that you may not see cannot be moved there."
        raise Locked(why if title is None else f"“{title}”: {refused.message}",
                     path=("moveJobsToId",), code="STAGE_IN_USE") from refused  # fmt: skip


def _names(seen: Sequence[str], rows: Sequence[object]) -> str:
    names = ", ".join(f"“{title}”" for title in seen[:3])
    more = "more" if names else "something you may not see"
    return names if len(rows) == len(seen[:3]) else " and ".join(filter(None, (names, more)))
