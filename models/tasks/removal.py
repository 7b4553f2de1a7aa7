"""Taking a task away, with what hangs on it, so that nothing is left dangling."""

from typing import TYPE_CHECKING

from models.dependency_kinds import STARTING
from models.errors import Locked
from models.events import EventKind
from models.tasks import starting
from models.tasks.blockers import held_up
from models.unit_of_work import current

if TYPE_CHECKING:
    from models.tasks import Task


async def remove(task: "Task") -> None:
    """Delete the task, its comments and dependencies, each with its event; what waited is free."""
    from models.comments import Comment
    from models.dependencies import Dependency
    from models.reviews import lapsing

    unit = current()
    if await unit.fetchval(
        "select 1 from time_entry where task_id = $1 union all"
        " select 1 from timer where task_id = $1 limit 1", task.id,
    ):  # fmt: skip
        raise Locked("Time is booked on this task; cancel it instead.", path=("id",),
                     code="TIME_BOOKED")  # fmt: skip
    # What waits for it is held before what ties them, as by whoever begins it.
    await unit.execute(
        "select from task where id in (select blocked_id from dependency where blocker_id = $1)"
        " order by id for no key update", task.id,
    )  # fmt: skip
    for row in await unit.fetch("select * from comment where task_id = $1 for update", task.id):
        await Comment.from_row(row).record_removal(EventKind.COMMENT_REMOVED)
    links = [Dependency.from_row(row) for row in await unit.fetch(
        "select * from dependency where $1 in (blocked_id, blocker_id) for update", task.id
    )]  # fmt: skip
    await _hold_job_of(task)
    if await unit.fetchval("select 1 from review_point where task_id = $1 limit 1", task.id):
        raise Locked("A review point is about this task; cancel it instead.", path=("id",),
                     code="REVIEWED")  # fmt: skip
    waiting = [link.blocked_id for link in links if link.blocker_id == task.id]
    held = await held_up(waiting, STARTING)
    for link in links:
        await link.record_removal(EventKind.DEPENDENCY_REMOVED)
    await task.record_removal(EventKind.TASK_DELETED)
    await starting.ready(list(held))
    await lapsing.work_changed(task.job_id, task.title, "was taken away")


async def _hold_job_of(task: "Task") -> None:
    """Its job, before it goes and after what it frees: whoever raises a point holds the job and
    then refers to the task, and must not wait for one that waits for them."""
    from models.jobs import Job

    if task.job_id is not None:
        await Job.held("id = $1", task.job_id)
