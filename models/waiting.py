"""Waiting: a job that stands still says whom it waits for, for what, and since when."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import ValidationError
from models.events import EventKind
from models.visibility import Sight
from models.workflows import Stage, WorkCategory

if TYPE_CHECKING:
    from models.jobs import Job


class Waiting(FirmModel):
    """One stretch of waiting of one job; at most one is open."""

    thing: ClassVar[str] = "waiting record"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    job = belongs_to("Job")
    job_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    whom = fields.CharField(10)
    what = fields.CharField(500)
    since: datetime = fields.DatetimeField()
    reminded_at: datetime | None = fields.DatetimeField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "waiting"

    @classmethod
    async def of(cls, job: "Job") -> Self | None:
        """The job's open record."""
        return await cls.held("job_id = $1 and ended_at is null", job.id)

    @classmethod
    async def begin(cls, job: "Job", *, whom: str, what: str) -> Self:
        """Open a record; a job that waits already only changes whom and what for."""
        found = await cls.of(job)
        if found is not None:
            return await found.record(EventKind.WAITING_STARTED, whom=whom, what=what)
        return await cls.create(EventKind.WAITING_STARTED, given={
            "job_id": job.id, "client_id": job.client_id, "whom": whom, "what": what,
            "since": await clock.now(),
        })  # fmt: skip

    @classmethod
    async def begin_at(cls, job: "Job", stage: Stage, what: str | None = None) -> Self:
        """Open a record for a waiting stage."""
        whom = "client" if stage.category is WorkCategory.WAITING_ON_CLIENT else "other"
        return await cls.begin(job, whom=whom, what=what or "an answer")

    @classmethod
    async def finish(cls, job: "Job") -> Self | None:
        """What was waited for has come."""
        found = await cls.of(job)
        if found is None:
            return None
        return await found.record(EventKind.WAITING_ENDED, ended_at=await clock.now())

    async def remind(self) -> Self:
        """Put on record that they were asked again."""
        return await self.record(EventKind.WAITING_REMINDED, reminded_at=await clock.now())


async def start_waiting(job: "Job", *, whom: str, what: str) -> "Job":
    """Take the job to the waiting stage for `whom` (client or other), for `what`."""
    if not what.strip():
        raise ValidationError("Say what you are waiting for.", path=("what",))
    category = WorkCategory.WAITING_ON_CLIENT if whom == "client" else WorkCategory.WAITING_ON_OTHER
    stage = await job.stage_of(category)
    if stage.id == job.stage_id:
        await Waiting.begin(job, whom=whom, what=what)
        return job
    return await job.move(stage=stage, what=what)


async def end_waiting(job: "Job") -> "Job":
    """It came: the job goes on where it is worked on. A job that does not wait stays put."""
    if job.category.is_waiting:
        return await job.move(stage=await job.stage_of(WorkCategory.IN_PROGRESS))
    await Waiting.finish(job)
    return job
