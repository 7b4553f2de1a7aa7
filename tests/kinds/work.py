"""What happens to jobs and tasks, and around them."""

from uuid import UUID

from models.comments import Comment
from models.dependencies import Dependency
from models.events import EventKind
from models.jobs import Job
from models.reviews import decide_review
from models.reviews.asking import request_review
from models.reviews.points import ReviewPoint
from models.tasks import Task
from models.unit_of_work import unit_of_work
from models.waiting import Waiting, end_waiting, start_waiting
from models.workflows import WorkCategory
from tests.cast import House
from tests.kinds.acts import Course, causes


async def job(house: House, *, owner: UUID | None = None) -> UUID:
    async with unit_of_work(house.dan):
        made = await Job.open(client_id=house.bakery, title="Return", owner_id=owner)
    return made.id


async def task(house: House) -> UUID:
    async with unit_of_work(house.dan):
        return (await Task.add(title="Call", client_id=house.bakery)).id


async def commented(house: House) -> UUID:
    about = await task(house)
    async with unit_of_work(house.dan):
        return (await Comment.on_task(await Task.load(about), "They called.")).id


@causes(EventKind.JOB_CREATED)
async def a_job_is_opened(house: House) -> Course:
    yield house.dan
    await Job.open(client_id=house.bakery, title="Return")


@causes(EventKind.JOB_CHANGED)
async def a_job_is_called_otherwise(house: House) -> Course:
    id = await job(house)
    yield house.dan
    await (await Job.load(id)).change({"title": "Tax return"}, None)


@causes(EventKind.JOB_ASSIGNED)
async def a_job_is_given_to_somebody(house: House) -> Course:
    id = await job(house)
    yield house.dan
    await (await Job.load(id)).assign(house.eve.id)


@causes(EventKind.JOB_MOVED)
async def a_job_is_begun(house: House) -> Course:
    id = await job(house)
    yield house.dan
    found = await Job.load(id)
    await found.move(stage=await found.stage_of(WorkCategory.IN_PROGRESS))


@causes(EventKind.JOB_COMPLETED)
async def a_job_is_done(house: House) -> Course:
    id = await job(house)
    yield house.dan
    found = await Job.load(id)
    await found.move(stage=await found.stage_of(WorkCategory.DONE))


@causes(EventKind.JOB_REOPENED)
async def a_job_is_not_done_after_all(house: House) -> Course:
    id = await job(house)
    async with unit_of_work(house.dan):
        found = await Job.load(id)
        await found.move(stage=await found.stage_of(WorkCategory.DONE))
    yield house.dan
    found = await Job.load(id)
    await found.move(stage=await found.stage_of(WorkCategory.IN_PROGRESS))


@causes(EventKind.WAITING_STARTED, EventKind.JOB_MOVED)
async def a_job_waits(house: House) -> Course:
    id = await job(house)
    yield house.dan
    await start_waiting(await Job.load(id), whom="client", what="Papers")


@causes(EventKind.WAITING_REMINDED)
async def the_client_is_reminded(house: House) -> Course:
    id = await job(house)
    async with unit_of_work(house.dan):
        await start_waiting(await Job.load(id), whom="client", what="Papers")
    yield house.dan
    waiting = await Waiting.of(await Job.load(id))
    assert waiting is not None
    await waiting.remind()


@causes(EventKind.WAITING_ENDED, EventKind.JOB_MOVED)
async def a_job_waits_no_more(house: House) -> Course:
    id = await job(house)
    async with unit_of_work(house.dan):
        await start_waiting(await Job.load(id), whom="client", what="Papers")
    yield house.dan
    await end_waiting(await Job.load(id))


@causes(EventKind.REVIEW_REQUESTED, EventKind.JOB_MOVED)
async def a_review_is_asked_for(house: House) -> Course:
    id = await job(house, owner=house.dan.id)
    yield house.dan
    await request_review(await Job.load(id), house.eve.id)


@causes(EventKind.REVIEW_SIGNED_OFF)
async def a_review_is_signed_off(house: House) -> Course:
    id = await job(house, owner=house.dan.id)
    async with unit_of_work(house.dan):
        await request_review(await Job.load(id), house.eve.id)
    yield house.eve
    await decide_review(await Job.load(id), "signed_off")


@causes(EventKind.REVIEW_REQUESTED, EventKind.REVIEW_PLANNED, EventKind.REVIEW_DROPPED)
async def others_are_to_look_one_after_the_other(house: House) -> Course:
    id = await job(house, owner=house.dan.id)
    async with unit_of_work(house.dan):
        await request_review(await Job.load(id), house.eve.id, [house.ben.id])
    yield house.dan
    await request_review(await Job.load(id), house.cleo.id, [house.eve.id])


@causes(EventKind.TASK_CREATED, EventKind.REVIEW_LAPSED)
async def work_is_changed_after_it_was_signed_off(house: House) -> Course:
    id = await job(house, owner=house.dan.id)
    async with unit_of_work(house.dan):
        await request_review(await Job.load(id), house.eve.id)
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(id), "signed_off")
    yield house.dan
    await Task.add(title="Late", job_id=id)


