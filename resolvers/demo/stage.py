"""A demo firm while it is being made: who is who, what day it is, and what is going to happen.

Everything that happens is first noted as an act, with its moment and who does it; then all acts
are played in order of time. So the firm's stream tells its story as it went.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from uuid_utils.compat import uuid7

from models import clock
from models.clients import Client
from models.contacts import Contact
from models.engagements import Engagement
from models.members import Member
from models.permissions import Role
from models.teams import Team
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from models.workflows import Service
from resolvers.demo.days import days_between, is_workday, workday_by, workday_from
from resolvers.demo.plans import FirmPlan, PersonPlan, ServicePlan

_AGE = timedelta(days=450)
_DAY = timedelta(days=1)
Do = Callable[[], Awaitable[object]]


@dataclass(frozen=True, order=True)
class Act:
    """Something that somebody did at a moment; of two at one moment the first noted is first."""

    at: datetime
    number: int
    by: str = field(compare=False)
    do: Do = field(compare=False)


@dataclass
class Stage:
    """The firm, its people and clients by name, and its acts."""

    firm_id: UUID
    plan: FirmPlan
    now: datetime
    chance: Random
    members: dict[str, Member] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    engagements: dict[str, Engagement] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    _at_work: dict[tuple[str, date], bool] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The date where the firm is."""
        return clock.local_date(self.now, self.plan.time_zone)

    @cached_property
    def last_day(self) -> date:
        """The last day that has been worked to its end: nothing happens after it."""
        return self.workday_by(self.today - timedelta(days=1))

    @cached_property
    def first_day(self) -> date:
        """The day on which the firm was founded."""
        return self.workday_from(self.today - _AGE)

    @property
    def year_ago(self) -> date:
        """The first day of which the time is told."""
        return self.today - relativedelta(years=1)

    @property
    def owner(self) -> str:
        return self.plan.people[0].name

    def viewer(self, name: str) -> Viewer:
        if name in self.plan.contacts:
            contact = self.contacts[name]
            return Viewer.of_contact(self.firm_id, contact.id, session_id=uuid7())
        member = self.members[name]
        return Viewer(self.firm_id, member.id, Role(member.role))

    def at(self, day: date, hour: int) -> datetime:
        """A moment of that hour where the firm is."""
        local = datetime.combine(
            day, time(hour, self.chance.randrange(60)), ZoneInfo(self.plan.time_zone)
        )
        return local.astimezone(UTC)

    def will(self, day: date, hour: int, by: str, do: Do) -> None:
        """Note an act; none lies in the future, and somebody else acts for who is away."""
        day = min(day, self.last_day)
        if not self.works(by, day):
            by = next(name for name in self.plan.stand_ins if self.works(name, day))
        self.acts.append(Act(self.at(day, hour), len(self.acts), by, do))

    async def play(self, advance: Callable[[int], None]) -> None:
        """All acts in order of time: a day's in one unit of work, but a contact's in their own."""
        done = 0
        for _, day in groupby(sorted(self.acts), key=self._unit_of):
            acts = list(day)
            async with unit_of_work(self.viewer(acts[0].by), at=acts[0].at) as unit:
                for act in acts:
                    if act is not acts[0]:
                        await unit.go_on_as(self.viewer(act.by), act.at)
                    await act.do()
            done += len(acts)
            advance(done * self.plan.size // len(self.acts))

    def _unit_of(self, act: Act) -> tuple[date, str]:
        return act.at.date(), act.by if act.by in self.plan.contacts else ""

    # --------------------------------------------------------------------------- days and people

    def workday_by(self, day: date) -> date:
        return workday_by(day, self.plan.country)

    def workday_from(self, day: date) -> date:
        return workday_from(day, self.plan.country)

    def days_ago(self, days: int) -> date:
        """A day of work that long ago, or a little more."""
        return min(self.workday_by(self.today - timedelta(days=days)), self.last_day)

    def day_of(self, name: str, days: int) -> date:
        """The last day that a person was at work so long ago, or before."""
        day = self.days_ago(days)
        return self.worked_days(name, day - timedelta(days=21), day)[-1]

    def works(self, name: str, day: date) -> bool:
        """Whether a person was at work on that day; a contact is whenever the firm is."""
        if name in self.plan.contacts:
            return is_workday(day, self.plan.country)
        if (name, day) not in self._at_work:
            self._at_work[name, day] = (
                is_workday(day, self.plan.country)
                and self.plan.person(name).hours[day.weekday()] > 0
                and not self.is_away(name, day)
            )
        return self._at_work[name, day]

    def worked_days(self, name: str, first: date, last: date) -> list[date]:
        """On which days a person was at work, of those that are over."""
        last = min(last, self.last_day)
        return [day for day in days_between(first, last) if self.works(name, day)]

    def left_on(self, name: str) -> date | None:
        """A person's last day."""
        days = self.plan.person(name).left_days_ago
        return None if days is None else self.days_ago(days)

    def joined_on(self, person: PersonPlan) -> date:
        """A person's first day: the first of a month that is a day of work."""
        month = self.today.replace(day=1) - relativedelta(months=person.joined)
        return self.workday_from(month)

    def days_off_of(self, person: PersonPlan) -> list[tuple[date, date, str]]:
        """Since when, until when, and of what kind."""
        return [(self.today + off.first * _DAY, self.today + off.last * _DAY, off.kind)
                for off in person.days_off]  # fmt: skip

    def is_away(self, name: str, day: date) -> bool:
        """Whether a person has left by then, or is on leave."""
        left = self.left_on(name)
        return (left is not None and day > left) or any(
            first <= day <= last for first, last, _ in self.days_off_of(self.plan.person(name))
        )

    def lead(self, service: ServicePlan) -> str:
        return self.plan.leads[service.team]

    def reviewer(self, service: ServicePlan) -> str:
        return self.plan.reviewers[service.team]
