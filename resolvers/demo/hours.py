"""The time that people booked: on the steps they did, on advice, and on the firm's own affairs."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models.events import EventKind
from models.time_entries import TimeEntry
from resolvers.demo.courses import HISTORY, Course, since
from resolvers.demo.plans import PersonPlan

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_DAY = timedelta(days=1)
_FIVE_MINUTES = 300


@dataclass
class Share:
    """What one person has to do about one step, when, and how much of it is not booked yet."""

    course: Course
    number: int | None
    """Which of its steps; None for the job as a whole."""
    first: date
    last: date
    left: int

    @property
    def title(self) -> str:
        service = self.course.service
        return service.name if self.number is None else service.steps[self.number].title

    @property
    def task_id(self) -> UUID | None:
        return None if self.number is None else self.course.step_ids[self.number]

    def is_on(self, day: date) -> bool:
        return self.first <= day <= self.last and self.left > 0


@dataclass(frozen=True)
class _Piece:
    """Some time of a day: on a step, for a client, or for nobody."""

    seconds: int
    note: str
    share: Share | None = None
    client: str | None = None
    activity: str | None = None

    def facts(self, stage: "Stage") -> dict[str, Any]:
        about: dict[str, Any] = {
            "seconds": self.seconds, "note": self.note, "activity": self.activity,
            "billing": "billable", "client_id": None, "job_id": None, "task_id": None,
        }  # fmt: skip
        if self.share is not None:
            course = self.share.course
            return about | {"client_id": stage.clients[course.client.name].id,
                            "job_id": course.job_id,
                            "task_id": self.share.task_id}  # fmt: skip
        if self.client is not None:
            return about | {"client_id": stage.clients[self.client].id}
        return about | {"billing": "non_billable"}


def note(stage: "Stage", courses: Sequence[Course]) -> None:
    """Everybody's entries of the past months, booked at the end of each week."""
    _note(stage, courses, (stage.today - HISTORY, stage.last_day), (1800, 7200))


def note_in_brief(stage: "Stage", courses: Sequence[Course]) -> None:
    """Those of the months before, in longer pieces."""
    _note(stage, courses, (stage.year_ago, stage.today - HISTORY - _DAY), (10800, 21600))


def _note(stage: "Stage", courses: Sequence[Course], span: tuple[date, date],
          at_once: tuple[int, int]) -> None:  # fmt: skip
    for person in stage.plan.people:
        diary = _Diary.of(stage, person, courses, span, at_once)
        weeks: dict[tuple[int, int], list[tuple[date, list[_Piece]]]] = defaultdict(list)
        for day in diary.days:
            weeks[day.isocalendar()[:2]].append((day, list(diary.pieces(day))))
        for week in weeks.values():
            stage.will(week[-1][0], 18, person.name, partial(_book, stage, person.name, week))


@dataclass(frozen=True)
class _Diary:
    """One person's days at work, and what they had to do on them."""

    stage: "Stage"
    person: PersonPlan
    days: list[date]
    shares: list[Share]
    """What is to be done first comes first."""
    clients: list[str]
    at_once: tuple[int, int]
    """Between how many seconds a piece of advice takes."""

    @classmethod
    def of(cls, stage: "Stage", person: PersonPlan, courses: Sequence[Course],
           span: tuple[date, date], at_once: tuple[int, int]) -> "_Diary":  # fmt: skip
        days = stage.worked_days(person.name, *span)
        shares = [share for course in courses for share in _shares(stage, person.name, course)]
        shares.sort(key=lambda share: (share.last, share.course.client.name, share.number))
        return cls(stage, person, days, shares, _clients_of(stage, person.name), at_once)

    def pieces(self, day: date) -> Iterator[_Piece]:
        """Steps first, then advice up to what is for clients, then the firm's own affairs."""
        chance, capacity = self.stage.chance, int(self.person.hours[day.weekday()] * 3600)
        chargeable = _whole(capacity * (self.person.chargeable + chance.uniform(-0.1, 0.1)))
        done = 0
        for share in self.shares:
            if share.is_on(day):
                seconds = self._on(share, day, chargeable - done, capacity - done)
                share.left -= seconds
                done += seconds
                share.course.booked += seconds
                yield _Piece(seconds, share.title, share)
        while done < chargeable:
            seconds = min(chargeable - done, chance.randrange(*self.at_once, _FIVE_MINUTES))
            done += seconds
            yield _Piece(seconds, chance.choice(self.stage.plan.advice),
                         client=chance.choice(self.clients))  # fmt: skip
        activity, what = chance.choice(self.stage.plan.inside)
        inside = min(capacity - done, chance.randrange(1200, 5400, _FIVE_MINUTES))
        yield _Piece(inside, what, activity=activity)

    def _on(self, share: Share, day: date, left: int, at_most: int) -> int:
        """How long; what is due within the week is done in the time for other things, too, and
        on its last day however late it gets."""
        days = bisect_right(self.days, share.last) - bisect_left(self.days, day)
        if days == 1:
            return share.left
        wanted = self.stage.chance.randrange(3600, 14400, _FIVE_MINUTES)
        pressing = _whole(share.left / days) + _FIVE_MINUTES
        return max(0, min(at_most if days <= 6 else left, share.left, max(wanted, pressing)))


def _shares(stage: "Stage", name: str, course: Course) -> Iterator[Share]:
    """Done steps took about what they were to take; what comes next is begun."""
    if course.brief:
        if course.preparer == name:
            took = sum(step.minutes for step in course.service.steps) * 60
            yield Share(course, None, course.opened, course.until,
                        _whole(took * stage.chance.uniform(0.8, 1.1)))  # fmt: skip
        return
    steps = [(0.8, 1.15, course.opened, day) for day in course.done_on]
    if course.begun_on is not None:
        steps.append(_begun(stage, course, course.begun_on))
    for number, (least, most, first, last) in enumerate(steps):
        step = course.service.steps[number]
        doer = course.doer(step)
        if not stage.worked_days(doer, first, last):
            doer = course.preparer
        if doer == name:
            took = _whole(step.minutes * 60 * stage.chance.uniform(least, most))
            yield Share(course, number, first, last, took)


def _begun(stage: "Stage", course: Course, day: date) -> tuple[float, float, date, date]:
    """Some of it, until it came to stand still; whole where it lies with the reviewer."""
    if course.held is None or course.held.state == "overdue":
        return 0.25, 0.6, day, stage.last_day
    rests = since(stage, course)
    return (0.8, 1.1, day, rests) if course.held.state == "review" else (0.2, 0.5, day, rests)


def _clients_of(stage: "Stage", name: str) -> list[str]:
    """Whom a person advises: those whose work they do, lead or review."""
    served = {
        service.name for service in stage.plan.services
        if name in (*service.doers, stage.lead(service), stage.reviewer(service))
    }  # fmt: skip
    return [client.name for client in stage.plan.clients
            if served & set(client.services) and not client.restricted
            and client.status == "active"]  # fmt: skip


async def _book(stage: "Stage", name: str, week: Sequence[tuple[date, list[_Piece]]]) -> None:
    member = stage.members[name]
    common = {"member_id": member.id, "time_zone": stage.plan.time_zone, "source": "manual"}
    await TimeEntry.record_all(
        EventKind.TIME_LOGGED,
        [{**common, "local_date": day, **piece.facts(stage)} for day, pieces in week
         for piece in pieces if piece.seconds > 0],
    )  # fmt: skip


def _whole(seconds: float) -> int:
    """In steps of five minutes, as people book."""
    return int(seconds) // _FIVE_MINUTES * _FIVE_MINUTES
