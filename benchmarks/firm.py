"""A firm of some size, the same every time: founded by the practice's verbs, filled by SQL.

The SQL is the verbs' own statement, which writes rows and their events together, thousands at
once: the firm's stream has its 100,000 events and is numbered and chained like any other.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self

import asyncpg
from uuid_utils.compat import uuid7

from benchmarks.limits import STORE
from models.base import FirmModel
from models.clients import Client
from models.events import EventKind
from models.firms import Firm
from models.jobs import Job
from models.members import Member
from models.order_keys import many
from models.permissions import Role
from models.tasks import Task
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from models.workflows import STANDARD_STAGES, Stage, WorkCategory, Workflow

ASKS = "member-1@{}.example"
"""A manager of the firm of that name: who sees all clients but restricted ones, which the query has
to look for."""

_FIRST_DAY = date(2026, 1, 1)
_DAYS = 367  # a prime, so that what is due on one day is of as many clients and people as there are
_DONE_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
_AT_ONCE = 2_500
_LOOKED_AT_AFTER = 100_000
# Of ten tasks seven are done, as in a firm that has been at it for a while.
_STATUSES = ("done", "ready", "done", "done", "in_progress", "done", "done", "in_review",
             "done", "done")  # fmt: skip

Rows = Sequence[Mapping[str, Any]]
Advance = Callable[[int, int], None]


class Evenly:
    """Who has what, and when it is due and was done, all by number: everybody as much of all."""

    def __init__(self, members: Rows) -> None:
        self._members = members

    @classmethod
    async def among(cls, members: Rows) -> Self:
        """Within a unit of work of the firm's, once its people are there."""
        return cls(members)

    def holder_of(self, number: int) -> Any:
        return self._members[number % len(self._members)]["id"]

    def team_of(self, _number: int) -> Any:
        return None

    def due(self, number: int) -> date | None:
        return _FIRST_DAY + timedelta(days=number % _DAYS)

    def done_at(self, _number: int) -> datetime:
        return _DONE_AT


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    tasks: int = 100_000
    jobs: int = 2_000
    clients: int = 500
    members: int = 20

    @property
    def rows(self) -> int:
        """Jobs and tasks, which are most of it."""
        return self.jobs + self.tasks


async def make(
    size: Size, advance: Advance, migrate_database_url: str, name: str = "bench"
) -> None:
    """Found the firm and fill it."""
    async for rows in filling(size, migrate_database_url, name):
        advance(rows, size.rows)


async def filling(
    size: Size, migrate_database_url: str, name: str, *, at_once: int = _AT_ONCE,
    shares: type[Evenly] = Evenly,
) -> AsyncIterator[int]:  # fmt: skip
    """Found the firm and fill it, telling after each step how many jobs and tasks it has.

    The owner of the tables, by that URL, looks at what is in them now and then, as autovacuum does:
    else each new row looks for its job among all of them.
    """
    system = Viewer.system(uuid7(), "benchmark")
    async with unit_of_work(system):
        await Firm.found(name=name.title(), country="GB", currency="GBP", locale="en-GB",
                         time_zone="Europe/London")  # fmt: skip
        owner = await Member.join(email=f"owner@{name}.example", name="Owner", role=Role.OWNER)
        workflow = await Workflow.design(name="Standard", stages=STANDARD_STAGES)
        members = await fill(Member, EventKind.MEMBER_JOINED, _members(size, owner, name))
        clients = await fill(Client, EventKind.CLIENT_ADDED, _clients(size))
        stages = await workflow.stages()
        shared = await shares.among(members)
    jobs: list[Mapping[str, Any]] = []
    for part in _parts(_jobs(size, clients, shared, stages), at_once):
        async with unit_of_work(system):
            jobs += await fill(Job, EventKind.JOB_CREATED, part)
        yield len(jobs)
    looked_at, filled = 0, 0
    for part in _parts(_tasks(size, jobs, shared), at_once):
        if filled >= looked_at:
            await _as_owner(migrate_database_url, "analyze")
            looked_at += _LOOKED_AT_AFTER
        async with unit_of_work(system):
            await fill(Task, EventKind.TASK_CREATED, part)
        filled += len(part)
        yield len(jobs) + filled


def _parts(rows: Rows, at_once: int) -> Iterator[Rows]:
    return (rows[start : start + at_once] for start in range(0, len(rows), at_once))


async def fill(model: type[FirmModel], kind: EventKind, rows: Rows) -> Rows:
    """The rows as they were written, with the ids that they got."""
    whole = [{"id": uuid7(), **row} for row in rows]
    await model.record_all(kind, whole)
    return whole


def _members(size: Size, owner: Member, firm: str) -> Rows:
    return [
        {"email": f"member-{n}@{firm}.example", "name": f"Member {n:02}", "colour": "#2f6fde",
         "role": Role.MANAGER if n == 1 else Role.STAFF, "office_id": owner.office_id}
        for n in range(1, size.members)
    ]  # fmt: skip


def _clients(size: Size) -> Rows:
    return [{"name": f"Client {n:04} Ltd", "kind": "organisation", "status": "active",
             "currency": "GBP"}
            for n in range(size.clients)]  # fmt: skip


async def settle(migrate_database_url: str) -> None:
    """What PostgreSQL does by itself before long: it looks at what is in the new tables, and clears
    sums of their old versions. And the answer is stored, for the peer that only reads it."""
    await _as_owner(migrate_database_url, STORE, "vacuum tally", "analyze")


async def _as_owner(migrate_database_url: str, *statements: str) -> None:
    connection = await asyncpg.connect(migrate_database_url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _jobs(size: Size, clients: Rows, shares: Evenly, stages: Sequence[Stage]) -> Rows:
    by_category = {stage.category: stage for stage in stages}
    return [
        _job(n, place, clients[n % len(clients)], shares,
             by_category[WorkCategory(_STATUSES[n % len(_STATUSES)])])
        for n, place in enumerate(many(size.jobs, None))
    ]  # fmt: skip


def _job(
    number: int, place: str, client: Mapping[str, Any], shares: Evenly, stage: Stage
) -> Mapping[str, Any]:
    done = stage.category is WorkCategory.DONE
    return {
        "client_id": client["id"], "title": f"Bookkeeping {number:05}", "position": place,
        "workflow_id": stage.workflow_id, "stage_id": stage.id, "category": stage.category,
        "completed_at": shares.done_at(number) if done else None, "due_date": shares.due(number),
        "owner_id": shares.holder_of(number), "team_id": shares.team_of(number),
    }  # fmt: skip


def _tasks(size: Size, jobs: Rows, shares: Evenly) -> Rows:
    """Neighbours on the board are steps of different jobs for different clients."""
    return [_task(n, place, jobs[n % len(jobs)], shares, n // len(jobs) + 1)
            for n, place in enumerate(many(size.tasks, None))]  # fmt: skip


def _task(
    number: int, place: str, job: Mapping[str, Any], shares: Evenly, step: int
) -> Mapping[str, Any]:
    status = _STATUSES[number // len(_STATUSES) % len(_STATUSES)]
    return {
        "job_id": job["id"], "client_id": job["client_id"], "position": place, "status": status,
        "title": f"Step {step} of {job['title']}", "step": step, "estimate_seconds": 1800,
        "completed_at": shares.done_at(number) if status == "done" else None,
        "due_date": shares.due(number),
        "assignee_id": shares.holder_of(number), "team_id": shares.team_of(number),
    }  # fmt: skip
