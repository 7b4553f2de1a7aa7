"""Beginning and finishing: what a task waits for, and what waits for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models import clock
from models.errors import Forbidden, Locked
from models.events import EventKind
from models.permissions import Permission
from models.unit_of_work import Row, current
from models.visibility import visible
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.tasks import Task


async def enter(task: "Task", status: WorkCategory, override_reason: str | None) -> dict[str, Any]:
    """The changes that give a task a status. Raises Locked while what it depends on is open."""
    from models.jobs import Job

    # Its job is held after it, and what it frees before its job: nobody waits in a circle.
    if task.job_id is not None and not status.is_over:
        job = await Job.load(task.job_id)
        if job.category.is_over:
            raise Locked("The job is over; reopen it first.", path=("id",), code="JOB_OVER")
    # What was begun may be finished: waiting ends at the start.
    if status.is_begun and (task.status.is_over or not task.status.is_begun):
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
        rows = await current().fetch(
            "select blocked_id from dependency where blocker_id = $1", task.id
        )
        await ready([row["blocked_id"] for row in rows])
    if task.job_id is not None and task.status.is_begun:
        await movement.follow_work(await Job.load(task.job_id))


async def ready(ids: Sequence[UUID]) -> None:
    """Of these tasks the planned ones that wait for nothing any more become ready."""
    from models.tasks import Task

    unit = current()
    # Locked before looking: of two blockers that end at once, the later one sees both ends.
    await unit.execute(
        "select from task where id = any($1) and status = 'planned' order by id for no key update",
        ids,
    )
    rows = await unit.fetch(
        "select t.* from task t where t.id = any($1) and t.status = 'planned' and not exists ("
        "  select from dependency d join task b on b.firm_id = d.firm_id and b.id = d.blocker_id"
        "  where d.blocked_id = t.id and b.status not in ('done', 'cancelled')) order by t.id", ids,
    )  # fmt: skip
    for row in rows:
        await Task.from_row(row).record(EventKind.TASK_MOVED, status=WorkCategory.READY)


async def _must_be_free(task: "Task", override_reason: str | None) -> None:
    blockers = await _open_blockers(task)
    if not blockers:
        return
    if not (override_reason or "").strip():
        names = _names(blockers, "seen", "something you may not see")
        raise Locked(f"It waits for {names}.", path=("status",), code="BLOCKED")
    if not current().viewer.may(Permission.MANAGE_WORK):
        raise Forbidden("Only a manager can begin it before its time.", path=("overrideReason",))
    from models.comments import Comment

    names = _names(blockers, "shared", "another client's work")
    await Comment.on_task(task, f"Begun before {names}: {override_reason}")


async def _open_blockers(task: "Task") -> list[Row]:
    """What it waits for; whether the viewer may see it, and whether all who see the task may."""
    from models.tasks import Task

    return await current().fetch(
        f"select b.title, {visible(Task, current().viewer, 'b')} as seen,"
        " (b.client_id is null or b.client_id is not distinct from $2) as shared"
        " from dependency d join task b on b.firm_id = d.firm_id and b.id = d.blocker_id"
        " where d.blocked_id = $1 and b.status not in ('done', 'cancelled')"
        " order by b.step, b.id", task.id, task.client_id,
    )  # fmt: skip


def _names(blockers: Sequence[Row], told: str, hidden: str) -> str:
    names = [f"“{row['title']}”" for row in blockers if row[told]][:3]
    return ", ".join(names if all(row[told] for row in blockers) else [*names, hidden])
