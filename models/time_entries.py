"""Time entries: seconds worked, on a local date, for somebody or for the firm itself."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.billed_time import must_be_unbilled, must_never_have_been_billed
from models.errors import Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.members import Member
from models.permissions import Permission
from models.unit_of_work import current
from models.visibility import Sight
from models.worked_on import worked_on

DAY_SECONDS = 86_400
INTERNAL = "internal"
"""The activity of time that is for nobody in particular."""


class TimeEntry(FirmModel):
    """Time a member worked. Its seconds are never changed by rounding."""

    thing: ClassVar[str] = "time entry"
    sight: ClassVar[Sight] = Sight.WORKED

    member = belongs_to("Member")
    member_id: UUID
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    job = belongs_to("Job", null=True)
    job_id: UUID | None
    task = belongs_to("Task", null=True)
    task_id: UUID | None
    activity = fields.CharField(100, null=True)
    timer = belongs_to("Timer", null=True)
    timer_id: UUID | None
    local_date: date = fields.DateField()
    time_zone = fields.CharField(60)
    started_at: datetime | None = fields.DatetimeField(null=True)
    stopped_at: datetime | None = fields.DatetimeField(null=True)
    seconds = fields.IntField()
    billing = fields.CharField(20)
    note = fields.CharField(2000, default="")
    source = fields.CharField(10)

    class Meta:
        table = "time_entry"

    @classmethod
    async def of_timer(cls, timer_id: UUID) -> Self | None:
        row = await current().fetchrow("select * from time_entry where timer_id = $1", timer_id)
        return None if row is None else cls.from_row(row)

    @classmethod
    async def log(cls, *, seconds: int, member_id: UUID | None = None, id: UUID | None = None,
                  local_date: date | None = None, task_id: UUID | None = None,
                  job_id: UUID | None = None, client_id: UUID | None = None,
                  **given: Any) -> Self:  # fmt: skip
        """Book time by hand: one's own, or with MANAGE_TIME somebody else's."""
        target = await worked_on(task_id=task_id, job_id=job_id, client_id=client_id)
        member = await _member(member_id)
        zone = await member.time_zone()
        today = await clock.today(zone)
        if local_date is not None:
            given["local_date"] = local_date
        _must_fit({"seconds": seconds, **given}, target["client_id"], today)
        return await cls.create(
            EventKind.TIME_LOGGED, id=id,
            given={**target, "member_id": member.id, "seconds": seconds, **given},
            derived={"local_date": today, "time_zone": zone,
                     "note": "", "source": "manual", **unless_said(target["client_id"])},
        )  # fmt: skip

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch one's own entry, or with MANAGE_TIME anybody's; not once it is billed."""
        self._must_be_mine()
        await must_be_unbilled(self.id)
        _must_fit(changes, self.client_id, await clock.today(self.time_zone))
        return await self.merge(EventKind.TIME_CHANGED, changes, expected_version)

    async def remove(self) -> None:
        """Take one's own entry back, or with MANAGE_TIME anybody's; not once it is billed."""
        self._must_be_mine()
        await must_never_have_been_billed(self.id)
        await self.record_removal(EventKind.TIME_REMOVED)

    def _must_be_mine(self) -> None:
        viewer = current().viewer
        if self.member_id != viewer.member_id and not viewer.may(Permission.MANAGE_TIME):
            raise Forbidden("This is somebody else's time.")


def unless_said(client_id: UUID | None) -> dict[str, str | None]:
    """How time is booked: a client's is billable, the firm's own is internal."""
    if client_id is None:
        return {"activity": INTERNAL, "billing": "non_billable"}
    return {"activity": None, "billing": "billable"}


def _must_fit(values: Mapping[str, Any], client_id: UUID | None, today: date) -> None:
    seconds = values.get("seconds", 0)
    if seconds < 0:
        raise ValidationError("Time worked is not negative.", path=("seconds",))
    if seconds > DAY_SECONDS:
        raise ValidationError("A day has 24 hours: book the rest on the next.", path=("seconds",))
    if values.get("local_date", today) > today:
        raise ValidationError("Time is booked once it is worked.", path=("localDate",))
    if client_id is None and values.get("billing", "non_billable") != "non_billable":
        raise ValidationError("Time for no client is not billable.", path=("billing",))


async def _member(member_id: UUID | None) -> Member:
    viewer = current().viewer
    if member_id is None:
        member_id = viewer.member_id
    elif member_id != viewer.member_id and not viewer.may(Permission.MANAGE_TIME):
        raise Forbidden("Only a manager can book somebody else's time.", path=("memberId",))
    if member_id is None:
        raise NotFound("member", path=("memberId",))
    return await Member.load(member_id, lock=False, path=("memberId",))
