"""Reviews of jobs, and the points that are raised in them."""

from collections.abc import Sequence
from uuid import UUID

from models.jobs import Job
from models.reviews import asking, decide_review
from models.reviews.points import ReviewPoint

Changed = dict[str, Job | ReviewPoint]


async def request_review(
    *, job_id: UUID, reviewer_id: UUID, next_reviewer_ids: Sequence[UUID] | None = None
) -> Job:
    return await asking.request_review(await _job(job_id), reviewer_id, next_reviewer_ids)


async def sign_off(*, job_id: UUID, note: str = "") -> Job:
    return await decide_review(await _job(job_id), "signed_off", note)


async def return_review(*, job_id: UUID, note: str = "") -> Job:
    return await decide_review(await _job(job_id), "returned", note)


async def raise_point(
    *, job_id: UUID, text: str, task_id: UUID | None = None, id: UUID | None = None
) -> Changed:
    job = await _job(job_id)
    return {"review_point": await ReviewPoint.note(job, text, task_id=task_id, id=id), "job": job}


async def answer_point(*, id: UUID, answer: str) -> Changed:
    point, job = await ReviewPoint.load_with_job(id)
    return {"review_point": await point.reply(answer), "job": job}


async def clear_point(*, id: UUID) -> Changed:
    point, job = await ReviewPoint.load_with_job(id)
    return {"review_point": await point.clear(job), "job": job}


async def reopen_point(*, id: UUID) -> Changed:
    point, job = await ReviewPoint.load_with_job(id)
    return {"review_point": await point.reopen(job), "job": job}


async def _job(id: UUID) -> Job:
    return await Job.load(id, path=("jobId",))
