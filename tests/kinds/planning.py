"""What happens to workflows, services, templates and what comes back."""

from datetime import date, timedelta

from uuid_utils.compat import uuid7

from models.clients import firm_today
from models.events import EventKind
from models.recurrences import Recurrence
from models.recurrences.making import make_due
from models.templates import Template
from models.templates.applying import apply
from models.unit_of_work import unit_of_work
from models.workflows import STANDARD_STAGES, Service, Workflow
from models.workflows.retiring import retire
from tests.cast import House
from tests.kinds.acts import Course, causes
from tests.templates import STEPS, bookkeeping_template

DAY = date(2026, 1, 5)
_JOB = (EventKind.JOB_CREATED, EventKind.TASK_CREATED, EventKind.DEPENDENCY_ADDED)


async def published(house: House) -> Template:
    """In the unit of work around; names are taken once."""
    return await bookkeeping_template(house, name=f"Books {uuid7().hex}")


async def recurrence(house: House) -> Recurrence:
    """Due since yesterday."""
    async with unit_of_work(house.cleo):
        template = await published(house)
        return await Recurrence.start(
            client_id=house.bakery, template_id=template.id, rule="FREQ=YEARLY",
            first_date=await firm_today() - timedelta(days=1),
        )  # fmt: skip


@causes(EventKind.WORKFLOW_CREATED, EventKind.STAGE_ADDED)
async def a_workflow_is_designed(house: House) -> Course:
    yield house.cleo
    await Workflow.design(name="Payroll", stages=STANDARD_STAGES)


async def designed(house: House, name: str) -> Workflow:
    async with unit_of_work(house.ada):
        return await Workflow.design(name=name, stages=STANDARD_STAGES)


@causes(EventKind.WORKFLOW_CHANGED)
async def a_workflow_is_called_otherwise(house: House) -> Course:
    workflow = await designed(house, "Called")
    yield house.ada
    await (await Workflow.load(workflow.id)).change({"name": "Called otherwise"}, None)


@causes(EventKind.STAGE_CHANGED)
async def a_stage_asks_for_more(house: House) -> Course:
    workflow = await designed(house, "Stricter")
    yield house.ada
    stage = (await workflow.stages())[2]
    await stage.change({"requires_requests_closed": True}, None)


@causes(EventKind.STAGE_MOVED)
async def a_stage_comes_later(house: House) -> Course:
    workflow = await designed(house, "Rearranged")
    yield house.ada
    stages = await workflow.stages()
    await stages[1].put(workflow, after_id=stages[3].id)


@causes(EventKind.STAGE_RETIRED)
async def a_stage_is_used_no_more(house: House) -> Course:
    workflow = await designed(house, "Shorter")
    yield house.ada
    await retire((await workflow.stages())[1], workflow)


@causes(EventKind.SERVICE_CREATED)
async def a_service_is_offered(house: House) -> Course:
    yield house.cleo
    await Service.offer(name="Payroll", workflow_id=house.standard)


@causes(EventKind.SERVICE_CHANGED)
async def a_service_is_called_otherwise(house: House) -> Course:
    yield house.cleo
    await (await Service.load(house.accounts)).change({"name": "Annual accounts"}, None)


@causes(EventKind.TEMPLATE_CREATED, EventKind.TEMPLATE_VERSION_BEGUN, EventKind.TEMPLATE_STEP_ADDED,
        EventKind.TEMPLATE_PUBLISHED)  # fmt: skip
async def a_template_is_designed_and_published(house: House) -> Course:
    yield house.cleo
    await published(house)


@causes(EventKind.TEMPLATE_STEPS_SET, EventKind.TEMPLATE_STEP_REMOVED,
        EventKind.TEMPLATE_STEP_ADDED)  # fmt: skip
async def the_steps_of_a_draft_are_set_anew(house: House) -> Course:
    async with unit_of_work(house.cleo):
        made = await Template.design(service_id=house.accounts, name="Draft", step_list=STEPS)
    yield house.cleo
    await (await Template.load(made.id)).set_steps(STEPS[:1])


@causes(*_JOB)
async def a_template_is_applied(house: House) -> Course:
    async with unit_of_work(house.cleo):
        made = await published(house)
    yield house.cleo
    template = await Template.load(made.id)
    await apply(template, client_id=house.bakery, period_end=DAY, due_date=DAY)


@causes(EventKind.RECURRENCE_STARTED)
async def a_template_comes_back(house: House) -> Course:
    async with unit_of_work(house.cleo):
        made = await published(house)
        day = await firm_today()
    yield house.cleo
    await Recurrence.start(
        client_id=house.bakery, template_id=made.id, rule="FREQ=YEARLY", first_date=day
    )


@causes(EventKind.RECURRENCE_ADVANCED, *_JOB)
async def what_is_due_is_made(house: House) -> Course:
    made = await recurrence(house)
    yield house.system
    await make_due(await Recurrence.load(made.id))


@causes(EventKind.RECURRENCE_ENDED)
async def it_comes_back_no_more(house: House) -> Course:
    made = await recurrence(house)
    yield house.cleo
    await (await Recurrence.load(made.id)).end()
