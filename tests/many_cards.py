"""A firm with hundreds of cards, of every kind that boards tell apart."""

from datetime import UTC, date, datetime, time, timedelta

from uuid_utils.compat import uuid7

from models.clients import firm_today
from models.events import EventKind
from models.jobs import Job
from models.order_keys import many
from models.tasks import Task
from models.unit_of_work import current, reading, unit_of_work
from tests.cast import House

STATUSES = ("ready", "done", "in_progress", "in_review", "planned", "done", "cancelled")


async def fill(house: House, *, jobs: int = 0) -> date:
    """Adds 303 tasks, and so many jobs, and says what day it is.

    Each property goes round by itself, so that they come in many mixtures: everybody's and nobody's,
    in teams and in none, due on each day from seven weeks ago to seven weeks ahead and on none;
    tasks of a job, of a client whom few may see, and of neither.
    """
    async with reading(house.ada):
        today = await firm_today()
    days = [None, *(today + timedelta(days=ahead) for ahead in range(-50, 50))]
    people = (house.dan.id, house.eve.id, house.finn.id, house.cleo.id, None)
    teams = (house.ledgers, house.taxes, None)
    of = ((house.books, house.bakery), (None, house.vault), (None, None))
    async with unit_of_work(house.system):
        stages = {row["category"]: row for row in await current().fetch("select * from stage")}
        await Job.record_all(EventKind.JOB_CREATED, [
            {"id": uuid7(), "title": f"Job {n}", "position": place, "due_date": days[n % len(days)],
             "owner_id": people[n % 5], "team_id": teams[n % 3], "category": status,
             "client_id": (house.bakery, house.vault)[n % 2], "stage_id": stages[status]["id"],
             "workflow_id": stages[status]["workflow_id"],
             "completed_at": moment(today, n % 11) if status == "done" else None}
            for n, place in enumerate(many(jobs, None)) for status in [STATUSES[n % 7]]
        ])  # fmt: skip
        await (await Task.load(house.draft)).change({"estimate_seconds": 17}, None)
        await Task.record_all(EventKind.TASK_CREATED, [
            {"id": uuid7(), "title": f"Step {n}", "position": place, "due_date": days[n % len(days)],
             "assignee_id": people[n % 5], "team_id": teams[n % 3], "estimate_seconds": 60 + n,
             "job_id": job, "client_id": client, "status": status,
             "completed_at": moment(today, n % 11) if status == "done" else None}
            for n, place in enumerate(many(3 * len(days), None)) for status in [STATUSES[n % 7]]
            for job, client in [of[n // 3 % 3]]
        ])  # fmt: skip
    return today


def moment(today: date, days_ago: int) -> datetime:
    """The first of a day in UTC, some days ago: what is still shown begins at such a moment."""
    return datetime.combine(today - timedelta(days=days_ago), time(), UTC)
