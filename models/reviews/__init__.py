"""Review: a step of its own, by others than who prepared the work, one after the other."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.errors import Forbidden, Locked, NotFound
from models.events import EventKind
from models.permissions import Permission
from models.reviews.preparers import preparers_of
from models.unit_of_work import current
from models.visibility import Sight
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.jobs import Job


class Review(FirmModel):
    """One look at a job by one reviewer: perhaps planned, requested, then signed off or returned.

    What was signed off lapses when the work changes. In a `round` reviewers look in the order of
    their `place`, and the last review of each place is how it stands."""

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
    round = fields.IntField(default=1)
    place = fields.IntField(default=1)
    state = fields.CharField(20)
    note = fields.TextField(default="")
    requested_at: datetime = fields.DatetimeField()
    decided_at: datetime | None = fields.DatetimeField(null=True)
    lapsed_at: datetime | None = fields.DatetimeField(null=True)
    lapse = fields.CharField(300, null=True)

    class Meta:
        table = "review"

    @classmethod
    async def of(cls, job: "Job") -> Self | None:
        """The job's open review."""
        return await cls.held("job_id = $1 and state = 'requested'", job.id)

    @classmethod
    async def chain(cls, job: "Job") -> list[Self]:
        """How the job's reviews stand, in the order in which people look; the job is held."""
        rows = await current().fetch(
            "select distinct on (place) * from review where job_id = $1 and round ="
            " (select max(round) from review where job_id = $1)"
            " order by place, requested_at desc, id desc", job.id,
        )  # fmt: skip
        return [cls.from_row(row) for row in rows]

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
        chain = await cls.chain(job)
        if any(review.state == "requested" for review in chain):
            raise Locked("The review is still open.", path=("stageId",), code="REVIEW_OPEN")
        if not signed_off:
            return
        must_not_have_lapsed(chain, "stageId")
        if not chain or any(review.state != "signed_off" for review in chain):
            raise Locked("It needs a reviewer's sign-off first.", path=("stageId",),
                         code="SIGN_OFF_NEEDED")  # fmt: skip

    async def must_be_judged_by(self, job: "Job") -> None:
        """Raise Forbidden unless the viewer may find the work good or wanting: its reviewer or a
        manager, and nobody who prepared it."""
        viewer = current().viewer
        prepared = await preparers_of(job, self.preparer_id)
        if viewer.member_id in prepared:
            raise Forbidden(
                f"{prepared[viewer.member_id]}: who prepared the work does not review it."
            )
        if viewer.member_id != self.reviewer_id and not viewer.may(Permission.MANAGE_WORK):
            raise Forbidden("Only its reviewer or a manager can decide this review.")

    async def decide(self, job: "Job", state: str, note: str) -> Self:
        """Sign off or return; by its reviewer, or by a manager who did not prepare it."""
        await self.must_be_judged_by(job)
        kind = EventKind.REVIEW_SIGNED_OFF if state == "signed_off" else EventKind.REVIEW_RETURNED
        # A manager who decides takes the review over: it stands in the name of who gave it.
        return await self.record(
            kind, state=state, note=note, decided_at=await clock.now(),
            reviewer_id=current().viewer.member_id or self.reviewer_id,
        )  # fmt: skip


def must_not_have_lapsed(reviews: "list[Review]", path: str) -> None:
    """Raise Locked where a sign-off among these does not hold any more, and say why."""
    lapsed = next((review for review in reviews if review.state == "lapsed"), None)
    if lapsed is not None:
        raise Locked(
            f"The work changed after it was signed off ({lapsed.lapse}); have it reviewed again.",
            path=(path,), code="SIGN_OFF_LAPSED",
        )  # fmt: skip


async def decide_review(job: "Job", state: str, note: str = "") -> "Job":
    """Sign off (whoever looks next is asked, the job stays, ready to be completed) or return it to
    whoever prepared it. Raises Locked while points are open, or an earlier sign-off has lapsed."""
    from models.reviews import asking, points

    review = await Review.of(job)
    if review is None:
        raise NotFound("open review", path=("jobId",))
    if state == "signed_off":
        await review.must_be_judged_by(job)
        await points.must_be_cleared(job)
        others = [other for other in await Review.chain(job) if other.place != review.place]
        must_not_have_lapsed([other for other in others if other.place < review.place], "jobId")
        if any(other.reviewer_id == current().viewer.member_id for other in others):
            raise Forbidden("You look at it at another place: nobody signs off twice.")
    await review.decide(job, state, note)
    if state == "signed_off":
        await asking.ask_next(job)
    elif job.category is WorkCategory.IN_REVIEW:
        return await job.move(stage=await job.stage_of(WorkCategory.IN_PROGRESS))
    return job
