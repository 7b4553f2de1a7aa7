"""Beginning and finishing: what a task waits for, and what waits for it."""

from typing import TYPE_CHECKING, Any

from models import clock
from models.errors import Forbidden, Locked
from models.events import EventKind
from models.permissions import Permission
from models.unit_of_work import current
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.tasks import Task


async def enter(task: "Task", status: WorkCategory, override_reason: str | None) -> dict[str, Any]:
    """The changes that give a task a status. Raises Locked while what it depends on is open."""
    from models.jobs import Job

    if task.job_id is not None:
        job = await Job.load(task.job_id)
        if job.category.is_over and not status.is_over:
            raise Locked("The job is over; reopen it first.", path=("id",), code="JOB_OVER")
    if status.is_begun:
        await _must_be_free(task, override_reason)
    done = status is WorkCategory.DONE
    return {
        "status": status,
        "completed_at": await clock.now() if done else None,
        "completed_by_id": current().viewer.member_id if done else None,
    }


async def tell_neighbours(task: "Task") -> None:
    """Finishing readies what waited for it; beginning takes its job along."""
    from models.jobs import Job, movement

    if task.status.is_over:
        await _ready_the_blocked(task)
    if task.job_id is not None and task.status.is_begun:
        await movement.follow_work(await Job.load(task.job_id))


async def _must_be_free(task: "Task", override_reason: str | None) -> None:
    blockers = await current().fetch(
        "select b.title from dependency d join task b on b.firm_id = d.firm_id"
        " and b.id = d.blocker_id where d.blocked_id = $1"
        " and b.status not in ('done', 'cancelled') order by b.step, b.id limit 4", task.id,
    )  # fmt: skip
    if not blockers:
        return
    names = ", ".join(f"“{row['title']}”" for row in blockers[:3])
    if not override_reason:
        raise Locked(f"It waits for {names}.", path=("status",), code="BLOCKED")
    if not current().viewer.may(Permission.MANAGE_WORK):
        raise Forbidden("Only a manager can begin it before its time.", path=("overrideReason",))
    from models.comments import Comment

    await Comment.on_task(task, f"Begun before {names}: {override_reason}")


async def _ready_the_blocked(task: "Task") -> None:
    from models.tasks import Task

    rows = await current().fetch(
        "select t.* from dependency d join task t on t.firm_id = d.firm_id and t.id = d.blocked_id"
        " where d.blocker_id = $1 and t.status = 'planned' and not exists ("
        "  select 1 from dependency o join task b on b.firm_id = o.firm_id and b.id = o.blocker_id"
        "  where o.blocked_id = t.id and b.status not in ('done', 'cancelled'))"
        " order by t.id for no key update of t", task.id,
    )  # fmt: skip
    for row in rows:
        await Task.from_row(row).record(EventKind.TASK_MOVED, status=WorkCategory.READY)
