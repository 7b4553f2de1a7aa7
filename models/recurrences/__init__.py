"""Recurrences: a template that comes back for a client, by a rule."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client, firm_today
from models.database import database
from models.engagements import Engagement
from models.errors import ValidationError
from models.events import EventKind
from models.members import Member
from models.recurrences.rules import Rule, periods_of
from models.teams import Team
from models.templates import Template
from models.visibility import Sight
from models.work_queue import Piece, WorkKind
from models.working_days import BusinessDayRule, OffsetUnit, moved, must_be_near, offset_from

_DAY = timedelta(days=1)
_PAST_DAYS, _COMING_DAYS = 366, 3_660
"""How far back and ahead a recurrence may begin: what it owes is made at once."""
_MOST_LEFT_OUT = 100


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One period of a recurrence, and when its work is due and made."""

    period_start: date
    period_end: date
    due_date: date
    made_on: date

    @property
    def key(self) -> str:
        """What tells one period from another, for ever."""
        return self.period_end.isoformat()

    @property
    def start_date(self) -> date:
        """Work on a period begins when it is over, never after it is due."""
        return min(self.period_end + _DAY, self.due_date)


class Recurrence(FirmModel):
    """Makes a job for each period, ahead of time."""

    thing: ClassVar[str] = "recurrence"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    template = belongs_to("Template")
    template_id: UUID
    engagement = belongs_to("Engagement", null=True)
    engagement_id: UUID | None
    rule = fields.CharField(200)
    first_date: date = fields.DateField()
    except_dates: Any = fields.JSONField(default=list)
    horizon_days: int = fields.IntField()
    due_count: int = fields.IntField()
    due_unit = fields.CharField(20)
    business_day_rule = fields.CharField(20)
    owner = belongs_to("Member", null=True)
    owner_id: UUID | None
    team = belongs_to("Team", null=True)
    team_id: UUID | None
    ended_on: date | None = fields.DateField(null=True)
    next_date: date | None = fields.DateField(null=True)

    class Meta:
        table = "recurrence"

    @classmethod
    async def start(cls, *, client_id: UUID, template_id: UUID, rule: str, first_date: date,
                    id: UUID | None = None, **given: Any) -> Self:  # fmt: skip
        """Let the template come back for the client; what is due already is made at once."""
        client = await Client.load(client_id, lock=False, path=("clientId",))
        if not client.is_served:
            raise ValidationError("Nothing comes back for a former client.", path=("clientId",))
        template = await Template.load(template_id, lock=False, path=("templateId",))
        await template.published_version()
        await _must_fit(client_id, first_date, given)
        read = Rule.read(rule, first_date).written_out()
        if "except_dates" in given:
            given["except_dates"] = _left_out(given["except_dates"], read)
        left_out = given.get("except_dates", ())
        due = given.pop("due", None) or {"count": 0, "unit": OffsetUnit.CALENDAR_DAYS}
        must_be_near(due["count"], "due")
        if not 0 <= given.get("horizon_days", 0) <= _PAST_DAYS:
            raise ValidationError(f"It looks 0 to {_PAST_DAYS} days ahead.", path=("horizonDays",))
        made = await cls.create(
            EventKind.RECURRENCE_STARTED, id=id,
            given={"client_id": client_id, "template_id": template_id, "rule": str(read),
                   "first_date": first_date, "due_count": due["count"], "due_unit": due["unit"],
                   **given},
            derived={"horizon_days": 0, "business_day_rule": BusinessDayRule.NONE,
                     "except_dates": [],
                     "next_date": next((day for day in read.dates(first_date)
                                        if day not in left_out), None)},
        )  # fmt: skip
        if made.is_new:
            await database().queue.put(Piece(WorkKind.MAKE_DUE_JOBS, made.firm_id, made.id))
        return made

    async def end(self, on: date | None = None) -> Self:
        """Its last day: no period that ends later is made; what was made stays. Ended once, it can
        only end earlier."""
        before_all = self.first_date - _DAY
        if on is not None and on < before_all:
            raise ValidationError("It cannot end before it began.", path=("endedOn",))
        last = on or max(await firm_today(), before_all)
        if self.ended_on is not None and self.ended_on <= last:
            return self
        goes_on = self.next_date is not None and self.next_date <= last
        return await self.record(EventKind.RECURRENCE_ENDED, ended_on=last,
                                 next_date=self.next_date if goes_on else None)  # fmt: skip

    def occurrences(self, since: date, holidays: Container[date]) -> Iterator[Occurrence]:
        """Its periods that end on `since` or later, in order, as far as is looked ahead; those that
        are left out leave the others as they are."""
        for first, last in periods_of(self.rule, self.first_date, since):
            if self.ended_on is not None and last > self.ended_on:
                return
            if last in self.except_dates:
                continue
            due = offset_from(last, self.due_count, OffsetUnit(self.due_unit), holidays)
            yield Occurrence(
                first, last, moved(due, BusinessDayRule(self.business_day_rule), holidays),
                last - self.horizon_days * _DAY,
            )  # fmt: skip


def _left_out(days: list[date], rule: Rule) -> list[date]:
    """In order, each once. Raises ValidationError for a day that leaves out nothing."""
    ordered = sorted(set(days))
    if len(ordered) > _MOST_LEFT_OUT:
        raise ValidationError(f"At most {_MOST_LEFT_OUT} periods are left out.",
                              path=("exceptDates",))  # fmt: skip
    for day in ordered:
        if next(rule.dates(day), None) != day:
            raise ValidationError(f"{day} is no day that the rule names.", path=("exceptDates",))
    return ordered


async def _must_fit(client_id: UUID, first_date: date, given: dict[str, Any]) -> None:
    await Member.must_work_here(given.get("owner_id"), "ownerId")
    await Team.must_exist(given.get("team_id"), "teamId")
    await Engagement.must_be_of(client_id, given.get("engagement_id"))
    today = await firm_today()
    if not today - _PAST_DAYS * _DAY <= first_date <= today + _COMING_DAYS * _DAY:
        raise ValidationError("It begins within the year before today and the ten years after.",
                              path=("firstDate",))  # fmt: skip
