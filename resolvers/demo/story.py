"""What every chapter of a firm's story shares: its people, its days, its diary and its chances."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from resolvers.demo.diary import Diary
from resolvers.demo.facts import ClientFacts, FirmFacts, Person, Service, StepFacts
from resolvers.demo.identities import Identities
from resolvers.demo.working_days import WorkingDays

WEEKS_OF_HISTORY = 23
RECENTLY = timedelta(days=6)

# Minutes after midnight around which people get round to writing things down.
_USUAL = (700, 1010)
_RECENT = (575, 690, 855, 1010)


@dataclass(slots=True)
class Effort:
    """Work that somebody has on their desk from a day to a day, until its minutes are used up."""

    person: Person
    client: ClientFacts
    first: date
    last: date
    minutes: int
    notes: Sequence[str]
    job_id: UUID | None = None
    task_id: UUID | None = None
    activity: str | None = None
    elastic: bool = False


@dataclass(frozen=True, slots=True)
class OnTheDesk:
    """A step that somebody is in the middle of now."""

    person: Person
    task_id: UUID
    step: StepFacts


class Story:
    """One firm as seen from `now`; the same moment tells the same story."""

    def __init__(
        self, firm_id: UUID, firm: FirmFacts, people: Sequence[Person], now: datetime
    ) -> None:
        self.firm_id, self.firm, self.now = firm_id, firm, now
        self.zone = ZoneInfo(firm.time_zone)
        self.today = now.astimezone(self.zone).date()
        self.days = WorkingDays(firm, self.today, people)
        monday = self.today - timedelta(days=self.today.weekday(), weeks=WEEKS_OF_HISTORY)
        self.begins = self.days.on_or_after(monday)
        self.chance = Random(f"{firm.name} {self.today}")  # noqa: S311  (a story, not a secret)
        self.ids = Identities(firm_id)
        self.diary = Diary(now)
        self.founded = self.at(self.begins, time(8, 35))
        self.people = {
            person.key: replace(person, id=self.id("member", person.key, order=number))
            for number, person in enumerate(people)
        }
        self.teams = {
            name: self.id("team", name, order=number)
            for number, name in enumerate(dict.fromkeys(p.team for p in people))
        }
        self.services: dict[str, Service] = {}
        self.clients: dict[str, ClientFacts] = {}
        self.efforts: list[Effort] = []
        self.desks: list[OnTheDesk] = []
        self._sittings: dict[tuple[str, date], list[datetime]] = {}

    def id(self, *name: object, order: int = 0) -> UUID:
        """The id of something the firm has had from its beginning."""
        return self.ids.of(self.founded, *name, order=order)

    def at(self, day: date, clock: time) -> datetime:
        """A moment by the firm's own clock."""
        return datetime.combine(day, clock, tzinfo=self.zone)

    def person(self, key: str) -> Person:
        return self.people[key]

    def sittings_of(self, person: Person, day: date) -> list[datetime]:
        """When somebody writes things down on a day; finer for the days that people look at."""
        known = self._sittings.get((person.key, day))
        if known is None:
            usual = _RECENT if self.now - self.at(day, time()) < RECENTLY else _USUAL
            chance = Random(f"{person.key} {day}")  # noqa: S311
            midnight = self.at(day, time())
            known = [
                midnight + timedelta(minutes=about + chance.randint(-40, 45),
                                     seconds=chance.randint(0, 59))
                for about in usual
            ]  # fmt: skip
            self._sittings[person.key, day] = known
        return known

    def next_moment(
        self, person: Person, day: date, after: datetime, *, same: bool = False
    ) -> datetime | None:
        """When somebody next gets round to it: that day or later, and after what came before.

        `same`: it is the same person who did that, and may go on in one sitting. None when that
        lies in the future.
        """
        day = max(day, after.astimezone(self.zone).date())
        while day <= self.today:
            if self.days.works(person, day):
                for moment in self.sittings_of(person, day):
                    if moment > after or (same and moment == after):
                        return moment if moment < self.now else None
            day += timedelta(days=1)
        return None

    def last_moment(self, person: Person, day: date) -> datetime:
        """The last time that somebody wrote something down on a day, or before it."""
        while not self.days.works(person, day) or self.sittings_of(person, day)[-1] >= self.now:
            day -= timedelta(days=1)
        return self.sittings_of(person, day)[-1]

    def on(self, days_ago: int) -> date:
        """A working day about so many days ago; never less than asked for, or more than a month."""
        day = self.today - timedelta(days=days_ago)
        return self.days.on_or_after(day) if days_ago > 10 else self.days.on_or_before(day)
