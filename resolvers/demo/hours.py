"""The time that people booked: on the steps they did, on advice, and on the firm's own affairs."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models.events import EventKind
from models.time_entries import INTERNAL, TimeEntry
from resolvers.demo.courses import HISTORY, Course
from resolvers.demo.plans import PersonPlan

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

_FIVE_MINUTES = 300


@dataclass
class Share:
    """What one person has to do about one step, and how much of it is not booked yet."""

    course: Course
    title: str
    left: int

    def is_on(self, day: date) -> bool:
        return self.course.opened <= day <= self.course.until and self.left > 0


def note(stage: "Stage", courses: Sequence[Course]) -> None:
    """Everybody's entries, booked at the end of each week."""
    for person in stage.plan.people:
        shares = _shares(stage, person, courses)
        weeks: dict[tuple[int, int], list[tuple[date, list[_Piece]]]] = defaultdict(list)
        for day in stage.worked_days(person.name, stage.today - HISTORY, stage.last_day):
            weeks[day.isocalendar()[:2]].append((day, list(_day(stage, person, day, shares))))
        for week in weeks.values():
            stage.will(week[-1][0], 18, person.name, partial(_book, stage, person.name, week))


@dataclass(frozen=True)
class _Piece:
    """Some time of a day: on a step, for a client, or for nobody."""

    seconds: int
    note: str
    course: Course | None = None
    client: str | None = None

    def facts(self, stage: "Stage") -> dict[str, Any]:
        job_id: UUID | None = None if self.course is None else self.course.job_id
        name = self.client if self.course is None else self.course.client.name
        about = {"seconds": self.seconds, "note": self.note, "job_id": job_id}
        if name is None:
            return about | {"client_id": None, "billing": "non_billable", "activity": INTERNAL}
        return about | {"client_id": stage.clients[name].id, "billing": "billable",
                        "activity": None}  # fmt: skip


def _shares(stage: "Stage", person: PersonPlan, courses: Sequence[Course]) -> list[Share]:
    """Done steps took about what they were to take; what comes next is begun."""
    found = []
    for course in sorted(courses, key=lambda course: (course.due, course.client.name)):
        begun = course.done + (1 if not course.finished and course.done else 0)
        for number, step in enumerate(course.service.steps[:begun]):
            if course.doer(step) == person.name:
                took = stage.chance.uniform(0.8, 1.15) if number < course.done else 0.4
                found.append(Share(course, step.title, _whole(step.minutes * 60 * took)))
    return found


def _day(
    stage: "Stage", person: PersonPlan, day: date, shares: Sequence[Share]
) -> Iterator[_Piece]:
    chance, capacity = stage.chance, person.hours[day.weekday()] * 3600
    left = _whole(capacity * (person.chargeable + chance.uniform(-0.1, 0.1)))
    inside = min(int(capacity) - left, chance.randrange(1200, 5400, _FIVE_MINUTES))
    for share in shares:
        if left <= 0:
            break
        if share.is_on(day):
            seconds = min(left, share.left, chance.randrange(2400, 10800, _FIVE_MINUTES))
            share.left -= seconds
            left -= seconds
            yield _Piece(seconds, share.title, share.course)
    clients = _clients_of(stage, person.name)
    while left > 0:
        seconds = min(left, chance.randrange(1800, 7200, _FIVE_MINUTES))
        left -= seconds
        yield _Piece(seconds, chance.choice(stage.plan.advice), client=chance.choice(clients))
    yield _Piece(inside, chance.choice(stage.plan.inside))


def _clients_of(stage: "Stage", name: str) -> list[str]:
    """Whom a person advises: those whose work they do, lead or review."""
    served = {
        service.name for service in stage.plan.services
        if name in (*service.doers, stage.lead(service), stage.reviewer(service))
    }  # fmt: skip
    return [client.name for client in stage.plan.clients
            if served & set(client.services) and not client.restricted]  # fmt: skip


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
