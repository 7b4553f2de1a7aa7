"""A workflow as it is changed: stages called otherwise, put elsewhere, added, taken out of use."""

import asyncio

import asyncpg
import pytest

from models.errors import Conflict, Locked, NotFound, PracticeError, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.requests import ItemKind, Request
from models.unit_of_work import current, reading, unit_of_work
from models.workflows import Stage, WorkCategory, Workflow
from models.workflows.retiring import retire
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def stage(house: House, name: str, workflow: str = "standard") -> Stage:
    """One of a workflow's stages, in the unit of work around."""
    id = await current().fetchval(
        "select id from stage where workflow_id = $1 and name = $2", vars(house)[workflow], name
    )
    return await Stage.load(id)


async def names(house: House, workflow: str = "standard") -> list[str]:
    async with reading(house.dan):
        found = await Workflow.load(vars(house)[workflow], lock=False)
        return [one.name for one in await found.stages()]


async def held(house: House, name: str) -> tuple[Stage, Workflow]:
    return await Stage.load_with_workflow((await stage(house, name)).id)


async def test_a_stage_is_called_otherwise_here_and_before_clients(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        await (await stage(house, "Planned")).change(
            {"name": "To come", "client_facing_name": "Soon"}, None
        )
        await (await Workflow.load(house.standard)).change({"name": "Usual"}, None)
    assert action.kinds == [EventKind.STAGE_CHANGED, EventKind.WORKFLOW_CHANGED]
    assert (await names(house))[0] == "To come"


async def test_of_two_who_rename_a_stage_the_second_is_told(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        seen = (await stage(house, "Planned")).version
        await (await stage(house, "Planned")).change({"name": "To come"}, None)
    async with verify_refusal(house, house.ada, Conflict):
        await (await stage(house, "To come")).change({"name": "Later"}, seen)
    async with verify_action(house, house.ada):
        await (await stage(house, "To come")).change({"requires_steps_done": True}, seen)


async def test_a_stage_is_added_where_it_belongs(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        workflow = await Workflow.load(house.standard)
        after = await stage(house, "In progress")
        made = await workflow.add_stage(
            name="Tidying", category=WorkCategory.IN_PROGRESS, after_id=after.id
        )
        await workflow.add_stage(name="Last", category=WorkCategory.ON_HOLD)
    assert action.kinds == [EventKind.STAGE_ADDED, EventKind.STAGE_ADDED]
    assert made.client_facing_name == "Tidying"
    found = await names(house)
    assert found.index("Tidying") == found.index("In progress") + 1
    assert found[-1] == "Last"
    async with verify_refusal(house, house.cleo, ValidationError, path="afterId"):
        workflow = await Workflow.load(house.signed)
        await workflow.add_stage(name="X", category=WorkCategory.READY, after_id=after.id)


async def test_a_stage_is_put_before_or_after_another(cast: Cast) -> None:
    house = cast.harbour
    before = await names(house)
    async with verify_action(house, house.cleo) as action:
        ready, workflow = await held(house, "Ready")
        await ready.put(workflow, after_id=(await stage(house, "In progress")).id)
        await ready.put(workflow, before_id=ready.id)
    assert action.kinds == [EventKind.STAGE_MOVED]
    assert (await names(house))[1:3] == ["In progress", "Ready"]
    async with unit_of_work(house.cleo):
        ready, workflow = await held(house, "Ready")
        await ready.put(workflow, before_id=(await stage(house, "In progress")).id)
    assert await names(house) == before


async def test_a_workflow_begins_with_work_to_do(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.cleo, ValidationError, path="afterId"):
        done, workflow = await held(house, "Done")
        await done.put(workflow, before_id=(await stage(house, "Planned")).id)


async def test_a_stage_that_nothing_stands_at_is_taken_out_of_use(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        hold, workflow = await held(house, "On hold")
        await retire(hold, workflow)
        await retire(hold, workflow)
    assert action.kinds == [EventKind.STAGE_RETIRED]
    assert "On hold" not in await names(house)
    async with verify_refusal(house, house.dan, Locked, code="STAGE_RETIRED", path="stageId"):
        await (await Job.load(house.books)).move(stage=hold)
    async with verify_refusal(house, house.dan, ValidationError, path="category"):
        await (await Job.load(house.books)).stage_of(WorkCategory.ON_HOLD)
    async with verify_refusal(house, house.dan, Locked, code="STAGE_RETIRED", path="stageId"):
        await Job.open(client_id=house.mill, title="X", stage_id=hold.id)
    async with verify_refusal(house, house.cleo, Locked, code="STAGE_RETIRED", path="id"):
        await hold.put(workflow)


async def test_a_stage_at_which_work_stands_is_refused_and_says_whose(cast: Cast) -> None:
    """Cleo is not to see the vault: its job is there, and is not named."""
    house = cast.harbour
    async with verify_refusal(
        house, house.cleo, Locked, code="STAGE_IN_USE", path="moveJobsToId"
    ) as refusal:
        await retire(*await held(house, "Planned"))
    assert "“Books” and more" in refusal.error.message
    assert "Secret" not in refusal.error.message


async def test_the_work_at_a_stage_goes_to_another_with_it(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        planned, workflow = await held(house, "Planned")
        await retire(planned, workflow, (await stage(house, "Ready")).id)
    assert action.kinds == [EventKind.JOB_MOVED, EventKind.JOB_MOVED, EventKind.STAGE_RETIRED]
    async with reading(house.ada):
        for id in (house.books, house.secret):
            assert (await Job.load(id, lock=False)).category is WorkCategory.READY


@pytest.mark.parametrize("where", ["Done", "Planned", "of another workflow", "of another firm"])
async def test_work_goes_on_at_another_stage_of_the_workflow(cast: Cast, where: str) -> None:
    house = cast.harbour
    async with reading(cast.alpine.ada):
        strange = (await (await Workflow.load(cast.alpine.standard, lock=False)).stages())[1].id
    error = NotFound if where == "of another firm" else ValidationError
    async with verify_refusal(house, house.cleo, error, path="moveJobsToId"):
        planned, workflow = await held(house, "Planned")
        match where:
            case "of another workflow":
                to = (await stage(house, "Preparing", "signed")).id
            case "of another firm":
                to = strange
            case _:
                to = (await stage(house, where)).id
        await retire(planned, workflow, to)


async def test_work_that_cannot_go_there_stays_and_the_stage_with_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await (await stage(house, "On hold")).change({"requires_steps_done": True}, None)
    async with verify_refusal(house, house.cleo, Locked, code="STAGE_IN_USE") as refusal:
        planned, workflow = await held(house, "Planned")
        await retire(planned, workflow, (await stage(house, "On hold")).id)
    assert "“Books”: Steps are still open" in refusal.error.message


async def test_what_is_over_stays_at_the_stage_where_it_ended(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        job = await Job.open(client_id=house.mill, title="Done before")
        await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
        await retire(*await held(house, "Cancelled"))
    async with reading(house.ada):
        found = await Job.load(job.id, lock=False)
        assert (await Stage.load(found.stage_id, lock=False)).name == "Cancelled"
    async with verify_action(house, house.ada) as action:
        found = await Job.load(job.id)
        await found.move(stage=await found.stage_of(WorkCategory.PLANNED))
    assert action.kinds == [EventKind.JOB_REOPENED]


async def test_a_workflow_keeps_a_stage_that_is_done(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.cleo, ValidationError, path="id"):
        await retire(*await held(house, "Done"))


async def test_the_database_itself_lets_no_job_come_to_a_retired_stage(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        seen = await stage(house, "On hold")
        await retire(*await held(house, "On hold"))
    async with verify_refusal(house, house.dan, asyncpg.CheckViolationError):
        await (await Job.load(house.books)).move(stage=seen)
    async with verify_refusal(house, house.dan, asyncpg.CheckViolationError):
        await (await Job.load(house.books)).record(
            EventKind.JOB_MOVED, stage_id=seen.id, category=WorkCategory.ON_HOLD
        )


async def test_of_a_job_that_comes_and_a_stage_that_goes_at_once_one_is_refused(
    cast: Cast,
) -> None:
    house = cast.harbour

    async def come() -> str:
        try:
            async with unit_of_work(house.dan):
                job = await Job.load(house.books)
                await job.move(stage=await job.stage_of(WorkCategory.ON_HOLD))
        except (PracticeError, asyncpg.CheckViolationError):
            return "refused"
        return "came"

    async def go() -> str:
        try:
            async with unit_of_work(house.cleo):
                await retire(*await held(house, "On hold"))
        except PracticeError:
            return "refused"
        return "went"

    async with verify_action(house):
        ended = await asyncio.gather(come(), go())
    assert ended.count("refused") == 1


async def test_nothing_is_filed_while_the_client_is_asked_for_something(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await (await stage(house, "In review")).change({"requires_requests_closed": True}, None)
        items = [{"kind": ItemKind.QUESTION, "text": text} for text in ("One?", "Two?")]
        request = await Request.make(job_id=house.books, title="Papers", items=items)
    async with verify_refusal(
        house, house.dan, Locked, code="REQUESTS_OPEN", path="stageId"
    ) as refusal:
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.IN_REVIEW))
    assert refusal.error.message == "The client is still asked for “Papers” (2 of 2 missing)."
    async with unit_of_work(house.dan):
        await (await Request.load(request.id)).cancel()
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.IN_REVIEW))
    assert EventKind.JOB_MOVED in action.kinds
