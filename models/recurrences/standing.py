"""What recurrences owe today, as things stand with whomever and whatever they name: read once for
however many there are."""

from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.clients import Client, firm_today
from models.engagements import Engagement
from models.firms import Firm
from models.jobs.opening import Opening
from models.members import Member
from models.recurrences import Occurrence, Recurrence
from models.templates import Template
from models.templates.applying import Planning, Wish


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be made of one recurrence now, the period that comes after it, and whether that
    one is due by now, too."""

    recurrence: Recurrence
    due: Sequence[Occurrence]
    coming: date | None
    more: bool


@dataclass(frozen=True)
class Standing:
    """How what recurrences name stands today."""

    today: date
    holidays: Container[date]
    clients: Mapping[UUID, Client]
    engagements: Mapping[UUID, Engagement]
    templates: Mapping[UUID, Template]
    working_here: AbstractSet[UUID]

    @classmethod
    async def of(cls, recurrences: Sequence[Recurrence]) -> "Standing":
        return cls(
            await firm_today(), await (await Firm.mine()).holidays(),
            await Client.load_all((each.client_id for each in recurrences), path=()),
            await Engagement.load_all((each.engagement_id for each in recurrences), path=()),
            await Template.load_all((each.template_id for each in recurrences), path=()),
            await Member.working_here(each.owner_id for each in recurrences),
        )  # fmt: skip

    def owed(self, recurrence: Recurrence, at_most: int) -> Owed:
        """Of at most so many periods. Once its engagement has ended no later one is made, and for a
        former client they pass."""
        due: list[Occurrence] = []
        if recurrence.next_date is None:
            return Owed(recurrence, due, None, more=False)
        last = self._last_day(recurrence)
        is_served = self.clients[recurrence.client_id].is_served
        for occurrence in recurrence.occurrences(recurrence.next_date, self.holidays):
            if occurrence.period_end > last:
                break
            is_due = occurrence.made_on <= self.today
            if not is_due or len(due) == at_most:
                return Owed(recurrence, due, occurrence.period_end, more=is_due)
            if is_served:
                due.append(occurrence)
        return Owed(recurrence, due, None, more=False)

    async def openings(self, wanted: Sequence[tuple[Recurrence, Occurrence]]) -> list[Opening]:
        """The jobs to be of these periods, each as its template is applied."""
        wishes = [
            Wish(self.templates[recurrence.template_id], recurrence.client_id,
                 start_date=period.start_date, due_date=period.due_date,
                 period_start=period.period_start, period_end=period.period_end)
            for recurrence, period in wanted
        ]  # fmt: skip
        planning = await Planning.of(wishes)
        return [
            planning.plan(wish).opening(
                recurrence.client_id, period_start=period.period_start,
                period_end=period.period_end, start_date=period.start_date,
                due_date=period.due_date, recurrence_id=recurrence.id, period_key=period.key,
                **self._chosen(recurrence),
            )
            for wish, (recurrence, period) in zip(wishes, wanted, strict=True)
        ]  # fmt: skip

    def _chosen(self, recurrence: Recurrence) -> dict[str, Any]:
        """What it says itself. Where its owner has left, whoever answers for the client's work does
        for this, too."""
        said = {name: value for name in ("engagement_id", "owner_id", "team_id")
                if (value := getattr(recurrence, name)) is not None}  # fmt: skip
        if said.get("owner_id") not in self.working_here:
            said.pop("owner_id", None)
        return said

    def _last_day(self, recurrence: Recurrence) -> date:
        """Its engagement's last day; without one, the calendar's."""
        if recurrence.engagement_id is None:
            return date.max
        return self.engagements[recurrence.engagement_id].end_date or date.max
