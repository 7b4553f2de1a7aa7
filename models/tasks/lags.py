"""Lags: they pass by themselves, and what waited for nothing else is ready that day."""

from typing import TYPE_CHECKING
from uuid import UUID

from models import clock
from models.database import Database
from models.dependency_kinds import BLOCKER, STARTING, FirmDays
from models.tasks.starting import ready
from models.unit_of_work import current
from models.work_queue import Piece, WorkKind
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.tasks import Task


async def lagging_tasks(queue: Database) -> list[Piece]:
    """A piece for each planned task that a lag may have kept from being ready until today.

    `queue` is open as role openpractice_queue.
    """
    rows = await queue.pool.fetch("select firm_id, task_id from find_lagging_tasks()")
    return [Piece(WorkKind.READY_TASK, *row) for row in rows]


async def ready_by_now(task_id: UUID) -> None:
    """Ready the task if its last lag has passed; what somebody has changed since then stays as
    they left it."""
    from models.tasks import Task

    task = await Task.find(task_id, lock=True)
    if task is not None and task.status is WorkCategory.PLANNED and await _just_free(task):
        await ready([task.id])


async def _just_free(task: "Task") -> bool:
    links = await current().fetch(
        f"select d.kind, d.lag_days, {BLOCKER} from dependency d"
        " join task b on b.firm_id = d.firm_id and b.id = d.blocker_id"
        " where d.blocked_id = $1 and d.kind = any($2)", task.id, STARTING,
    )  # fmt: skip
    days = await FirmDays.mine()
    free = [day for link in links if (day := days.free_on(link)) is not None]
    if not links or len(free) < len(links):
        return False
    return clock.local_date(task.updated_at, days.time_zone) < max(free) <= days.today
