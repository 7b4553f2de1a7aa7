"""A sign-off holds for the work as it was looked at: the act that changes the work ends it."""

from typing import TYPE_CHECKING
from uuid import UUID

from models import clock
from models.events import EventKind
from models.reviews import Review
from models.unit_of_work import current
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.tasks import Task

_MOST_OF_A_NAME = 200


async def work_changed(job_id: UUID | None, name: str, what: str) -> None:
    """Something of the job was changed: its sign-offs lapse, and tell why (“name” what).

    Whoever signs off holds the job: of the two acts the later one sees the other."""
    from models.jobs import Job

    if job_id is not None:
        await Job.held("id = $1", job_id)
        short = name if len(name) <= _MOST_OF_A_NAME else f"{name[: _MOST_OF_A_NAME - 1]}…"
        await lapse_all(job_id, f"“{short}” {what}")


async def step_moved(task: "Task", before: WorkCategory) -> None:
    """To take up again what was over, and to strike a step off, changes what was looked at. To do
    a step that was open when it was signed off does not: the reviewer saw what was to come."""
    if before is task.status:
        return
    if task.status is WorkCategory.CANCELLED:
        await work_changed(task.job_id, task.title, "was cancelled")
    elif before.is_over:
        await work_changed(task.job_id, task.title, "was reopened")


async def lapse_all(job_id: UUID, lapse: str) -> None:
    """No sign-off of the job, which is held, counts any more."""
    rows = await current().fetch(
        "select * from review where job_id = $1 and state = 'signed_off' order by id"
        " for no key update", job_id,
    )  # fmt: skip
    for row in rows:
        await Review.from_row(row).record(EventKind.REVIEW_LAPSED, state="lapsed", lapse=lapse,
                                          lapsed_at=await clock.now())  # fmt: skip
