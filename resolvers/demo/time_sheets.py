"""What everybody's days went into: a time sheet for each member and working day.

A day's billable time is drawn around the member's usual share of capacity and laid on the work
that was on their desk that day, the most urgent first.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from resolvers.demo import verbs
from resolvers.demo.facts import ClientFacts, Person
from resolvers.demo.story import Effort, Story
from resolvers.demo.working_days import calendar_days


@dataclass(frozen=True, slots=True)
class Habits:
    """What people of a firm write when it is not a step of a job."""

    ad_hoc: tuple[str, ...]
    """For a client, without a job."""
    ad_hoc_activity: str | None
    internal: tuple[tuple[str, tuple[str, ...]], ...]
    """Activities of the firm's own, each with notes."""
    monday: tuple[str, str]
    """The meeting at the beginning of the week."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some minutes of a day, and on what."""

    minutes: int
    note: str
    effort: Effort | None = None
    client: ClientFacts | None = None
    activity: str | None = None
    billing: str = "billable"


def write_time_sheets(story: Story, habits: Habits) -> None:
    """Note everybody's time, from the second day to this one's evening if that is past."""
    for person in story.people.values():
        sheet = TimeSheet(story, habits, person)
        for day in calendar_days(story.begins + timedelta(days=1), story.today):
            if story.days.works(person, day):
                evening = story.sittings_of(person, day)[-1]
                if evening < story.now:
                    story.diary.note(evening, person, verbs.write_time, entries=sheet.of(day))


class TimeSheet:
    """One member's time, day after day."""

    def __init__(self, story: Story, habits: Habits, person: Person) -> None:
        self._story, self._habits, self._person = story, habits, person
        self._chance = story.chance
        self._unit = story.firm.smallest_seconds // 60
        self._weeks: dict[tuple[int, int], int] = defaultdict(
            lambda: self._chance.randint(-60, 60)
        )
        self._efforts = sorted(
            (effort for effort in story.efforts if effort.person.key == person.key),
            key=lambda effort: (effort.last, effort.first, effort.client.name),
        )
        self._clients = [
            client for client in story.clients.values()
            if person.key in client.services.values() and client.status == "active"
        ] or [c for c in story.clients.values() if c.partner == person.key and not c.restricted]  # fmt: skip

    def of(self, day: date) -> list[dict[str, Any]]:
        """The day's entries, as rows."""
        capacity = self._person.week[day.weekday()]
        billable = self._whole(capacity * self._share(day) // 1000)
        parts = [*self._billable(day, billable), *self._internal(day, capacity - billable)]
        return [self._row(day, number, part) for number, part in enumerate(parts)]

    def _share(self, day: date) -> int:
        year, week, _ = day.isocalendar()
        drawn = self._person.billable + self._weeks[year, week] + self._chance.randint(-150, 150)
        return min(max(drawn, 350), 920)

    def _billable(self, day: date, minutes: int) -> list[Part]:
        active = [e for e in self._efforts if e.first <= day <= e.last]
        parts, left = [], minutes
        for effort in [e for e in active if not e.elastic and e.minutes > 0][:5]:
            days = max(1, (effort.last - day).days * 5 // 7 + 1)
            part = self._whole(min(max(effort.minutes // days, 30), effort.minutes, left))
            if part >= self._unit:
                parts.append(self._on(effort, part))
                effort.minutes -= part
                left -= part
        elastic = [e for e in active if e.elastic]
        for effort in self._chance.sample(elastic, min(2, len(elastic))):
            part = self._whole(left * self._chance.randint(45, 80) // 100)
            if part >= 3 * self._unit:
                parts.append(self._on(effort, part))
                left -= part
        return parts + self._ad_hoc(left)

    def _on(self, effort: Effort, minutes: int) -> Part:
        note = "" if self._chance.random() < 0.1 else self._chance.choice(effort.notes)
        return Part(minutes, note, effort, effort.client, effort.activity)

    def _ad_hoc(self, left: int) -> list[Part]:
        parts = []
        while left >= self._unit:
            part = self._whole(min(left, self._chance.randint(15, 85)))
            if left - part < 2 * self._unit:
                part = left
            note, client = self._chance.choice(self._habits.ad_hoc), self._chance.choice(
                self._clients
            )  # fmt: skip
            parts.append(Part(part, note, client=client, activity=self._habits.ad_hoc_activity))
            left -= part
        if parts and self._chance.random() < 0.04:
            slip = "Put right a mistake of ours, not charged"
            parts.append(Part(3 * self._unit, slip, client=parts[-1].client, billing="no_charge"))
        return parts

    def _internal(self, day: date, left: int) -> list[Part]:
        parts = []
        if day.weekday() == 0:
            activity, note = self._habits.monday
            parts.append(Part(6 * self._unit, note, activity=activity, billing="non_billable"))
            left -= 6 * self._unit
        part = self._whole(left * self._chance.randint(55, 95) // 100)
        if part >= self._unit:
            activity, notes = self._chance.choice(self._habits.internal)
            note = self._chance.choice(notes)
            parts.append(Part(part, note, activity=activity, billing="non_billable"))
        return parts

    def _whole(self, minutes: int) -> int:
        return minutes // self._unit * self._unit

    def _row(self, day: date, number: int, part: Part) -> dict[str, Any]:
        story, effort = self._story, part.effort
        evening = story.sittings_of(self._person, day)[-1]
        return {
            "id": story.ids.of(evening, "time", self._person.key, day, number, order=number),
            "member_id": self._person.id, "client_id": part.client and part.client.id,
            "job_id": effort and effort.job_id, "task_id": effort and effort.task_id,
            "activity": part.activity, "local_date": day, "time_zone": story.firm.time_zone,
            "seconds": part.minutes * 60, "billing": part.billing, "note": part.note,
            "source": "manual",
        }  # fmt: skip
