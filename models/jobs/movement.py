"""What entering and leaving a stage asks for and brings about."""

from typing import TYPE_CHECKING, Any

from models import clock
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.unit_of_work import current
from models.workflows import Stage, WorkCategory, Workflow

if TYPE_CHECKING:
    from models.jobs import Job


async def enter(job: "Job", stage: Stage, what: str | None) -> dict[str, Any]:
    """The changes that take the job to a stage, after the stage's own conditions are met."""
    from models.requests import Request
    from models.reviews import Review, asking
    from models.waiting import Waiting

    if stage.workflow_id != job.workflow_id:
        raise ValidationError("That stage belongs to another workflow.", path=("stageId",))
    stage.must_be_in_use("stageId")
    done = stage.category is WorkCategory.DONE
    if done or stage.requires_steps_done:
        await _steps_must_be_done(job)
    if done or stage.requires_sign_off:
        await Review.must_be_settled(job, signed_off=stage.requires_sign_off)
    if stage.requires_requests_closed:
        await _requests_must_be_closed(job)
    if stage.category is WorkCategory.CANCELLED:
        await Request.cancel_with(job)
    if stage.category.is_waiting:
        await Waiting.begin_at(job, stage, what)
    elif job.category.is_waiting:
        await Waiting.finish(job)
    if stage.category is WorkCategory.IN_REVIEW:
        await asking.ensure_requested(job)
    elif job.category is WorkCategory.IN_REVIEW and not done:
        await Review.withdraw(job)
    return {
        "stage_id": stage.id,
        "category": stage.category,
        "completed_at": await clock.now() if done else None,
    }


def kind_of(job: "Job", changes: dict[str, Any]) -> EventKind:
    """What the act is called."""
    now_done = changes.get("category", job.category) is WorkCategory.DONE
    if now_done and job.category is not WorkCategory.DONE:
        return EventKind.JOB_COMPLETED
    if job.category.is_over and "category" in changes and not changes["category"].is_over:
        return EventKind.JOB_REOPENED
    return EventKind.JOB_MOVED


async def open_waiting(job: "Job", stage: Stage) -> None:
    """A job that begins at a waiting stage says what for, like one that comes to it later."""
    from models.waiting import Waiting

    await Waiting.begin_at(job, stage)


async def follow_work(job: "Job") -> None:
    """A job whose work has begun does not stay planned."""
    if job.category not in (WorkCategory.PLANNED, WorkCategory.READY):
        return
    workflow = await Workflow.load(job.workflow_id, lock=False)
    stage = await workflow.stage(WorkCategory.IN_PROGRESS)
    if stage is not None:  # a workflow may know no such stage; its jobs stay where they are
        await job.move(stage=stage)


async def _steps_must_be_done(job: "Job") -> None:
    open_steps = await current().fetch(
        "select title from task where job_id = $1 and status not in ('done', 'cancelled')"
        " order by step, id limit 4", job.id,
    )  # fmt: skip
    if open_steps:
        names = ", ".join(f"“{row['title']}”" for row in open_steps[:3])
        more = " and more" if len(open_steps) > 3 else ""
        raise Locked(f"Steps are still open: {names}{more}.", path=("stageId",),
                     code="STEPS_OPEN")  # fmt: skip


async def _requests_must_be_closed(job: "Job") -> None:
    """Raise Locked while anything is asked of the client, and say what; who asks holds the job."""
    rows = await current().fetch(
        "select t.title, count(*) filter (where i.state = 'open') as missing, count(*) as of"
        " from (select * from request where job_id = $1 and state = 'open' order by id limit 4) t"
        " join request_item i on i.firm_id = t.firm_id and i.request_id = t.id"
        " group by t.id, t.title order by t.id", job.id,
    )  # fmt: skip
    if rows:
        names = ", ".join(f"“{row['title']}” ({row['missing']} of {row['of']} missing)"
                          for row in rows[:3])  # fmt: skip
        more = " and more" if len(rows) > 3 else ""
        raise Locked(f"The client is still asked for {names}{more}.", path=("stageId",),
                     code="REQUESTS_OPEN")  # fmt: skip
