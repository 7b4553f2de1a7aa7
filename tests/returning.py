"""Many recurrences of a firm's, each owing what it is told to: as if begun long ago. Not a test."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from models.clients import firm_today
from models.events import EventKind
from models.jobs import Job
from models.recurrences import Recurrence
from models.unit_of_work import current, reading, unit_of_work
from tests.cast import House
from tests.templates import bookkeeping_template

DAY = timedelta(days=1)
_OWN = ("id", "created_at", "updated_at", "position", "recurrence_id", "period_key", "job_id")


async def owing(house: House, count: int, periods: int = 1) -> list[UUID]:
    """So many recurrences, by turns the bakery's and the mill's, daily, weekly and monthly, by two
    templates; each owes so many periods. By id."""
    async with unit_of_work(house.system):
        templates = [await bookkeeping_template(house, name="Books by turns"),
                     await bookkeeping_template(house, name="Payroll", owner_role=None)]  # fmt: skip
        today = await firm_today()
        made = await Recurrence.record_all(EventKind.RECURRENCE_STARTED, [
            {"client_id": (house.bakery, house.mill)[n % 2], "template_id": templates[n // 2 % 2].id,
             "except_dates": [], "horizon_days": 0, "business_day_rule": "after", "due_count": 5 + n % 3,
             "due_unit": "business_days", "team_id": (None, house.ledgers)[n // 3 % 2],
             **_by(n, today, periods)}
            for n in range(count)
        ])  # fmt: skip
    return sorted(row.id for row in made)


def _by(number: int, today: Any, periods: int) -> dict[str, Any]:
    rule, step = (("FREQ=DAILY", 1), ("FREQ=WEEKLY", 7), ("FREQ=WEEKLY;INTERVAL=2", 14))[number % 3]
    first = today - (periods - 1) * step * DAY
    return {"rule": rule, "first_date": first, "next_date": first}


async def made_of(house: House) -> list[tuple[UUID, str]]:
    """Each job's recurrence and period, in order."""
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            "select recurrence_id, period_key from job where recurrence_id is not null order by 1, 2"
        )
    return [(row["recurrence_id"], row["period_key"]) for row in rows]


async def taken(house: House, recurrence_id: UUID) -> None:
    """Stand in a recurrence's way: its period has a job of which it knows nothing."""
    async with unit_of_work(house.system):
        recurrence = await Recurrence.load(recurrence_id)
        await Job.open(client_id=recurrence.client_id, title="In its way", recurrence_id=recurrence_id,
                       period_key=str(recurrence.next_date))  # fmt: skip


async def looks(jobs: Iterable[Job]) -> list[Sequence[Any]]:
    """Jobs with their tasks in order and what these wait for, without what is each one's own."""
    return [await _looks(job.id) for job in jobs]


async def _looks(job_id: UUID) -> Sequence[Any]:
    fetch = current().fetch
    rows = [
        *await fetch("select * from job where id = $1", job_id),
        *await fetch("select * from task where job_id = $1 order by position", job_id),
    ]
    links = await fetch(
        "select a.step as blocked, b.step as blocker, d.kind, d.client_id from dependency d"
        " join task a on a.id = d.blocked_id join task b on b.id = d.blocker_id"
        " where a.job_id = $1 order by 1, 2", job_id,
    )  # fmt: skip
    return [{name: row[name] for name in row.keys() if name not in _OWN}  # noqa: SIM118
            for row in [*rows, *links]]  # fmt: skip
