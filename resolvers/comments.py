"""Comments."""

from uuid import UUID

from models.comments import Comment
from models.errors import ValidationError
from models.jobs import Job
from models.tasks import Task


async def add(*, body: str, job_id: UUID | None = None, task_id: UUID | None = None,
              id: UUID | None = None) -> Comment:  # fmt: skip
    if (job_id is None) == (task_id is None):
        raise ValidationError("Comment on a job or on a task, exactly one.", path=("jobId",))
    if task_id is not None:
        task = await Task.load(task_id, lock=False, path=("taskId",))
        return await Comment.on_task(task, body, id=id)
    assert job_id is not None
    return await Comment.on_job(await Job.load(job_id, lock=False, path=("jobId",)), body, id=id)


async def update(*, id: UUID, body: str, expected_version: int | None = None) -> Comment:
    return await (await Comment.load(id)).change(body, expected_version)


async def remove(*, id: UUID) -> None:
    await (await Comment.load(id)).remove()
