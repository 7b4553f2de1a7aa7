"""The past months of a demo firm: jobs done period by period, and the time they took."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from models.clients import Client
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.tasks import Task
from models.time_entries import INTERNAL, TimeEntry
from models.unit_of_work import current, unit_of_work
from models.workflows import WorkCategory
from resolvers.demo.plans import ServicePlan

if TYPE_CHECKING:
    from resolvers.demo.making import Stage

_NOTES = ("checked against the bank", "queries sent", "second look", "done as last month",
          "called the client", "waiting items cleared", "tidied the file")  # fmt: skip


async def live_through(stage: "Stage", advance: Callable[[int], None]) -> None:
    """Each client's finished periods, then everybody's time."""
    for number, (name, _, services) in enumerate(stage.plan.clients):
        for service in (s for s in stage.plan.services if s.name in services):
            for months_ago in _periods(service):
                await _finish_one(stage, stage.clients[name], service, months_ago)
        advance(number + 1)
    for person in stage.plan.people:
        await _book_time(stage, stage.members[person.name], person.hours)


def _periods(service: ServicePlan) -> Iterator[int]:
    """How many months ago the finished periods ended, the oldest first."""
    return iter({1: (4, 3, 2), 3: (4,), 12: ()}[service.every_months])


def steps_of(service: ServicePlan, members: list[Member], due: date) -> list[dict[str, Any]]:
    """Each step is due a day before the next, the last one with the job."""
    last = len(service.steps) - 1
    return [
        {"title": title, "estimate_seconds": minutes * 60,
         "assignee_id": members[number % len(members)].id if members else None,
         "due_date": due - timedelta(days=last - number),
         **({"depends_on": [number]} if number else {})}
        for number, (title, minutes) in enumerate(service.steps)
    ]  # fmt: skip


def doers(stage: "Stage", client: Client) -> list[Member]:
    """Two people who do a client's work, always the same."""
    people = stage.working()
    start = sum(client.name.encode()) % len(people)
    return [people[start], people[(start + 1) % len(people)]]


async def open_job(
    stage: "Stage", client: Client, service: ServicePlan, *, due: date, period_end: date
) -> Job:
    """A job of a service for a period, with its owner, team and steps."""
    people = doers(stage, client)
    teams = {p.name: p.team for p in stage.plan.people}
    return await Job.open(
        client_id=client.id, title=f"{service.name} {period_end:%b %Y}", owner_id=people[0].id,
        service_id=stage.services[service.name].id, team_id=stage.teams[teams[people[0].name]].id,
        period_start=period_end - timedelta(days=30 * service.every_months - 1),
        period_end=period_end, due_date=due, step_list=steps_of(service, people, due),
        budget_seconds=sum(minutes for _, minutes in service.steps) * 60,
    )  # fmt: skip


async def _finish_one(
    stage: "Stage", client: Client, service: ServicePlan, months_ago: int
) -> None:
    ended = stage.at(30 * months_ago).date()
    worker = doers(stage, client)[0]
    opened = 30 * months_ago - 2
    async with unit_of_work(stage.viewer(stage.owner), at=stage.at(opened)):
        job = await open_job(stage, client, service, due=ended + timedelta(days=25),
                             period_end=ended)  # fmt: skip
    finished = max(opened - stage.chance.randint(8, 27), 9)
    async with unit_of_work(stage.viewer(worker), at=stage.at(finished, 15)):
        rows = await current().fetch(
            "select * from task where job_id = $1 order by step for no key update", job.id
        )
        for row in rows:
            task = await Task.load(row["id"])
            await task.complete()
        job = await Job.load(job.id)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))


async def _book_time(stage: "Stage", member: Member, hours: tuple[float, ...]) -> None:
    """Entries for each working day of the last months: two thirds and more of it for clients."""
    async with unit_of_work(stage.viewer(member), at=stage.at(0)):
        jobs = await current().fetch(
            "select id, client_id from job where owner_id = $1 order by id", member.id
        )
        rows = []
        for days_ago in range(120, 0, -1):
            day = stage.at(days_ago).date()
            gone = member.leave_date is not None and day > member.leave_date
            if hours[day.weekday()] and not gone:
                rows += _day(stage, member, day, hours[day.weekday()], jobs)
        await TimeEntry.record_all(EventKind.TIME_LOGGED, rows)


def _day(
    stage: "Stage", member: Member, day: date, hours: float, jobs: list[Any]
) -> list[dict[str, Any]]:
    chance, zone = stage.chance, stage.plan.time_zone
    capacity = int(hours * 3600)
    share = chance.uniform(0.58, 0.84) if member.role != "owner" else chance.uniform(0.4, 0.6)
    left = int(capacity * share) // 300 * 300
    entries = []
    clients = jobs or [{"id": None, "client_id": c.id} for c in stage.clients.values()]
    while left > 0:
        seconds = min(left, chance.randrange(1800, 9000, 300))
        about = chance.choice(clients)
        entries.append(_entry(member, day, zone, seconds, job_id=about["id"],
                              client_id=about["client_id"], billing="billable",
                              note=chance.choice(_NOTES)))  # fmt: skip
        left -= seconds
    entries.append(_entry(member, day, zone, chance.randrange(1800, 4500, 300), job_id=None,
                          client_id=None, billing="non_billable", note="Admin",
                          activity=INTERNAL))  # fmt: skip
    return entries


def _entry(member: Member, day: date, zone: str, seconds: int, **facts: Any) -> dict[str, Any]:
    return {"member_id": member.id, "local_date": day, "time_zone": zone, "seconds": seconds,
            "source": "manual", **facts}  # fmt: skip
