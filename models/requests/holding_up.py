"""What a request does to its job: the card waits for the client, and goes on when all has come."""

from models.jobs import Job
from models.unit_of_work import current
from models.waiting import end_waiting, start_waiting
from models.workflows import WorkCategory, Workflow


async def begin(job: Job, what: str) -> None:
    """Take the card to where it waits for the client; a workflow may know no such stage."""
    if await _knows(job, WorkCategory.WAITING_ON_CLIENT):
        await start_waiting(job, whom="client", what=what)


async def end(job: Job) -> None:
    """Let the card go on, unless it has left by itself or waits for another request too."""
    if job.category is not WorkCategory.WAITING_ON_CLIENT:
        return
    if await current().fetchval(
        "select exists (select from request where job_id = $1 and state = 'open')", job.id
    ):
        return
    if await _knows(job, WorkCategory.IN_PROGRESS):
        await end_waiting(job)


async def _knows(job: Job, category: WorkCategory) -> bool:
    workflow = await Workflow.load(job.workflow_id, lock=False)
    return await workflow.stage(category) is not None
