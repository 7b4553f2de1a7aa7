"""Timers: at most one runs per member, on the database's clock."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.members import Member
from models.time_entries import TimeEntry, unless_said
from models.unit_of_work import current
from models.visibility import Sight
from models.worked_on import worked_on


class Timer(FirmModel):
    """A member's running clock on a task, a job, a client or the firm's own work."""

    thing: ClassVar[str] = "timer"
    sight: ClassVar[Sight] = Sight.WORKED

    member = belongs_to("Member")
    member_id: UUID
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    job = belongs_to("Job", null=True)
    job_id: UUID | None
    task = belongs_to("Task", null=True)
    task_id: UUID | None
    note = fields.CharField(2000, default="")
    started_at: datetime = fields.DatetimeField()
    stopped_at: datetime | None = fields.DatetimeField(null=True)
    discarded = fields.BooleanField(default=False)

    class Meta:
        table = "timer"

    @classmethod
    async def start(cls, *, id: UUID | None = None, note: str = "",
                    **about: UUID | None) -> tuple[Self, TimeEntry | None]:  # fmt: skip
        """Start the viewer's timer, stopping the one that runs, in one act and at one moment.

        Starting what runs already leaves it running, and a start that is said again under its id
        starts and stops nothing. Returns the timer and, after a switch, the entry that the other
        one became.
        """
        member = await _hold_the_clock()
        given = {"member_id": member.id, **await worked_on(**about), "note": note}
        running = await cls.running(member.id)
        if running is not None and (running.id == id or running.is_on(given)):
            return running, None
        moment, entry = await clock.now(), None
        if running is not None and not await cls.was_started(id):
            moment = max(moment, running.started_at)
            _, entry = await running.stop(moment)
        timer = await cls.create(EventKind.TIMER_STARTED, id=id, given=given,
                                 derived={"started_at": moment, "discarded": False})  # fmt: skip
        return timer, entry

    @classmethod
    async def was_started(cls, id: UUID | None) -> bool:
        return id is not None and await cls.find(id) is not None

    @classmethod
    async def running(cls, member_id: UUID) -> Self | None:
        return await cls.held("member_id = $1 and stopped_at is null", member_id)

    @classmethod
    async def mine(cls, id: UUID | None) -> Self:
        """The viewer's timer by that id, else the last one started; the clock is held."""
        member = await _hold_the_clock()
        # One's own can be stopped even where its client is hidden from one by now.
        row = await current().fetchrow(
            "select * from timer where member_id = $1 and ($2::uuid is null or id = $2)"
            " order by stopped_at is null desc, started_at desc limit 1 for no key update",
            member.id,
            id,
        )
        if row is not None:
            return cls.from_row(row)
        if id is not None:
            await cls.load(id, lock=False)
            raise Forbidden("This timer is somebody else's.")
        raise NotFound("timer", path=("id",))

    async def stop(self, at: datetime | None = None) -> tuple[Self, TimeEntry | None]:
        """Stop it and book the seconds; stopped before, it returns the same entry again."""
        if self.stopped_at is None:
            moment = max(at or await clock.now(), self.started_at)
            await self.record(EventKind.TIMER_STOPPED, stopped_at=moment)
            return self, await self._book()
        return self, await TimeEntry.of_timer(self.id)

    async def _book(self) -> TimeEntry:
        """What it becomes: its seconds, on the date it was started where they work."""
        zone = await (await Member.load(self.member_id, lock=False)).time_zone()
        return await TimeEntry.create(EventKind.TIME_LOGGED, given={
            "member_id": self.member_id, "client_id": self.client_id, "job_id": self.job_id,
            "task_id": self.task_id, "timer_id": self.id, "note": self.note,
            "local_date": clock.local_date(self.started_at, zone), "time_zone": zone,
            "started_at": self.started_at, "stopped_at": self.stopped_at,
            "seconds": self.seconds, "source": "timer", **unless_said(self.client_id),
        })  # fmt: skip

    async def discard(self) -> Self:
        """Stop it and book nothing. Raises ValidationError once it has become an entry."""
        if self.stopped_at is not None:
            if self.discarded:
                return self
            raise ValidationError("It has stopped and is a time entry now.", path=("id",))
        moment = max(await clock.now(), self.started_at)
        return await self.record(EventKind.TIMER_DISCARDED, stopped_at=moment, discarded=True)

    @property
    def seconds(self) -> int:
        """Whole seconds from start to stop; no zone, and so no daylight saving, enters into it."""
        if self.stopped_at is None:
            raise ValueError("the timer is still running")
        return (self.stopped_at - self.started_at) // timedelta(seconds=1)

    def is_on(self, given: dict[str, Any]) -> bool:
        """Whether it runs on just that already; who says no note means any."""
        return all(
            getattr(self, name) == value or (name, value) == ("note", "")
            for name, value in given.items()
        )


async def _hold_the_clock() -> Member:
    """The viewer's own row, locked: two devices of one member take turns."""
    id = current().viewer.member_id
    if id is None:
        raise Forbidden("Only a member has a timer.")
    return await Member.load(id)
