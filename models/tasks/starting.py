"""Beginning and finishing: what a task waits for, and what waits for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models import clock
from models.dependency_kinds import STARTING, DependencyKind
from models.errors import Forbidden, Locked, ValidationError
from models.events import EventKind
from models.permissions import Permission
from models.tasks.blockers import Blockers, held_up, holding_up
from models.unit_of_work import current
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.tasks import Task

_LONGEST_REASON = 1000
_FINISHING = (DependencyKind.FINISH_TO_FINISH.value,)


async def enter(task: "Task", status: WorkCategory, override_reason: str | None) -> dict[str, Any]:
    """The changes that give a task a status. Raises Locked while what it depends on is open."""
    from models.jobs import Job

    # Its job is held after it, and what it frees before its job: nobody waits in a circle.
    if task.job_id is not None and not status.is_over:
        job = await Job.load(task.job_id)
        if job.category.is_over:
            raise Locked("The job is over; reopen it first.", path=("id",), code="JOB_OVER")
    await _must_be_free(task, status, override_reason)
    done, now = status is WorkCategory.DONE, None
    begins = status.is_begun and (task.started_at is None or not task.status.is_begun)
    if done or begins:
        now = await clock.now()
    return {
        "status": status,
        "started_at": now if begins else task.started_at if status.is_begun else None,
        "completed_at": now if done else None,
        "completed_by_id": current().viewer.member_id if done else None,
    }


async def tell_neighbours(task: "Task") -> None:
    """Beginning and finishing ready what waited for it; beginning takes its job along."""
    from models.jobs import Job, movement

    if task.status.is_over or task.status.is_begun:
        rows = await current().fetch(
            "select blocked_id from dependency where blocker_id = $1 and kind = any($2)",
            task.id, STARTING,
        )  # fmt: skip
        await ready([row["blocked_id"] for row in rows])
    if task.job_id is not None and task.status.is_begun:
        await movement.follow_work(await Job.load(task.job_id))


async def ready(ids: Sequence[UUID]) -> None:
    """Of these tasks the planned ones that wait for nothing any more become ready."""
    from models.tasks import Task

    if not ids:
        return
    unit = current()
    # Locked before looking: of two blockers that end at once, the later one sees both ends.
    await unit.execute(
        "select from task where id = any($1) and status = 'planned' order by id for no key update",
        ids,
    )
    rows = await unit.fetch(
        "select * from task where id = any($1) and status = 'planned' order by id", ids
    )
    held = await held_up([row["id"] for row in rows], STARTING)
    for row in rows:
        if row["id"] not in held:
            await Task.from_row(row).record(EventKind.TASK_MOVED, status=WorkCategory.READY)


async def _must_be_free(task: "Task", status: WorkCategory, override_reason: str | None) -> None:
    """Raise Locked for what has to wait, unless a manager lets it and says why."""
    # What was begun may go on: waiting to begin ends there.
    begins = status.is_begun and (task.status.is_over or not task.status.is_begun)
    finishes = status is WorkCategory.DONE
    kinds = (*(STARTING if begins else ()), *(_FINISHING if finishes else ()))
    blockers = await holding_up(task, kinds) if kinds else None
    if blockers is None:
        return
    reason = (override_reason or "").strip()
    if not reason:
        raise Locked(blockers.said(), path=("status",), code="BLOCKED")
    if not current().viewer.may(Permission.MANAGE_WORK):
        raise Forbidden("Only a manager can let it not wait.", path=("overrideReason",))
    if len(reason) > _LONGEST_REASON:
        raise ValidationError(f"A reason has at most {_LONGEST_REASON:,} characters.",
                              path=("overrideReason",))  # fmt: skip
    await _override(blockers, reason)


async def _override(blockers: Blockers, reason: str) -> None:
    """Put on record, at each of what should have been waited for, who let it not wait and why."""
    from models.dependencies import Dependency

    now, member_id = await clock.now(), current().viewer.member_id
    for link in sorted(blockers.links, key=lambda link: link["id"]):
        await Dependency.from_row(link).record(
            EventKind.DEPENDENCY_OVERRIDDEN, overridden_at=now, overridden_by_id=member_id,
            override_reason=reason,
        )  # fmt: skip
