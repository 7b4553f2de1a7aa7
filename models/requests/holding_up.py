"""What a request does to its job: the card waits for the client, and goes on when all has come."""

from models.jobs import Job
from models.unit_of_work import current
from models.waiting import Waiting, end_waiting, start_waiting
from models.workflows import WorkCategory, Workflow


async def begin(job: Job, what: str) -> None:
    """Take the card to where it waits for the client; a workflow may know no such stage."""
    if await _knows(job, WorkCategory.WAITING_ON_CLIENT):
        await start_waiting(job, whom="client", what=what)


async def end(job: Job, what: str) -> None:
    """Let the card go on, unless it has left by itself; or say what else it waits for."""
    if job.category is not WorkCategory.WAITING_ON_CLIENT:
        return
    still_open = await current().fetchval(
        "select title from request where job_id = $1 and state = 'open' order by id desc limit 1",
        job.id,
    )
    if still_open is not None:
        await _wait_for_the_rest(still_open, job, what)
    elif await _knows(job, WorkCategory.IN_PROGRESS):
        await end_waiting(job)


async def _wait_for_the_rest(still_open: str, job: Job, what: str) -> None:
    """Somebody may have said in other words what the card waits for: those stay."""
    record = await Waiting.of(job)
    if record is not None and record.what == what:
        await Waiting.begin(job, whom=record.whom, what=still_open)


async def _knows(job: Job, category: WorkCategory) -> bool:
    workflow = await Workflow.load(job.workflow_id, lock=False)
    return await workflow.stage(category) is not None
