"""Asking for a review: who looks first, and who after that."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models import clock
from models.errors import ValidationError, inside
from models.events import EventKind
from models.members import Member
from models.reviews import Review
from models.reviews.preparers import preparers_of
from models.unit_of_work import current
from models.workflows import WorkCategory

if TYPE_CHECKING:
    from models.jobs import Job

MOST_REVIEWERS = 10


async def request(job: "Job", reviewer_id: UUID, next_ids: Sequence[UUID] | None = None) -> Review:
    """Ask a reviewer, and say who looks after that; never who prepared it.

    Without `next_ids` those stay who were still to look, and an open request passes to the new
    reviewer; with them it all begins anew. Raises ValidationError for who may not look."""
    preparer_id = job.owner_id or current().viewer.member_id
    prepared = await preparers_of(job, preparer_id)
    await _must_look(reviewer_id, "reviewerId", prepared)
    chain = await Review.chain(job)
    missing = next((one for one in chain if one.state != "signed_off"), None)
    if missing is None or next_ids is not None:
        await _must_look_once_each(reviewer_id, next_ids or (), prepared)
        return await _begin(job, chain, [reviewer_id, *(next_ids or ())], preparer_id)
    if any(one.reviewer_id == reviewer_id for one in chain if one.place != missing.place):
        raise ValidationError(
            "They look at it already, at another place: say who looks first and who next.",
            path=("reviewerId",),
        )  # fmt: skip
    return await _go_on(job, chain, missing, reviewer_id, preparer_id)


async def ensure_requested(job: "Job") -> None:
    """A card dragged into review goes to whoever is to look next, else to the client's reviewer."""
    chain = await Review.chain(job)
    if any(one.state == "requested" for one in chain):
        return
    missing = next((one for one in chain if one.state != "signed_off"), None)
    if missing is not None and len(chain) > 1:
        await request(job, missing.reviewer_id)
        return
    preparer_id = job.owner_id or current().viewer.member_id
    reviewer_id = await current().fetchval(
        "select member_id from client_role where client_id = $1 and role = 'reviewer'"
        " and until_date is null and member_id <> all($2) order by from_date limit 1",
        job.client_id, list(await preparers_of(job, preparer_id)),
    )  # fmt: skip
    if reviewer_id is None:
        raise ValidationError("Choose who reviews it.", path=("reviewerId",),
                              code="REVIEWER_NEEDED")  # fmt: skip
    await request(job, reviewer_id)


async def ask_next(job: "Job") -> None:
    """The one before has signed off: whoever was planned to look next is asked."""
    chain = await Review.chain(job)
    following = next((one for one in chain if one.state != "signed_off"), None)
    if following is not None and following.state == "planned":
        await _ask(following)


async def request_review(
    job: "Job", reviewer_id: UUID, next_ids: Sequence[UUID] | None = None
) -> "Job":
    """Ask for the review and take the job to the stage for it."""
    await request(job, reviewer_id, next_ids)
    return await job.move(stage=await job.stage_of(WorkCategory.IN_REVIEW))


async def _must_look(id: UUID, path: str, prepared: Mapping[UUID | None, str]) -> None:
    await Member.must_work_here(id, path)
    if id in prepared:
        raise ValidationError(f"{prepared[id]}: who prepared the work does not review it.",
                              path=(path,))  # fmt: skip


async def _must_look_once_each(
    first_id: UUID, next_ids: Sequence[UUID], prepared: Mapping[UUID | None, str]
) -> None:
    if len(next_ids) >= MOST_REVIEWERS:
        raise ValidationError(f"At most {MOST_REVIEWERS} people look at a job.",
                              path=("nextReviewerIds",))  # fmt: skip
    for number, id in enumerate(next_ids):
        with inside("nextReviewerIds"):
            await _must_look(id, str(number), prepared)
            if id in (first_id, *next_ids[:number]):
                raise ValidationError("Nobody looks twice: choose somebody else.",
                                      path=(str(number),))  # fmt: skip


async def _begin(
    job: "Job", chain: Sequence[Review], reviewer_ids: Sequence[UUID], preparer_id: UUID | None
) -> Review:
    """A round of its own; what was signed off before counts no more, an open request passes on."""
    from models.reviews.lapsing import lapse_all

    number = 1 + chain[0].round if chain else 1
    await lapse_all(job.id, "it was asked for again")
    opened = None
    for one in chain:
        if one.state == "planned":
            await one.record_removal(EventKind.REVIEW_DROPPED)
        elif one.state == "requested":
            opened = await one.record(
                EventKind.REVIEW_REQUESTED, reviewer_id=reviewer_ids[0], preparer_id=preparer_id,
                round=number, place=1,
            )  # fmt: skip
    first = opened or await _create(
        job, "requested", reviewer_ids[0], preparer_id, place=(number, 1)
    )
    for place, id in enumerate(reviewer_ids[1:], start=2):
        await _create(job, "planned", id, preparer_id, place=(number, place))
    return first


async def _go_on(
    job: "Job", chain: Sequence[Review], missing: Review, reviewer_id: UUID,
    preparer_id: UUID | None,
) -> Review:  # fmt: skip
    """The first who has not found it good is asked; those after them look again in their turn."""
    for one in chain:
        if one.place > missing.place:
            await _put_off(job, one, preparer_id)
    if missing.state in ("requested", "planned"):
        return await _ask(missing, reviewer_id=reviewer_id, preparer_id=preparer_id)
    return await _create(job, "requested", reviewer_id, preparer_id,
                         place=(missing.round, missing.place))  # fmt: skip


async def _put_off(job: "Job", review: Review, preparer_id: UUID | None) -> None:
    if review.state == "requested":
        await review.record(EventKind.REVIEW_PLANNED, state="planned")
    elif review.state != "planned":
        await _create(job, "planned", review.reviewer_id, preparer_id,
                      place=(review.round, review.place))  # fmt: skip


async def _ask(review: Review, **changes: Any) -> Review:
    if review.state == "planned":
        changes |= {"state": "requested", "requested_at": await clock.now()}
    return await review.record(EventKind.REVIEW_REQUESTED, **changes)


async def _create(
    job: "Job", state: str, reviewer_id: UUID, preparer_id: UUID | None, *, place: tuple[int, int]
) -> Review:
    """At a place of a round."""
    kind = EventKind.REVIEW_PLANNED if state == "planned" else EventKind.REVIEW_REQUESTED
    # Who was to look later may hold the job by now: they are refused when they sign it off.
    return await Review.create(kind, given={
        "job_id": job.id, "client_id": job.client_id,
        "preparer_id": None if preparer_id == reviewer_id else preparer_id,
        "reviewer_id": reviewer_id, "round": place[0], "place": place[1],
        "state": state, "note": "", "requested_at": await clock.now(),
    })  # fmt: skip
