"""Review: a step of its own, by somebody else than who prepared the work."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Forbidden, Locked, NotFound, ValidationError
from models.events import EventKind
from models.members import Member
from models.permissions import Permission
from models.unit_of_work import current
from models.visibility import Sight
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.jobs import Job


class Review(FirmModel):
    """One look at a job by one reviewer: requested, then signed off or returned."""

    thing: ClassVar[str] = "review"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    job = belongs_to("Job")
    job_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    preparer = belongs_to("Member", null=True)
    preparer_id: UUID | None
    reviewer = belongs_to("Member")
    reviewer_id: UUID
    state = fields.CharField(20)
    note = fields.TextField(default="")
    requested_at: datetime = fields.DatetimeField()
    decided_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "review"

    @classmethod
    async def of(cls, job: "Job") -> Self | None:
        """The job's open review."""
        return await cls.held("job_id = $1 and state = 'requested'", job.id)

    @classmethod
    async def request(cls, job: "Job", reviewer_id: UUID) -> Self:
        """Ask a reviewer; never the preparer. An open request passes to the new reviewer."""
        await Member.must_work_here(reviewer_id, "reviewerId")
        preparer_id = job.owner_id or current().viewer.member_id
        if reviewer_id == preparer_id:
            raise ValidationError("Who prepared the work does not review it.",
                                  path=("reviewerId",))  # fmt: skip
        found = await cls.of(job)
        if found is not None:
            return await found.record(
                EventKind.REVIEW_REQUESTED, reviewer_id=reviewer_id, preparer_id=preparer_id
            )
        return await cls.create(EventKind.REVIEW_REQUESTED, given={
            "job_id": job.id, "client_id": job.client_id, "preparer_id": preparer_id,
            "reviewer_id": reviewer_id, "state": "requested", "note": "",
            "requested_at": await clock.now(),
        })  # fmt: skip

    @classmethod
    async def ensure_requested(cls, job: "Job") -> None:
        """A card dragged into review goes to the client's reviewer, if one is named."""
        if await cls.of(job) is not None:
            return
        reviewer_id = await current().fetchval(
            "select member_id from client_role where client_id = $1 and role = 'reviewer'"
            " and until_date is null and member_id is distinct from $2 order by from_date limit 1",
            job.client_id, job.owner_id or current().viewer.member_id,
        )  # fmt: skip
        if reviewer_id is None:
            raise ValidationError("Choose who reviews it.", path=("reviewerId",),
                                  code="REVIEWER_NEEDED")  # fmt: skip
        await cls.request(job, reviewer_id)

    @classmethod
    async def withdraw(cls, job: "Job") -> None:
        """Taken out of review by hand: the open request is returned without a note."""
        found = await cls.of(job)
        if found is not None:
            await found.record(
                EventKind.REVIEW_RETURNED, state="returned", decided_at=await clock.now()
            )

    @classmethod
    async def must_be_settled(cls, job: "Job", *, signed_off: bool) -> None:
        """Raise Locked while a review is open, or where a sign-off is asked for and missing."""
        row = await current().fetchrow(
            "select state, decided_at from review where job_id = $1"
            " order by requested_at desc, id desc limit 1", job.id,
        )  # fmt: skip
        if row is not None and row["state"] == "requested":
            raise Locked("The review is still open.", path=("stageId",), code="REVIEW_OPEN")
        if not signed_off:
            return
        if row is None or row["state"] != "signed_off":
            raise Locked("It needs a reviewer's sign-off first.", path=("stageId",),
                         code="SIGN_OFF_NEEDED")  # fmt: skip
        if await _work_changed(job, row["decided_at"]):
            raise Locked("The work changed after it was signed off; have it reviewed again.",
                         path=("stageId",), code="SIGN_OFF_LAPSED")  # fmt: skip

    async def decide(self, state: str, note: str) -> Self:
        """Sign off or return; by its reviewer, or by a manager who did not prepare it."""
        viewer = current().viewer
        if viewer.member_id is not None and viewer.member_id == self.preparer_id:
            raise Forbidden("Who prepared the work does not review it.")
        if viewer.member_id != self.reviewer_id and not viewer.may(Permission.MANAGE_WORK):
            raise Forbidden("Only its reviewer or a manager can decide this review.")
        kind = EventKind.REVIEW_SIGNED_OFF if state == "signed_off" else EventKind.REVIEW_RETURNED
        # A manager who decides takes the review over: it stands in the name of who gave it.
        return await self.record(kind, state=state, note=note, decided_at=await clock.now(),
                                 reviewer_id=viewer.member_id or self.reviewer_id)  # fmt: skip


async def _work_changed(job: "Job", since: datetime) -> bool:
    """Whether a step was added, done or struck off since then."""
    changed: bool = await current().fetchval(
        """select exists (select from task t where t.job_id = $1 and (
             t.created_at > $2 or t.completed_at > $2 or t.status = 'cancelled' and exists (
               select from event e where e.entity_id = t.id and e.entity = 'task'
               and e.at > $2 and e.payload -> 'status' ->> 1 = 'cancelled')))""",
        job.id, since,
    )  # fmt: skip
    return changed


async def request_review(job: "Job", reviewer_id: UUID) -> "Job":
    """Ask for the review and take the job to the stage for it."""
    await Review.request(job, reviewer_id)
    return await job.move(stage=await job.stage_of(WorkCategory.IN_REVIEW))


async def decide_review(job: "Job", state: str, note: str = "") -> "Job":
    """Sign off (the job stays, ready to be completed) or return it to whoever prepared it."""
    review = await Review.of(job)
    if review is None:
        raise NotFound("open review", path=("jobId",))
    await review.decide(state, note)
    if state == "returned" and job.category is WorkCategory.IN_REVIEW:
        return await job.move(stage=await job.stage_of(WorkCategory.IN_PROGRESS))
    return job
