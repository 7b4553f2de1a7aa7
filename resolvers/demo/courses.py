"""The course of each job: when it was opened, how far it has come, when it was finished."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING
from uuid import UUID

from resolvers.demo.days import period_ends
from resolvers.demo.plans import LEAD, ClientPlan, Held, ServicePlan, StepPlan

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

FORMER_SINCE = 40
"""So many days ago a former client went."""
HISTORY = timedelta(days=150)
_DAY = timedelta(days=1)
_AHEAD = timedelta(days=20)
"""So long before their time jobs are made."""
_RUN_UP = timedelta(days=12)
"""At least so long a job has been open before it can be held up."""


@dataclass
class Course:
    """One job for one period."""

    client: ClientPlan
    service: ServicePlan
    period_end: date
    opened: date
    """When the job was made."""
    starts: date
    """When work on it is to begin."""
    due: date
    preparer: str
    lead: str
    reviewer: str
    done: int = 0
    """How many of its steps are done."""
    until: date = date.max
    """The last of them by then."""
    finished: bool = False
    held: Held | None = None
    brief: bool = False
    """So long ago that its steps are not told."""
    queued: bool = False
    """The period before it is not through yet."""
    done_on: list[date] = field(default_factory=list, compare=False)
    """On which days its done steps were done."""
    begun_on: date | None = field(default=None, compare=False)
    """On which day the step after them was begun, where somebody is on it."""
    job_id: UUID | None = field(default=None, compare=False)
    step_ids: list[UUID] = field(default_factory=list, compare=False)
    booked: int = field(default=0, compare=False)
    """How many seconds were booked on it."""

    def doer(self, step: StepPlan) -> str:
        return self.lead if step.by == LEAD else self.preparer


def all_courses(stage: "Stage") -> list[Course]:
    """Those of the past months and those of today, for each client and service."""
    return [
        course
        for client in stage.plan.clients
        for service in stage.plan.services
        if service.name in client.services and client.status in ("active", "former")
        for course in _courses(stage, client, service)
        if client.status == "active" or _is_over(stage, course)
    ]


def _is_over(stage: "Stage", course: Course) -> bool:
    """For who is a client no more there is what was finished before they went."""
    return course.finished and course.until < stage.days_ago(FORMER_SINCE)


def _courses(stage: "Stage", client: ClientPlan, service: ServicePlan) -> Iterator[Course]:
    """The periods of one service for one client, the held one among them."""
    courses = list(by_the_calendar(stage, client, service))
    held = next((h for h in stage.plan.held
                 if (h.client, h.service) == (client.name, service.name)), None)  # fmt: skip
    stopped = None if held is None else _held(stage, courses, held)
    for course in courses:
        if stopped is not None and course.period_end >= stopped.period_end:
            break
        if stage.today - HISTORY <= course.starts <= stage.last_day:
            gone = _gone_its_way(stage, course)
            yield gone
            if not gone.finished:
                stopped = gone
        elif stage.last_day < course.starts <= stage.today + _AHEAD:
            yield _planned(stage, course)
    if stopped is not None:
        if stopped.held is not None:
            yield stopped
        yield from _queued_behind(stage, courses, stopped)


def by_the_calendar(stage: "Stage", client: ClientPlan, service: ServicePlan) -> Iterator[Course]:
    first, last = service.promised
    turn = stage.plan.turn(service, client)
    promised = timedelta(days=first + turn * 37 % (last - first + 1))
    ahead = timedelta(days=service.before_period_ends)
    ends = period_ends(service.every_months, client.year_ends, stage.today - timedelta(days=800))
    for end in takewhile(lambda end: end - ahead < stage.today + _AHEAD, ends):
        due = stage.workday_by(end + promised)
        begins = max(end + _DAY - ahead, due - timedelta(days=service.lead_days))
        day = stage.workday_from(begins)
        yield Course(
            client, service, end, day, day, due,
            preparer=stage.plan.preparer(service, client),
            lead=stage.lead(service), reviewer=stage.reviewer(service),
        )  # fmt: skip


def _gone_its_way(stage: "Stage", course: Course) -> Course:
    """Finished some days before it was due, or on the way there."""
    finish = stage.workday_by(course.due - stage.chance.randint(1, 6) * _DAY)
    finish = max(finish, stage.workday_from(course.opened + 2 * _DAY))
    left = stage.left_on(course.preparer)
    if left is not None and finish > left - _DAY:
        course = replace(course, preparer=course.lead)
    steps = len(course.service.steps)
    days = stage.worked_days(course.preparer, course.opened + _DAY, finish)
    if finish <= stage.last_day and days:
        return replace(course, done=steps, until=finish, finished=True)
    # What is due today or was due on a holiday is still on its way: it is not late.
    due = max(course.due, stage.workday_from(stage.today + _DAY))
    share = len(days) / max(1, (finish - course.opened).days * 5 // 7)
    gone = min(steps - 1, max(0, int(steps * (1.3 * share - 0.3))))
    until = days[-1 - stage.chance.randrange((len(days) + 1) // 2)] if days else stage.last_day
    return replace(course, due=due, done=gone if days else 0, until=until)


def _planned(stage: "Stage", course: Course) -> Course:
    """Made ahead of its time, on one of the last days."""
    return _for_one_who_stays(
        stage, replace(course, opened=stage.days_ago(stage.chance.randint(1, 8)))
    )


def _for_one_who_stays(stage: "Stage", course: Course) -> Course:
    gone = stage.left_on(course.preparer) is not None
    return replace(course, preparer=course.lead) if gone else course


def _held(stage: "Stage", courses: list[Course], held: Held) -> Course:
    """The latest period that was open long enough to be held up as it is."""
    since = stage.days_ago(3) if held.to_come else _since(stage, held)
    by = since - _RUN_UP
    course = [c for c in courses if c.period_end - c.service.before_period_ends * _DAY < by][-1]
    opened = stage.workday_by(min(by, max(course.opened, by - 10 * _DAY)))
    here = (name for name in (course.preparer, course.lead)
            if not stage.is_away(name, stage.today))  # fmt: skip
    soon = stage.workday_from(
        stage.today + (held.days if held.to_come else 2 + held.days % 9) * _DAY
    )
    due = {"overdue": since, "ready": soon, "planned": soon}.get(held.state, max(course.due, soon))
    said = min((stage.days_ago(days) for days, _, _ in held.said), default=since)
    return replace(
        course, opened=opened, starts=opened, due=due, preparer=held.owner or next(here),
        done=held.done, until=min(since, said) - _DAY, held=held,
    )  # fmt: skip


def _since(stage: "Stage", held: Held) -> date:
    """When it began to be held up: weekends make a short time longer and a long one shorter."""
    day = stage.today - held.days * _DAY
    return min(stage.workday_by(day) if held.days < 20 else stage.workday_from(day), stage.last_day)


def since(stage: "Stage", course: Course) -> date:
    """Since when the course is held up."""
    assert course.held is not None
    return _since(stage, course.held)


def _queued_behind(stage: "Stage", courses: list[Course], stopped: Course) -> Iterator[Course]:
    """Later periods wait until the held one is through."""
    for course in courses:
        if course.period_end > stopped.period_end and course.starts <= stage.today + _AHEAD:
            soon = max(stopped.due + _DAY, stage.today + 6 * _DAY)
            due = max(course.due, stage.workday_from(soon))
            opened = min(course.opened, stage.days_ago(1))
            queued = replace(course, opened=opened, due=due, queued=True)
            yield _for_one_who_stays(stage, queued)
