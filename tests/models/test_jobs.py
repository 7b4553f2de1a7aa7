"""Jobs: opening them with their steps, and patching their facts."""

from datetime import date

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.dependencies import Dependency
from models.errors import Conflict, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.tasks import Task
from models.unit_of_work import current, reading, unit_of_work
from models.workflows import WorkCategory, Workflow
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_job_opens_at_its_services_first_stage(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await Job.open(client_id=house.mill, title="Returns", service_id=house.accounts)
    assert (job.workflow_id, job.category) == (house.signed, WorkCategory.PLANNED)
    assert action.kinds == [EventKind.JOB_CREATED]
    assert action.events[0]["client_id"] == str(house.mill)


async def test_a_job_for_no_service_follows_the_firms_first_workflow(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan):
        job = await Job.open(client_id=house.mill, title="Advice")
        other = await Job.open(client_id=house.mill, title="More", workflow_id=house.signed)
    assert job.workflow_id == house.standard
    assert other.workflow_id == house.signed


async def test_a_job_may_open_at_a_later_stage_of_its_workflow_but_not_at_its_end(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with reading(house.dan):
        stages = await (await Workflow.load(house.standard, lock=False)).stages()
    by_category = {stage.category: stage.id for stage in stages}
    async with verify_action(house, house.dan):
        ready = by_category[WorkCategory.READY]
        job = await Job.open(client_id=house.mill, title="Ready", stage_id=ready)
    assert job.category is WorkCategory.READY
    async with verify_refusal(house, house.dan, ValidationError, path="stageId"):
        done = by_category[WorkCategory.DONE]
        await Job.open(client_id=house.mill, title="Done", stage_id=done)
    async with verify_refusal(house, house.dan, ValidationError, path="stageId"):
        await Job.open(
            client_id=house.mill, title="Mixed", workflow_id=house.signed, stage_id=ready
        )


async def test_a_job_that_opens_waiting_says_what_for(cast: Cast) -> None:
    house = cast.harbour
    async with reading(house.dan):
        workflow = await Workflow.load(house.standard, lock=False)
        stage = await workflow.stage(WorkCategory.WAITING_ON_CLIENT)
    assert stage is not None
    async with verify_action(house, house.dan) as action:
        await Job.open(client_id=house.mill, title="Papers", stage_id=stage.id)
    assert action.kinds == [EventKind.JOB_CREATED, EventKind.WAITING_STARTED]


async def test_a_job_lays_out_its_steps_with_what_they_wait_for(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await Job.open(
            client_id=house.mill,
            title="Payroll",
            team_id=house.ledgers,
            step_list=[
                {"title": "One", "due_date": date(2026, 1, 31), "estimate_seconds": 3600},
                {"title": "Two", "depends_on": [1, 1]},
                {"title": "Three", "depends_on": [1, 2]},
            ],
        )
    assert action.kinds == [
        EventKind.JOB_CREATED,
        *[EventKind.TASK_CREATED] * 3,
        *[EventKind.DEPENDENCY_ADDED] * 3,
    ]
    async with reading(house.dan):
        tasks = await Task.filter(job_id=job.id).order_by("step")
        links = await Dependency.filter(blocked_id__in=[task.id for task in tasks])
    assert [task.status for task in tasks] == ["ready", "planned", "planned"]
    assert {task.team_id for task in tasks} == {house.ledgers}
    assert [task.position for task in tasks] == sorted(task.position for task in tasks)
    number = {task.id: task.step for task in tasks}
    assert {(number[link.blocked_id], number[link.blocker_id]) for link in links} == {
        (2, 1),
        (3, 1),
        (3, 2),
    }


@pytest.mark.parametrize("number", [0, 1, 2, -1])
async def test_a_step_waits_for_earlier_steps_only(cast: Cast, number: int) -> None:
    house, step = cast.harbour, {"title": "One", "depends_on": [number]}
    async with verify_refusal(house, house.dan, ValidationError, path="steps.0.dependsOn"):
        await Job.open(client_id=house.mill, title="Knot", step_list=[step])


async def test_a_step_for_who_has_left_is_named_by_its_place(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).leave(date(2020, 1, 1))
    steps = [{"title": title, "assignee_id": person.id}
             for title, person in (("Post", house.eve), ("Check", house.dan))]  # fmt: skip
    async with verify_refusal(
        house, house.cleo, ValidationError, code="HAS_LEFT", path="steps.1.assigneeId"
    ):
        await Job.open(client_id=house.mill, title="Books", step_list=steps)


async def test_a_job_has_at_most_250_steps(cast: Cast) -> None:
    steps = [{"title": str(number)} for number in range(251)]
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="steps"):
        await Job.open(client_id=cast.harbour.mill, title="Endless", step_list=steps)
    async with verify_action(cast.harbour, cast.harbour.dan):
        await Job.open(client_id=cast.harbour.mill, title="Long", step_list=steps[:250])


async def test_a_job_opened_twice_under_one_id_is_opened_once_with_its_steps(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with verify_action(house) as action:
        for is_new in (True, False):
            async with unit_of_work(house.dan):
                job = await Job.open(
                    id=id,
                    client_id=house.mill,
                    title="Payroll",
                    due_date=date(2026, 1, 31),
                    step_list=[{"title": "One"}],
                )
                assert job.is_new is is_new
    assert action.kinds == [EventKind.JOB_CREATED, EventKind.TASK_CREATED]


async def test_another_job_under_the_same_id_is_a_conflict(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN"):
        await Job.open(id=house.books, client_id=house.bakery, title="Other books")


async def test_a_job_is_not_made_of_the_other_firms_things(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    strangers = {
        "ownerId": {"owner_id": other.dan.id},
        "teamId": {"team_id": other.ledgers},
        "serviceId": {"service_id": other.bookkeeping},
        "engagementId": {"engagement_id": other.engagement},
        "workflowId": {"workflow_id": other.standard},
        "steps.0.assigneeId": {"step_list": [{"title": "X", "assignee_id": other.dan.id}]},
    }
    for path, given in strangers.items():
        async with verify_refusal(house, house.ada, NotFound, path=path):
            await Job.open(client_id=house.mill, title="X", **given)  # type: ignore[arg-type]
    async with verify_refusal(house, house.ada, NotFound, path="clientId"):
        await Job.open(client_id=other.mill, title="X")


async def test_a_job_under_another_clients_engagement_is_refused(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path="engagementId"):
        await Job.open(client_id=house.mill, title="X", engagement_id=house.engagement)
    async with unit_of_work(house.dan):
        job = await Job.open(client_id=house.mill, title="X")
    async with verify_refusal(house, house.dan, ValidationError, path="engagementId"):
        await job.change({"engagement_id": house.engagement}, None)
    async with verify_refusal(house, house.dan, asyncpg.ForeignKeyViolationError):
        await current().execute("update job set engagement_id = $1 where id = $2",
                                house.engagement, job.id)  # fmt: skip


async def test_a_period_does_not_end_before_it_starts(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, asyncpg.CheckViolationError):
        await Job.open(
            client_id=cast.harbour.mill,
            title="X",
            period_start=date(2026, 2, 1),
            period_end=date(2026, 1, 31),
        )


async def test_a_job_is_patched_field_by_field(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house) as action:
        async with unit_of_work(house.dan):
            await (await Job.load(house.books)).change({"title": "The books"}, 1)
        async with unit_of_work(house.eve):
            await (await Job.load(house.books)).change({"due_date": date(2026, 5, 1)}, 1)
    assert action.kinds == [EventKind.JOB_CHANGED] * 2
    async with verify_refusal(house, house.eve, Conflict) as refusal:
        await (await Job.load(house.books)).change({"title": "Ledgers", "team_id": None}, 1)
    assert (refusal.error.version, refusal.error.changed_fields) == (3, ("title",))


async def test_the_same_edit_by_two_people_is_no_conflict(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house) as action:
        for viewer in (house.dan, house.eve):
            async with unit_of_work(viewer):
                await (await Job.load(house.books)).change({"title": "Ledgers"}, 1)
    assert action.kinds == [EventKind.JOB_CHANGED]


async def test_a_version_that_is_not_there_yet_is_a_conflict(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, Conflict, path="expectedVersion"):
        await (await Job.load(cast.harbour.books)).change({"title": "X"}, 2)


async def test_a_job_is_assigned_and_given_back(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        await (await Job.load(house.books)).assign(house.eve.id)
        await (await Job.load(house.books)).assign(None)
    assert action.kinds == [EventKind.JOB_ASSIGNED] * 2
    async with verify_refusal(house, house.cleo, NotFound, path="ownerId"):
        await (await Job.load(house.books)).assign(cast.alpine.eve.id)
