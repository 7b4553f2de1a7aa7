"""The demo firm's board as it stands today: late, waiting, in review, under way and ahead."""

from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from models.clients import Client
from models.comments import Comment
from models.jobs import Job
from models.reviews import request_review
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import current, unit_of_work
from models.waiting import Waiting, start_waiting
from models.workflows import WorkCategory
from resolvers.demo.history import doers, open_job
from resolvers.demo.plans import ServicePlan

if TYPE_CHECKING:
    from resolvers.demo.making import Stage

_WANTED = ("bank statements for the period", "the signed accounts", "receipts from the card",
           "approval of the return", "mileage and home-office figures",
           "the loan agreement", "answers to our questions")  # fmt: skip
_LATE = ("Was away for two weeks.", "The software export was broken; redone by hand.",
         "New bookkeeper at the client.", "Waiting for a decision on the lease.")  # fmt: skip


async def leave_as_today(stage: "Stage") -> None:
    """One current job for each client and service, dealt out to where work stands."""
    work = [
        (stage.clients[name], service)
        for name, _, services in stage.plan.clients
        for service in stage.plan.services
        if service.name in services
    ]
    stage.chance.shuffle(work)
    plan = stage.plan
    for number, (client, service) in enumerate(work):
        if number < plan.overdue:
            await _late(stage, client, service, number)
        elif number < plan.overdue + plan.waiting:
            await _waits(stage, client, service, number - plan.overdue)
        elif number < plan.overdue + plan.waiting + plan.in_review:
            await _in_review(stage, client, service)
        else:
            await _under_way(stage, client, service, number)
    await _timers(stage)
    await _left_behind(stage)


async def _open(
    stage: "Stage", client: Client, service: ServicePlan, *, due_in: int, days_ago: float
) -> Job:
    async with unit_of_work(stage.viewer(stage.owner), at=stage.at(days_ago, 8)):
        due = stage.at(0).date() + timedelta(days=due_in)
        return await open_job(stage, client, service, due=due, period_end=stage.at(20).date())


async def _do_steps(stage: "Stage", job: Job, client: Client, count: int, days_ago: float) -> None:
    """The first steps of a job, done by who does the client's work."""
    async with unit_of_work(stage.viewer(doers(stage, client)[0]), at=stage.at(days_ago, 11)):
        rows = await current().fetch(
            "select id from task where job_id = $1 order by step limit $2", job.id, count
        )
        for row in rows:
            await (await Task.load(row["id"])).complete()


async def _late(stage: "Stage", client: Client, service: ServicePlan, number: int) -> None:
    job = await _open(stage, client, service, due_in=-2 - 3 * number, days_ago=40)
    if number % 2:
        await _do_steps(stage, job, client, 1, 20)
    async with unit_of_work(stage.viewer(doers(stage, client)[0]), at=stage.at(4, 16)):
        await Comment.on_job(await Job.load(job.id), _LATE[number % len(_LATE)])


async def _waits(stage: "Stage", client: Client, service: ServicePlan, number: int) -> None:
    days = 2 + 38 * number // max(stage.plan.waiting - 1, 1)
    job = await _open(stage, client, service, due_in=3 + number, days_ago=days + 6)
    await _do_steps(stage, job, client, 1, days + 1)
    doer = doers(stage, client)[0]
    async with unit_of_work(stage.viewer(doer), at=stage.at(days, 14)):
        await start_waiting(await Job.load(job.id), whom="client", what=_WANTED[number % 7])
    if days > 10:
        async with unit_of_work(stage.viewer(doer), at=stage.at(days / 2, 10)):
            record = await Waiting.of(job)
            if record is not None:
                await record.remind()


async def _in_review(stage: "Stage", client: Client, service: ServicePlan) -> None:
    job = await _open(stage, client, service, due_in=5, days_ago=16)
    await _do_steps(stage, job, client, len(service.steps), 3)
    doer = doers(stage, client)[0]
    reviewer = next(m for m in stage.members.values()
                    if m.role in ("manager", "partner") and m.id != doer.id)  # fmt: skip
    async with unit_of_work(stage.viewer(doer), at=stage.at(2, 17)):
        await request_review(await Job.load(job.id), reviewer.id)


async def _under_way(stage: "Stage", client: Client, service: ServicePlan, number: int) -> None:
    job = await _open(stage, client, service, due_in=2 + number % 26, days_ago=7)
    if number % 3 == 0:
        await _do_steps(stage, job, client, 1 + number % 2, number % 4 + 0.2)
    elif number % 3 == 1:
        async with unit_of_work(stage.viewer(stage.owner), at=stage.at(3)):
            loaded = await Job.load(job.id)
            await loaded.move(stage=await loaded.stage_of(WorkCategory.READY))


async def _timers(stage: "Stage") -> None:
    """Three people are on something right now."""
    for member, minutes in zip(stage.working()[:3], (12, 47, 95), strict=False):
        viewer = stage.viewer(member)
        async with unit_of_work(viewer, at=stage.now - timedelta(minutes=minutes)):
            job_id = await current().fetchval(
                "select id from job where owner_id = $1 and category = 'in_progress'"
                " order by id limit 1", member.id,
            )  # fmt: skip
            await Timer.start(job_id=job_id, note="" if job_id else "Inbox")


async def _left_behind(stage: "Stage") -> None:
    """What the leaver still held, and tasks that belong to no job."""
    leavers = [m for m in stage.members.values() if m.leave_date is not None]
    people = cycle(stage.working())
    async with unit_of_work(stage.viewer(stage.owner), at=stage.at(1)):
        for title, due in (
            ("Renew the practising certificate", 20),
            ("Order new year planners", 9),
            ("Update the engagement letter", 4),
            ("Plan the team day", 30),
        ):
            await Task.add(title=title, assignee_id=next(people).id,
                           due_date=stage.at(0).date() + timedelta(days=due))  # fmt: skip
        for leaver in leavers:
            await Task.add(title="Hand over open questions", assignee_id=leaver.id,
                           due_date=stage.at(0).date())  # fmt: skip
