"""What people did about each job, as acts: open it, do its steps, wait, ask, review, finish."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

from models.comments import Comment
from models.jobs import Job
from models.reviews import decide_review
from models.reviews.asking import request_review
from models.tasks import Task
from models.unit_of_work import current
from models.waiting import Waiting, end_waiting, start_waiting
from models.workflows import WorkCategory, Workflow
from resolvers.demo.courses import Course, since
from resolvers.demo.days import period_name, period_start

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_DAY = timedelta(days=1)
_READY_BEFORE = timedelta(days=8)
"""So long before its start a job is made ready, when all is there that it needs."""


def note(stage: "Stage", course: Course) -> None:
    """Note all acts of one job."""
    stage.will(course.opened, 8, course.lead, partial(_open, stage, course))
    days = stage.worked_days(course.preparer, course.opened + _DAY, course.until)
    if course.finished and stage.chance.random() < 0.25 and len(days) > 4:
        days = _after_a_wait(stage, course, days)
    _do_steps(stage, course, days)
    if course.finished:
        _finish(stage, course, days[-1])
    elif course.held is not None and not course.held.to_come:
        _hold_up(stage, course)
    elif is_ready(stage, course):
        stage.will(stage.workday_from(course.opened + _DAY), 9, course.lead,
                   partial(_make_ready, course))  # fmt: skip
    if days and course.held is None and stage.chance.random() < 0.2:
        said = stage.chance.choice(stage.plan.passing)
        stage.will(days[-1], 16, course.preparer, partial(_say, course, said))


def note_in_brief(stage: "Stage", course: Course) -> None:
    """Note that the job was opened, and that it was done."""
    stage.will(course.opened, 8, course.lead, partial(_open, stage, course))
    stage.will(course.until, 18, course.preparer, partial(_close, course))


def is_ready(stage: "Stage", course: Course) -> bool:
    """Nothing is done yet, and all is there that it needs."""
    if course.held is not None:
        return course.held.state == "ready"
    return not course.queued and not course.done and course.starts <= stage.today + _READY_BEFORE


def _do_steps(stage: "Stage", course: Course, days: Sequence[date]) -> None:
    """The steps that are done, spread over the days, those of one sitting together."""
    if not days:
        course.done = 0
        return
    goes_on = _is_on_a_step(course)
    parts = course.done + goes_on
    course.done_on = [days[((number + 1) * len(days) - 1) // parts]
                      for number in range(course.done)]  # fmt: skip
    sittings = []
    for number, step in enumerate(course.service.steps[: course.done - _is_filed_last(course)]):
        day, doer = course.done_on[number], course.doer(step)
        sittings.append((day, doer if stage.works(doer, day) else course.preparer, number))
    for (day, doer), steps in groupby(sittings, key=lambda sitting: sitting[:2]):
        numbers = [number for _, _, number in steps]
        stage.will(day, 9 + numbers[0] % 5, doer, partial(_complete, course, numbers))
    if goes_on:
        _begin_the_next(stage, course, course.done_on[-1] if course.done else days[0])


def _is_on_a_step(course: Course) -> bool:
    """Whether somebody has begun the step after those that are done."""
    if course.held is not None:
        return not course.held.to_come and course.done < len(course.service.steps)
    return course.done > 0 and not course.finished


def _is_filed_last(course: Course) -> bool:
    """Whether its last step is done after the review of all others."""
    return course.finished and course.service.reviewed


def _begin_the_next(stage: "Stage", course: Course, day: date) -> None:
    doer = course.doer(course.service.steps[course.done])
    first = next(iter(stage.worked_days(doer, day, course.until)), day)
    course.begun_on = first
    stage.will(first, 15, doer, partial(_move_step, course, WorkCategory.IN_PROGRESS))


def _after_a_wait(stage: "Stage", course: Course, days: list[date]) -> list[date]:
    """Something had to be asked for first; the days that were left when it had come."""
    asked, came = days[0], days[len(days) // 3]
    what = course.service.asks_for
    stage.will(asked, 14, course.preparer, partial(_wait, course, "client", what))
    stage.will(came, 8, course.preparer, partial(_came, course))
    return days[len(days) // 3 :]


def _finish(stage: "Stage", course: Course, day: date) -> None:
    if course.service.reviewed:
        stage.will(day, 15, course.preparer, partial(_ask_for_review, stage, course))
        stage.will(day, 16, course.reviewer, partial(_sign_off, course))
        stage.will(day, 17, course.preparer, partial(_file, course))
    stage.will(day, 18, course.preparer, partial(_close, course))


def _hold_up(stage: "Stage", course: Course) -> None:
    held = course.held
    assert held is not None
    begun = since(stage, course)
    if held.state == "waiting":
        stage.will(begun, 14, course.preparer, partial(_stand_still, course, "client"))
    elif held.state == "review":
        stage.will(begun, 16, course.preparer, partial(_show_for_review, stage, course))
    elif held.what:
        asked = stage.days_ago(held.said[-1][0])
        stage.will(asked, 10, course.lead, partial(_stand_still, course, "other"))
    if held.reminded:
        asked = stage.workday_from(begun + (stage.today - begun) * 2 // 3)
        stage.will(asked, 10, course.lead, partial(_remind, course))
    for days, who, text in held.said:
        by = {"preparer": course.preparer, "lead": course.lead}.get(who, who)
        stage.will(stage.day_of(by, days), 15, by, partial(_say, course, text))


# ------------------------------------------------------------------------------- each in its unit


async def _open(stage: "Stage", course: Course) -> None:
    service, members = course.service, stage.members
    months, locale = service.every_months, stage.plan.locale
    job = await Job.open(
        client_id=stage.clients[course.client.name].id,
        title=f"{service.name} {period_name(course.period_end, months, locale)}",
        service_id=stage.services[service.name].id,
        engagement_id=stage.engagements[course.client.name].id,
        owner_id=members[course.preparer].id,
        team_id=stage.teams[service.team].id,
        period_start=period_start(course.period_end, months), period_end=course.period_end,
        start_date=course.starts, due_date=course.due,
        budget_seconds=sum(step.minutes for step in service.steps) * 60,
        step_list=[] if course.brief else _steps(stage, course),
    )  # fmt: skip
    course.job_id = job.id
    rows = await current().fetch("select id from task where job_id = $1 order by step", job.id)
    course.step_ids = [row["id"] for row in rows]


def _steps(stage: "Stage", course: Course) -> list[dict[str, Any]]:
    """Each step is due a day before the next, the last one with the job."""
    last = len(course.service.steps) - 1
    return [
        {
            "title": step.title, "notes": step.notes, "estimate_seconds": step.minutes * 60,
            "assignee_id": stage.members[course.doer(step)].id,
            "due_date": stage.workday_by(course.due - (last - number) * _DAY),
            "depends_on": [number] if number else [],
        }
        for number, step in enumerate(course.service.steps)
    ]  # fmt: skip


async def job_of(course: Course) -> Job:
    assert course.job_id is not None
    return await Job.load(course.job_id)


async def _complete(course: Course, numbers: Sequence[int]) -> None:
    for number in numbers:
        await (await Task.load(course.step_ids[number])).complete()


async def _move_step(course: Course, status: WorkCategory) -> None:
    """The step that somebody is on."""
    await (await Task.load(course.step_ids[course.done])).move(status=status)


async def _make_ready(course: Course) -> None:
    job = await job_of(course)
    await job.move(stage=await job.stage_of(WorkCategory.READY))


async def _wait(course: Course, whom: str, what: str) -> None:
    await start_waiting(await job_of(course), whom=whom, what=what)


async def _stand_still(course: Course, whom: str) -> None:
    """The job waits, and the step that somebody is on with it."""
    assert course.held is not None
    await _move_step(course, WorkCategory(f"waiting_on_{whom}"))
    await _wait(course, whom, course.held.what)


async def _came(course: Course) -> None:
    await end_waiting(await job_of(course))


async def _remind(course: Course) -> None:
    record = await Waiting.of(await job_of(course))
    if record is not None:
        await record.remind()


async def _ask_for_review(stage: "Stage", course: Course) -> None:
    await request_review(await job_of(course), stage.members[course.reviewer].id)


async def _show_for_review(stage: "Stage", course: Course) -> None:
    """What the reviewer looks at is the step that was worked on."""
    await _move_step(course, WorkCategory.IN_REVIEW)
    await _ask_for_review(stage, course)


async def _sign_off(course: Course) -> None:
    await decide_review(await job_of(course), "signed_off")


async def _file(course: Course) -> None:
    """The last step, at the stage for it where there is one."""
    job = await job_of(course)
    if course.service.signed_off:
        workflow = await Workflow.load(job.workflow_id, lock=False)
        filing = next(stage for stage in await workflow.stages() if stage.requires_sign_off)
        await job.move(stage=filing)
    await _complete(course, [len(course.step_ids) - 1])


async def _close(course: Course) -> None:
    job = await job_of(course)
    await job.move(stage=await job.stage_of(WorkCategory.DONE))


async def _say(course: Course, text: str) -> None:
    await Comment.on_job(await job_of(course), text)
