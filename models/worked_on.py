"""What time is for: a task, a job, a client, or the firm itself."""

from uuid import UUID

from models.clients import Client
from models.errors import ValidationError
from models.jobs import Job
from models.tasks import Task


async def worked_on(*, task_id: UUID | None = None, job_id: UUID | None = None,
                    client_id: UUID | None = None) -> dict[str, UUID | None]:  # fmt: skip
    """All three ids: a task brings its job and client, a job its client."""
    if task_id is not None:
        task = await Task.load(task_id, lock=False, path=("taskId",))
        if job_id not in (None, task.job_id) or client_id not in (None, task.client_id):
            raise ValidationError("The task belongs to another job or client.", path=("taskId",))
        return {"task_id": task.id, "job_id": task.job_id, "client_id": task.client_id}
    if job_id is not None:
        job = await Job.load(job_id, lock=False, path=("jobId",))
        if client_id not in (None, job.client_id):
            raise ValidationError("The job is another client's.", path=("jobId",))
        return {"task_id": None, "job_id": job.id, "client_id": job.client_id}
    await Client.must_exist(client_id, "clientId")
    return {"task_id": None, "job_id": None, "client_id": client_id}
