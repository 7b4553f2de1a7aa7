"""When open work can be done, what must not slip for it, and what becomes late: of all parents at
once.

What one may not see counts too, as it does where it holds something up, but is not named.  A lag is
planned as so many whole days of work in between; once what is waited for has come, it is the day
that the rule frees.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models import clock
from models.critical_path import Link, Schedule, Work
from models.dependency_kinds import AT_ONCE, BLOCKER, DependencyKind, FirmDays, came
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import Row, current
from models.work_days import SECONDS_A_DAY, WorkDays, worked_since
from models.workflows import WorkCategory
from resolvers.reading import found_by_id

_FARTHEST = 10_000
"""Tasks that are looked at in one question; what is farther away is left out."""
_MOST_LATE = 50
_OPEN = "status not in ('done', 'cancelled')"
_NOTHING: dict[str, Any] = {
    "expected_start": None, "expected_finish": None, "slack_days": None, "critical_path": [],
}  # fmt: skip


@dataclass
class Ahead:
    """Open tasks with all open ones that they wait for, scheduled from today on."""

    rows: Mapping[UUID, Row]
    schedule: Schedule[UUID]
    days: WorkDays

    @classmethod
    async def of(cls, jobs: Collection[UUID], tasks: Collection[UUID] = ()) -> "Ahead":
        unit = current()
        found = await unit.fetch(
            "with recursive reached as ("
            f" select id from task where (job_id = any($1) or id = any($2)) and {_OPEN}"
            " union select b.id from reached r join dependency d on d.blocked_id = r.id"
            f" join task b on b.firm_id = d.firm_id and b.id = d.blocker_id and b.{_OPEN}"
            ") select t.id, t.job_id, t.status, t.started_at, t.estimate_seconds, t.due_date,"
            " t.step, (select j.start_date from job j where j.id = t.job_id) as start_date"
            " from (select id from reached limit $3) r join task t on t.id = r.id",
            list(jobs), list(tasks), _FARTHEST,
        )  # fmt: skip
        rows = {row["id"]: row for row in found}
        links = await unit.fetch(
            f"select d.blocked_id, d.blocker_id, d.kind, d.lag_days, {BLOCKER} from dependency d"
            " join task b on b.firm_id = d.firm_id and b.id = d.blocker_id"
            " where d.blocked_id = any($1)", list(rows),
        )  # fmt: skip
        firm_days = await FirmDays.mine()
        days = WorkDays(firm_days.today, firm_days.holidays)
        return cls(rows, _scheduled(rows, links, firm_days, days), days)

    def finish_of(self, tasks: Collection[UUID]) -> date | None:
        return self.days.done_on(self.schedule.finish_of(tasks)) if tasks else None

    def of_job(self, job_id: UUID) -> list[UUID]:
        """A job's open tasks, as far as they were found."""
        return self._by_job.get(job_id, [])

    def __post_init__(self) -> None:
        self._by_job: dict[UUID, list[UUID]] = {}
        for row in self.rows.values():
            if row["job_id"] is not None:
                self._by_job.setdefault(row["job_id"], []).append(row["id"])


def _scheduled(
    rows: Mapping[UUID, Row], links: Sequence[Row], firm: FirmDays, days: WorkDays
) -> Schedule[UUID]:
    lengths = {id: _left(row, firm) for id, row in rows.items()}
    earliest = {id: days.before(row["start_date"]) if _waits(row) and row["start_date"] else 0
                for id, row in rows.items()}  # fmt: skip
    between = []
    for link in links:
        kind, blocked = DependencyKind(link["kind"]), link["blocked_id"]
        if kind.holds_start and not _waits(rows[blocked]):
            continue  # it was begun all the same
        if not came(link):
            lag = link["lag_days"] * SECONDS_A_DAY
            between.append(Link(link["blocker_id"], blocked, kind, lag))
        elif (free := firm.free_on(link)) not in (None, AT_ONCE):
            until = days.before(free) - (0 if kind.holds_start else lengths[blocked])
            earliest[blocked] = max(earliest[blocked], until)
    return Schedule({id: Work(lengths[id], earliest[id]) for id in rows}, between)


def _waits(row: Row) -> bool:
    return not WorkCategory(row["status"]).is_begun


def _left(row: Row, firm: FirmDays) -> int:
    """Seconds of work that a task still takes: a day where that was not estimated; of what was
    begun, what the business days since then have left."""
    length: int = SECONDS_A_DAY if row["estimate_seconds"] is None else row["estimate_seconds"]
    if _waits(row) or row["started_at"] is None:
        return length
    begun = clock.local_date(row["started_at"], firm.time_zone)
    return max(length - worked_since(begun, firm.today, firm.holidays), 0)