async def pointed_at(house: House) -> UUID:
    id = await job(house, owner=house.dan.id)
    async with unit_of_work(house.dan):
        await request_review(await Job.load(id), house.eve.id)
    async with unit_of_work(house.eve):
        return (await ReviewPoint.note(await Job.load(id), "A sum is wrong.")).id


@causes(EventKind.REVIEW_POINT_RAISED)
async def a_point_is_raised(house: House) -> Course:
    id = await job(house, owner=house.dan.id)
    async with unit_of_work(house.dan):
        await request_review(await Job.load(id), house.eve.id)
    yield house.eve
    await ReviewPoint.note(await Job.load(id), "A sum is wrong.")


@causes(EventKind.REVIEW_POINT_ANSWERED)
async def a_point_is_answered(house: House) -> Course:
    id = await pointed_at(house)
    yield house.dan
    await (await ReviewPoint.load(id)).reply("Mended.")


@causes(EventKind.REVIEW_POINT_CLEARED)
async def a_point_is_cleared(house: House) -> Course:
    id = await pointed_at(house)
    yield house.eve
    point, about = await ReviewPoint.load_with_job(id)
    await point.clear(about)


@causes(EventKind.REVIEW_POINT_REOPENED)
async def a_point_is_opened_again(house: House) -> Course:
    id = await pointed_at(house)
    async with unit_of_work(house.eve):
        point, about = await ReviewPoint.load_with_job(id)
        await point.clear(about)
    yield house.eve
    point, about = await ReviewPoint.load_with_job(id)
    await point.reopen(about)


@causes(EventKind.REVIEW_RETURNED, EventKind.JOB_MOVED)
async def a_review_is_returned(house: House) -> Course:
    id = await job(house, owner=house.dan.id)
    async with unit_of_work(house.dan):
        await request_review(await Job.load(id), house.eve.id)
    yield house.eve
    await decide_review(await Job.load(id), "returned", "A sum is wrong.")


@causes(EventKind.TASK_CREATED)
async def a_task_is_added(house: House) -> Course:
    yield house.dan
    await Task.add(title="Call", client_id=house.bakery)


@causes(EventKind.TASK_CHANGED)
async def a_task_is_called_otherwise(house: House) -> Course:
    id = await task(house)
    yield house.dan
    await (await Task.load(id)).change({"title": "Call back"}, None)


@causes(EventKind.TASK_ASSIGNED)
async def a_task_is_given_to_somebody(house: House) -> Course:
    id = await task(house)
    yield house.dan
    await (await Task.load(id)).assign(house.eve.id)


@causes(EventKind.TASK_MOVED)
async def a_task_is_begun(house: House) -> Course:
    id = await task(house)
    yield house.dan
    await (await Task.load(id)).move(status=WorkCategory.IN_PROGRESS)


@causes(EventKind.TASK_COMPLETED)
async def a_task_is_done(house: House) -> Course:
    id = await task(house)
    yield house.dan
    await (await Task.load(id)).complete()


@causes(EventKind.TASK_REOPENED)
async def a_task_is_not_done_after_all(house: House) -> Course:
    id = await task(house)
    async with unit_of_work(house.dan):
        await (await Task.load(id)).complete()
    yield house.dan
    await (await Task.load(id)).reopen()


@causes(EventKind.TASK_DELETED, EventKind.COMMENT_REMOVED, EventKind.DEPENDENCY_REMOVED)
async def a_task_is_deleted_with_all_that_hangs_on_it(house: House) -> Course:
    id, other = await task(house), await task(house)
    async with unit_of_work(house.dan):
        await Comment.on_task(await Task.load(id), "Not needed.")
        await Dependency.add(await Task.load(id), await Task.load(other))
    yield house.dan
    await (await Task.load(id)).remove()


@causes(EventKind.DEPENDENCY_ADDED)
async def a_task_waits_for_another(house: House) -> Course:
    id, other = await task(house), await task(house)
    yield house.dan
    await Dependency.add(await Task.load(id), await Task.load(other))


@causes(EventKind.DEPENDENCY_CHANGED)
async def a_task_waits_longer(house: House) -> Course:
    id, other = await task(house), await task(house)
    async with unit_of_work(house.dan):
        await Dependency.add(await Task.load(id), await Task.load(other))
    yield house.dan
    await Dependency.add(await Task.load(id), await Task.load(other), lag_days=2)


@causes(EventKind.DEPENDENCY_OVERRIDDEN, EventKind.TASK_MOVED)
async def a_task_does_not_wait(house: House) -> Course:
    id, other = await task(house), await task(house)
    async with unit_of_work(house.cleo):
        await Dependency.add(await Task.load(id), await Task.load(other))
    yield house.cleo
    await (await Task.load(id)).move(status=WorkCategory.IN_PROGRESS, override_reason="They said.")


@causes(EventKind.COMMENT_ADDED)
async def something_is_said(house: House) -> Course:
    id = await job(house)
    yield house.dan
    await Comment.on_job(await Job.load(id), "They called.")


@causes(EventKind.COMMENT_CHANGED)
async def it_is_said_better(house: House) -> Course:
    id = await commented(house)
    yield house.dan
    await (await Comment.load(id)).change("They called twice.")


@causes(EventKind.COMMENT_REMOVED)
async def it_is_taken_back(house: House) -> Course:
    id = await commented(house)
    yield house.dan
    await (await Comment.load(id)).remove()
