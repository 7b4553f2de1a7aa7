"""Services and the stages that their work goes through."""

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.database import Database
from models.errors import NotFound, ValidationError
from models.events import EventKind
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import (
    STANDARD_STAGES,
    Service,
    WorkCategory,
    Workflow,
    default_workflow,
)
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal


async def test_a_workflow_keeps_its_stages_in_the_order_given(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.ada) as action:
        workflow = await Workflow.design(name="Tiny", stages=STANDARD_STAGES)
        stages = await workflow.stages()
    assert [stage.name for stage in stages] == [stage["name"] for stage in STANDARD_STAGES]
    assert action.kinds == [EventKind.WORKFLOW_CREATED] + [EventKind.STAGE_ADDED] * len(stages)


async def test_a_workflow_must_be_able_to_end(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, ValidationError, path="stages"):
        await Workflow.design(name="Endless", stages=STANDARD_STAGES[:3])


async def test_a_workflow_designed_twice_under_one_id_has_its_stages_once(cast: Cast) -> None:
    id = uuid7()
    async with verify_action(cast.harbour):
        for _ in range(2):
            async with unit_of_work(cast.harbour.ada):
                workflow = await Workflow.design(id=id, name="Tiny", stages=STANDARD_STAGES)
                assert len(await workflow.stages()) == len(STANDARD_STAGES)


async def test_a_stage_is_found_by_its_category(cast: Cast) -> None:
    async with reading(cast.harbour.dan):
        workflow = await Workflow.load(cast.harbour.signed, lock=False)
        filed = await workflow.stage(WorkCategory.DONE)
        assert filed is not None
        assert filed.name == filed.client_facing_name == "Filed"
        assert filed.requires_sign_off
        assert await workflow.stage(WorkCategory.ON_HOLD) is None


async def test_a_service_follows_a_workflow_of_the_firm(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada) as action:
        service = await Service.offer(name="Payroll", workflow_id=house.standard)
        await service.change({"workflow_id": house.signed, "name": "Pay"}, 1)
    assert action.kinds == [EventKind.SERVICE_CREATED, EventKind.SERVICE_CHANGED]
    async with verify_refusal(house, house.ada, NotFound, path="workflowId"):
        await Service.offer(name="Stolen", workflow_id=cast.alpine.standard)
    async with verify_refusal(house, house.ada, NotFound, path="workflowId"):
        service = await Service.load(house.bookkeeping)
        await service.change({"workflow_id": cast.alpine.standard}, None)


async def test_two_services_do_not_share_a_name(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, asyncpg.UniqueViolationError):
        await Service.offer(name="bookKEEPING", workflow_id=cast.harbour.standard)


async def test_the_default_workflow_is_the_firms_first(cast: Cast, practice: Database) -> None:
    async with reading(cast.harbour.dan):
        assert (await default_workflow()).id == cast.harbour.standard
    async with reading(Viewer.system(uuid7(), "test")):
        with pytest.raises(NotFound):
            await default_workflow()


def test_what_is_over_has_not_merely_begun_or_waits() -> None:
    over = {category for category in WorkCategory if category.is_over}
    waiting = {category for category in WorkCategory if category.is_waiting}
    not_begun = {category for category in WorkCategory if not category.is_begun}
    assert over == {WorkCategory.DONE, WorkCategory.CANCELLED}
    assert waiting == {WorkCategory.WAITING_ON_CLIENT, WorkCategory.WAITING_ON_OTHER}
    assert not_begun == {WorkCategory.PLANNED, WorkCategory.READY, WorkCategory.CANCELLED}
