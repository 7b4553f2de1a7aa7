"""What entering and leaving a stage asks for and brings about."""

from uuid import UUID

import pytest

from models.errors import Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory, Workflow
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def to(job_id: UUID, category: WorkCategory, **more: object) -> Job:
    """Move the job to its workflow's first stage of a category."""
    job = await Job.load(job_id)
    return await job.move(stage=await job.stage_of(category), **more)  # type: ignore[arg-type]


async def test_a_card_is_moved_to_a_stage_and_a_place_in_one_act(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await to(house.books, WorkCategory.READY, after_id=house.year_end)
    assert action.kinds == [EventKind.JOB_MOVED]
    assert set(action.events[0]["payload"]) == {"stage_id", "category", "position"}
    async with reading(house.ada):
        order = [row.id for row in await Job.all().order_by("position")]
    assert order == [house.year_end, house.books, house.secret]
    assert job.category is WorkCategory.READY


async def test_a_card_is_moved_between_its_neighbours(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada):
        await (await Job.load(house.secret)).move(before_id=house.books)
        await (await Job.load(house.year_end)).move(after_id=house.secret)
    async with reading(house.ada):
        order = [row.id for row in await Job.all().order_by("position")]
    assert order == [house.secret, house.year_end, house.books]


async def test_a_card_that_stays_where_it_is_leaves_no_event(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        await to(cast.harbour.books, WorkCategory.PLANNED)
    assert action.kinds == []


async def test_a_card_is_moved_and_assigned_at_once(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        job = await to(house.books, WorkCategory.READY, owner_id=house.eve.id)
    assert job.owner_id == house.eve.id
    assert action.kinds == [EventKind.JOB_MOVED]


@pytest.mark.parametrize("side", ["after_id", "before_id"])
async def test_a_neighbour_that_one_cannot_see_is_no_neighbour(cast: Cast, side: str) -> None:
    house = cast.harbour
    for stranger in (house.secret, cast.alpine.books):
        async with verify_refusal(house, house.dan, NotFound):
            job = await Job.load(house.books)
            await job.move(**{side: stranger})  # type: ignore[arg-type]


async def test_a_stage_of_another_workflow_is_refused(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="stageId"):
        stage = (await (await Workflow.load(cast.harbour.signed)).stages())[0]
        await (await Job.load(cast.harbour.books)).move(stage=stage)


async def test_a_workflow_without_such_a_stage_says_so(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="category"):
        await to(cast.harbour.year_end, WorkCategory.ON_HOLD)


async def test_a_job_is_not_done_while_steps_are_open(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, Locked, code="STEPS_OPEN") as refusal:
        await to(cast.harbour.books, WorkCategory.DONE)
    assert refusal.error.message == "Steps are still open: “Gather”, “Post”, “Reconcile”."


async def test_more_open_steps_than_three_are_not_all_named(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan):
        await Task.add(title="Fourth", job_id=cast.harbour.books)
    async with verify_refusal(cast.harbour, cast.harbour.dan, Locked) as refusal:
        await to(cast.harbour.books, WorkCategory.DONE)
    assert refusal.error.message.endswith("“Reconcile” and more.")


async def test_a_job_is_done_once_its_steps_are_done_or_cancelled(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for id in (house.gather, house.post):
            await (await Task.load(id)).complete()
        await (await Task.load(house.reconcile)).move(status=WorkCategory.CANCELLED)
    async with verify_action(house, house.dan) as action:
        job = await to(house.books, WorkCategory.DONE)
    assert action.kinds == [EventKind.JOB_COMPLETED]
    assert job.completed_at is not None


async def test_a_job_is_reopened_and_is_no_longer_completed(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        job = await Job.open(client_id=house.mill, title="Quick")
        await to(job.id, WorkCategory.DONE)
    async with verify_action(house, house.dan) as action:
        job = await to(job.id, WorkCategory.IN_PROGRESS)
    assert action.kinds == [EventKind.JOB_REOPENED]
    assert job.completed_at is None


async def test_a_job_may_be_cancelled_with_open_steps(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        job = await to(cast.harbour.books, WorkCategory.CANCELLED)
    assert action.kinds == [EventKind.JOB_MOVED]
    assert job.completed_at is None


async def test_a_job_whose_work_begins_goes_into_progress(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        await (await Task.load(house.gather)).move(status=WorkCategory.IN_PROGRESS)
    assert action.kinds == [EventKind.TASK_MOVED, EventKind.JOB_MOVED]
    async with reading(house.dan):
        assert (await Job.load(house.books, lock=False)).category is WorkCategory.IN_PROGRESS


async def test_work_can_begin_where_the_workflow_knows_no_progress(cast: Cast) -> None:
    house = cast.harbour
    stages = [{"name": "Open", "category": "planned"}, {"name": "Done", "category": "done"}]
    async with unit_of_work(house.ada):
        workflow = await Workflow.design(name="Two", stages=stages)
        job = await Job.open(
            client_id=house.mill, title="X", workflow_id=workflow.id, step_list=[{"title": "Only"}]
        )
        (step,) = await Task.filter(job_id=job.id)
    async with verify_action(house, house.dan) as action:
        await (await Task.load(step.id)).complete()
    assert action.kinds == [EventKind.TASK_COMPLETED]


async def test_nothing_is_added_to_or_begun_in_a_job_that_is_over(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await to(house.books, WorkCategory.CANCELLED)
    async with verify_refusal(house, house.dan, Locked, path="jobId"):
        await Task.add(title="Late", job_id=house.books)
    async with verify_refusal(house, house.dan, Locked, code="JOB_OVER"):
        await (await Task.load(house.gather)).move(status=WorkCategory.IN_PROGRESS)