async def of_jobs(parents: Sequence[Row]) -> list[dict[str, Any]]:
    """For each job when its open steps can be done, and those that must not slip for it."""
    going = [row["id"] for row in parents if not WorkCategory(row["category"]).is_over]
    if not going:
        return [_NOTHING] * len(parents)
    ahead = await Ahead.of(going)
    critical = {id: _critical(ahead, id) for id in going}
    shown = await found_by_id(Task, [step for steps in critical.values() for step in steps])
    return [
        {"expected_finish": ahead.finish_of(ahead.of_job(row["id"])),
         "critical_path": [shown[id] for id in critical[row["id"]] if id in shown]}
        if row["id"] in critical else _NOTHING for row in parents
    ]  # fmt: skip


def _critical(ahead: Ahead, job_id: UUID) -> list[UUID]:
    steps = ahead.of_job(job_id)
    slack = ahead.schedule.slack(steps)
    tight = [id for id in steps if slack[id] == 0]
    return sorted(tight, key=lambda step: (ahead.schedule.spans[step].start,
                                           ahead.rows[step]["step"]))  # fmt: skip


async def of_tasks(parents: Sequence[Row]) -> list[dict[str, Any]]:
    """For each open task when it can be begun and done, and by how many whole business days it may
    slip before its job is done later."""
    going = [row for row in parents if not WorkCategory(row["status"]).is_over]
    if not going:
        return [_NOTHING] * len(parents)
    jobs = {row["job_id"] for row in going if row["job_id"] is not None}
    ahead = await Ahead.of(jobs, [row["id"] for row in going if row["job_id"] is None])
    slack: dict[UUID, int] = {}
    for job_id in jobs:
        steps = ahead.of_job(job_id)
        found = ahead.schedule.slack(steps)
        slack |= {id: found[id] for id in steps}
    return [_foretold(ahead, row["id"], slack.get(row["id"])) for row in parents]


def _foretold(ahead: Ahead, id: UUID, slack: int | None) -> dict[str, Any]:
    span = ahead.schedule.spans.get(id)
    if span is None:
        return _NOTHING
    return {
        "expected_start": ahead.days.begun_on(span.start),
        "expected_finish": ahead.days.done_on(span.finish),
        "slack_days": None if slack is None else slack // SECONDS_A_DAY,
    }


async def makes_late(parents: Sequence[Row]) -> list[list[dict[str, Any]]]:
    """For each open task the tasks and jobs that are expected after their due date and wait for it
    with nothing to spare, the ones due first."""
    going = [row["id"] for row in parents if not WorkCategory(row["status"]).is_over]
    if not going:
        return [[] for _ in parents]
    after = await current().fetch(
        "with recursive reached as (select unnest($1::uuid[]) as id"
        " union select t.id from reached r join dependency d on d.blocker_id = r.id"
        f" join task t on t.firm_id = d.firm_id and t.id = d.blocked_id and t.{_OPEN}"
        ") select t.id, t.job_id from (select id from reached limit $2) r"
        " join task t on t.id = r.id", going, _FARTHEST,
    )  # fmt: skip
    job_ids = {row["job_id"] for row in after if row["job_id"] is not None}
    ahead = await Ahead.of(job_ids, [row["id"] for row in after])
    jobs = await found_by_id(Job, list(job_ids))
    late = {id: _late(ahead, id, jobs) for id in going}
    named = [one["task_id"] for found in late.values() for one in found if one["task_id"]]
    seen = await found_by_id(Task, named)
    return [
        [one for one in late.get(row["id"], ()) if one["job_id"] or one["task_id"] in seen]
        [:_MOST_LATE] for row in parents
    ]  # fmt: skip


def _late(ahead: Ahead, id: UUID, jobs: Mapping[UUID, Row]) -> list[dict[str, Any]]:
    spans = ahead.schedule.spans
    if id not in spans:
        return []
    driven = ahead.schedule.driven_by(id)
    found = [
        {"task_id": other, "job_id": None, "due_date": ahead.rows[other]["due_date"],
         "expected_finish": ahead.finish_of([other])} for other in driven
    ]  # fmt: skip
    for job_id in {ahead.rows[other]["job_id"] for other in (id, *driven)} & jobs.keys():
        steps = ahead.of_job(job_id)
        last = ahead.schedule.finish_of(steps)
        if any(spans[step].finish == last for step in steps if step in driven or step == id):
            found.append({"task_id": None, "job_id": job_id, "due_date": jobs[job_id]["due_date"],
                          "expected_finish": ahead.finish_of(steps)})  # fmt: skip
    late = [one for one in found if _is_late(one)]
    return sorted(late, key=lambda one: (one["due_date"], one["job_id"] is not None,
                                         one["task_id"] or one["job_id"]))  # fmt: skip


def _is_late(one: Mapping[str, Any]) -> bool:
    due, expected = one["due_date"], one["expected_finish"]
    return due is not None and expected is not None and due < expected
