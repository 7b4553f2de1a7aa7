"""The two kinds of cards: what a board has to know of each table."""

from dataclasses import dataclass

from models.base import FirmModel
from models.jobs import Job
from models.tasks import Task


@dataclass(frozen=True)
class Kind:
    """Where a kind of card keeps what boards ask for, as SQL over `t`."""

    model: type[FirmModel]
    status: str
    holder: str
    remaining: str

    @property
    def table(self) -> str:
        return self.model.table()


JOBS = Kind(
    model=Job, status="category", holder="owner_id",
    remaining="(select coalesce(sum(s.estimate_seconds), 0) from task s where s.firm_id = t.firm_id"
    " and s.job_id = t.id and s.status not in ('done', 'cancelled'))",
)  # fmt: skip
TASKS = Kind(
    model=Task, status="status", holder="assignee_id",
    remaining="case when t.status in ('done', 'cancelled') then 0"
    " else coalesce(t.estimate_seconds, 0) end",
)  # fmt: skip
