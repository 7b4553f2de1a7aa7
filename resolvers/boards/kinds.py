"""The two kinds of cards: what a board has to know of each table."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.base import FirmModel
from models.jobs import Job
from models.tasks import Task


def a_week_before(today: date) -> datetime:
    """Since when what is done is still shown. A moment, not a date: of a comparison between the
    two PostgreSQL cannot tell how many rows it leaves."""
    return datetime.combine(today - timedelta(days=7), time(), UTC)


@dataclass(frozen=True)
class Kind:
    """Where a kind of card keeps what boards ask for: in which columns its `status` and its
    `holder` stand, and as SQL over `t` the seconds `remaining` on a card."""

    model: type[FirmModel]
    status: str
    holder: str
    remaining: str

    def shown(self, today: date) -> str:
        """The rows that any board shows, each part of them by its index: what is open, and what was
        done within a week."""
        rows = f"select t.* from {self.table} t where"
        return f"({rows} {self.still_open} union all {rows} {self.done_lately(today)})"

    @property
    def still_open(self) -> str:
        """The predicate of what is to be done yet."""
        return f"t.{self.status} not in ('done', 'cancelled')"

    def done_lately(self, today: date) -> str:
        """The predicate of what was done within a week, found by its index, not among all that was
        ever done."""
        since = f"'{a_week_before(today).isoformat()}'::timestamptz"
        return f"t.{self.status} = 'done' and t.completed_at >= {since}"

    @property
    def column(self) -> str:
        """What the schema calls a board's column of such cards."""
        return f"{self.model.__name__}Column"

    @property
    def table(self) -> str:
        return self.model.table()


JOBS = Kind(
    model=Job, status="category", holder="owner_id",
    remaining="(select total(s.estimate_seconds) from task s where s.firm_id = t.firm_id"
    " and s.job_id = t.id and s.status not in ('done', 'cancelled'))",
)  # fmt: skip
TASKS = Kind(
    model=Task, status="status", holder="assignee_id",
    remaining="case when t.status in ('done', 'cancelled') then 0"
    " else coalesce(t.estimate_seconds, 0) end",
)  # fmt: skip
