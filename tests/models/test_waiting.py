"""Waiting: whom for, what for, since when."""

from datetime import UTC, datetime

import pytest

from models.errors import ValidationError
from models.events import EventKind
from models.jobs import Job
from models.unit_of_work import reading, unit_of_work
from models.waiting import Waiting, end_waiting, start_waiting
from models.workflows import WorkCategory
from tests.cast import Cast
from tests.verify import verify_action, verify_refusal

PAPERS = "the bank statements"


@pytest.mark.parametrize(
    ("whom", "category"),
    [
        ("client", WorkCategory.WAITING_ON_CLIENT),
        ("other", WorkCategory.WAITING_ON_OTHER),
    ],
)
async def test_a_job_waits_for_somebody_and_something(
    cast: Cast, whom: str, category: WorkCategory
) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await start_waiting(await Job.load(house.books), whom=whom, what=PAPERS)
    assert job.category is category
    assert action.kinds == [EventKind.WAITING_STARTED, EventKind.JOB_MOVED]
    async with reading(house.dan):
        record = await Waiting.get(job_id=house.books)
    assert (record.whom, record.what, record.ended_at) == (whom, PAPERS, None)


async def test_waiting_for_nothing_is_refused(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, ValidationError, path="what"):
        await start_waiting(await Job.load(cast.harbour.books), whom="client", what="  ")


async def test_a_job_that_waits_already_only_changes_what_for(cast: Cast) -> None:
    house = cast.harbour
    await _wait(cast)
    async with verify_action(house, house.dan) as action:
        await start_waiting(await Job.load(house.books), whom="client", what="the receipts")
    assert action.only(EventKind.WAITING_STARTED)["payload"] == {"what": [PAPERS, "the receipts"]}


async def test_waiting_that_passes_to_somebody_else_stays_one_stretch(cast: Cast) -> None:
    house = cast.harbour
    await _wait(cast)
    async with verify_action(house, house.dan) as action:
        await start_waiting(await Job.load(house.books), whom="other", what="the tax office")
    assert action.kinds == [EventKind.WAITING_STARTED, EventKind.JOB_MOVED]
    async with reading(house.dan):
        assert await Waiting.filter(job_id=house.books).count() == 1


async def test_what_was_waited_for_comes_and_the_work_goes_on(cast: Cast) -> None:
    house = cast.harbour
    await _wait(cast)
    async with verify_action(house, house.dan) as action:
        job = await end_waiting(await Job.load(house.books))
    assert job.category is WorkCategory.IN_PROGRESS
    assert action.kinds == [EventKind.WAITING_ENDED, EventKind.JOB_MOVED]


async def test_ending_what_does_not_wait_changes_nothing(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        job = await end_waiting(await Job.load(cast.harbour.books))
    assert job.category is WorkCategory.PLANNED
    assert action.kinds == []


async def test_dragging_a_card_out_of_a_waiting_stage_ends_the_waiting(cast: Cast) -> None:
    house = cast.harbour
    await _wait(cast)
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.READY))
    assert action.kinds == [EventKind.WAITING_ENDED, EventKind.JOB_MOVED]


async def test_a_card_dragged_into_a_waiting_stage_waits_for_an_answer(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.WAITING_ON_CLIENT))
    record = action.only(EventKind.WAITING_STARTED)["payload"]
    assert record["what"] == [None, "an answer"]


async def test_a_reminder_is_put_on_record(cast: Cast) -> None:
    house = cast.harbour
    await _wait(cast)
    async with verify_action(house, house.dan) as action:
        record = await Waiting.of(await Job.load(house.books))
        assert record is not None
        await record.remind()
    assert action.kinds == [EventKind.WAITING_REMINDED]


async def test_waiting_begins_and_ends_at_the_moment_of_its_unit_of_work(cast: Cast) -> None:
    house, began = cast.harbour, datetime(2025, 3, 1, 9, tzinfo=UTC)
    async with verify_action(house, house.dan, at=began):
        await start_waiting(await Job.load(house.books), whom="client", what=PAPERS)
    async with verify_action(house, house.dan, at=datetime(2025, 3, 4, 9, tzinfo=UTC)):
        await end_waiting(await Job.load(house.books))
    async with reading(house.dan):
        record = await Waiting.get(job_id=house.books)
    assert record.since == began
    assert record.ended_at == datetime(2025, 3, 4, 9, tzinfo=UTC)


async def _wait(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan):
        await start_waiting(await Job.load(cast.harbour.books), whom="client", what=PAPERS)
