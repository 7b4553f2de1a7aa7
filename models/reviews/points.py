"""Review points: what reviewers want put right, answered by who prepared, cleared by who looks."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Forbidden, Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.permissions import Permission
from models.reviews import Review
from models.reviews.preparers import preparers_of
from models.tasks import Task
from models.unit_of_work import current
from models.visibility import Sight


class ReviewPoint(FirmModel):
    """One thing to be put right before a job is signed off, perhaps about one of its steps."""

    thing: ClassVar[str] = "review point"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    review = belongs_to("Review")
    review_id: UUID
    job = belongs_to("Job")
    job_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    task = belongs_to("Task", null=True)
    task_id: UUID | None
    text = fields.CharField(2000)
    answer = fields.CharField(2000, null=True)
    state = fields.CharField(10)
    raised_by = belongs_to("Member", null=True)
    raised_by_id: UUID | None
    answered_by = belongs_to("Member", null=True)
    answered_by_id: UUID | None
    answered_at: datetime | None = fields.DatetimeField(null=True)
    cleared_by = belongs_to("Member", null=True)
    cleared_by_id: UUID | None
    cleared_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "review_point"

    @classmethod
    async def note(cls, job: Job, text: str, *, task_id: UUID | None = None,
                   id: UUID | None = None) -> Self:  # fmt: skip
        """Say what is to be put right; by whoever may decide the job's open review."""
        review = await Review.of(job)
        if review is None:
            raise NotFound("open review", path=("jobId",))
        await review.must_be_judged_by(job)
        if task_id is not None:
            task = await Task.load(task_id, lock=False, path=("taskId",))
            if task.job_id != job.id:
                raise ValidationError("That is no step of this job.", path=("taskId",))
        return await cls.create(
            EventKind.REVIEW_POINT_RAISED, id=id,
            given={"job_id": job.id, "task_id": task_id, "text": text},
            derived={"client_id": job.client_id, "review_id": review.id, "state": "open",
                     "raised_by_id": current().viewer.member_id},
        )  # fmt: skip

    @classmethod
    async def load_with_job(cls, id: UUID) -> tuple[Self, Job]:
        """The point and its job, which is held first: whoever signs off holds it."""
        job = await Job.load((await cls.load(id, lock=False)).job_id)
        return await cls.load(id), job

    async def reply(self, answer: str) -> Self:
        """Say what was done about it, or say it better. Raises Locked once it is cleared."""
        if self.state == "cleared":
            raise Locked("This point was cleared; its reviewer can reopen it.",
                         code="POINT_CLEARED")  # fmt: skip
        return await self.record(
            EventKind.REVIEW_POINT_ANSWERED, state="answered", answer=answer,
            answered_by_id=current().viewer.member_id,
            answered_at=self.answered_at if answer == self.answer else await clock.now(),
        )  # fmt: skip

    async def clear(self, job: Job) -> Self:
        """It is put right; twice is once."""
        await self._must_be_judged_by(job)
        if self.state == "cleared":
            return self
        return await self.record(
            EventKind.REVIEW_POINT_CLEARED, state="cleared", cleared_at=await clock.now(),
            cleared_by_id=current().viewer.member_id,
        )  # fmt: skip

    async def reopen(self, job: Job) -> Self:
        """It is not put right after all, whatever was answered."""
        await self._must_be_judged_by(job)
        return await self.record(EventKind.REVIEW_POINT_REOPENED, state="open", cleared_at=None,
                                 cleared_by_id=None)  # fmt: skip

    async def _must_be_judged_by(self, job: Job) -> None:
        """Raise Forbidden unless the viewer raised it, reviews the job now or is a manager, and
        did not prepare the job."""
        viewer, review = current().viewer, await Review.of(job)
        prepared = await preparers_of(job, None if review is None else review.preparer_id)
        if viewer.member_id in prepared:
            raise Forbidden(f"{prepared[viewer.member_id]}: who prepared the work answers a point,"
                            " and its reviewer clears it.")  # fmt: skip
        known = {self.raised_by_id, None if review is None else review.reviewer_id} - {None}
        if viewer.member_id not in known and not viewer.may(Permission.MANAGE_WORK):
            raise Forbidden("Only its reviewer or a manager clears or reopens a point.")


async def must_be_cleared(job: Job) -> None:
    """Raise Locked while any point of the job is not cleared, and say which."""
    rows = await current().fetch(
        "select text from review_point where job_id = $1 and state <> 'cleared'"
        " order by id limit 4", job.id,
    )  # fmt: skip
    if rows:
        names = ", ".join(f"“{_short(row['text'])}”" for row in rows[:3])
        more = " and more" if len(rows) > 3 else ""
        raise Locked(f"Review points are not cleared yet: {names}{more}.", path=("jobId",),
                     code="POINTS_OPEN")  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
