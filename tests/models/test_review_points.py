"""Review points: raised by who reviews, answered by who prepared, cleared before the sign-off."""

import pytest
from uuid_utils.compat import uuid7

from models.errors import Forbidden, Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.reviews import decide_review
from models.reviews.asking import request_review
from models.reviews.points import ReviewPoint
from models.tasks import Task
from models.unit_of_work import unit_of_work
from tests.cast import Cast, House, Person
from tests.verify import verify_action, verify_refusal


async def ask(house: House) -> None:
    """Dan has drafted the year end and asks Eve to look."""
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).complete()
        await request_review(await Job.load(house.year_end), house.eve.id)


async def raised(house: House, text: str = "A sum is wrong") -> ReviewPoint:
    async with unit_of_work(house.eve):
        return await ReviewPoint.note(await Job.load(house.year_end), text, task_id=house.draft)


async def act(by: Person, point: ReviewPoint, verb: str) -> None:
    async with unit_of_work(by):
        found, job = await ReviewPoint.load_with_job(point.id)
        await (found.reply("Mended") if verb == "reply" else getattr(found, verb)(job))


async def test_a_point_is_raised_answered_and_cleared(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_action(house) as action:
        point = await raised(house)
        await act(house.dan, point, "reply")
        await act(house.eve, point, "clear")
        await act(house.eve, point, "clear")
    assert action.kinds == [
        EventKind.REVIEW_POINT_RAISED, EventKind.REVIEW_POINT_ANSWERED,
        EventKind.REVIEW_POINT_CLEARED,
    ]  # fmt: skip
    assert action.events[0]["payload"]["task_id"] == [None, str(house.draft)]
    assert action.events[1]["payload"]["answered_by_id"] == [None, str(house.dan.id)]


async def test_the_same_point_sent_twice_is_raised_once(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    await ask(house)
    async with verify_action(house, house.eve) as action:
        for _ in range(2):
            await ReviewPoint.note(await Job.load(house.year_end), "A sum is wrong", id=id)
    assert action.kinds == [EventKind.REVIEW_POINT_RAISED]


@pytest.mark.parametrize("answered", [False, True])
async def test_nothing_is_signed_off_before_every_point_is_cleared(
    cast: Cast, answered: bool
) -> None:
    house = cast.harbour
    await ask(house)
    cleared, point = await raised(house, "A name is missing"), await raised(house)
    await act(house.eve, cleared, "clear")
    if answered:
        await act(house.dan, point, "reply")
    async with verify_refusal(house, house.eve, Locked, code="POINTS_OPEN") as refusal:
        await decide_review(await Job.load(house.year_end), "signed_off")
    assert refusal.error.message == "Review points are not cleared yet: “A sum is wrong”."
    await act(house.eve, point, "clear")
    async with verify_action(house, house.eve) as action:
        await decide_review(await Job.load(house.year_end), "signed_off")
    assert action.kinds == [EventKind.REVIEW_SIGNED_OFF]


async def test_work_is_returned_with_its_points_and_they_wait_for_the_next_look(
    cast: Cast,
) -> None:
    house = cast.harbour
    await ask(house)
    point = await raised(house)
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), "returned")
    await act(house.dan, point, "reply")
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.ben.id)
    async with verify_refusal(house, house.ben, Locked, code="POINTS_OPEN"):
        await decide_review(await Job.load(house.year_end), "signed_off")
    await act(house.ben, point, "clear")
    async with verify_action(house, house.ben):
        await decide_review(await Job.load(house.year_end), "signed_off")


async def test_a_point_that_was_not_put_right_is_opened_again(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    point = await raised(house)
    await act(house.dan, point, "reply")
    await act(house.eve, point, "clear")
    async with verify_refusal(house, house.dan, Locked, code="POINT_CLEARED"):
        await (await ReviewPoint.load(point.id)).reply("Mended better")
    async with verify_action(house) as action:
        await act(house.eve, point, "reopen")
        await act(house.eve, point, "reopen")
    assert action.kinds == [EventKind.REVIEW_POINT_REOPENED]
    async with verify_refusal(house, house.eve, Locked, code="POINTS_OPEN"):
        await decide_review(await Job.load(house.year_end), "signed_off")


async def test_only_who_reviews_raises_a_point(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.eve, NotFound, path="jobId"):
        await ReviewPoint.note(await Job.load(house.year_end), "Too early")
    await ask(house)
    async with verify_refusal(house, house.dan, Forbidden) as refusal:
        await ReviewPoint.note(await Job.load(house.year_end), "My own work")
    assert "Dan completed “Draft”" in refusal.error.message
    async with unit_of_work(house.cleo):
        await request_review(await Job.load(house.books), house.eve.id)
    async with verify_refusal(house, house.finn, Forbidden):
        await ReviewPoint.note(await Job.load(house.books), "Not my part")


@pytest.mark.parametrize("verb", ["clear", "reopen"])
async def test_who_prepared_the_work_answers_a_point_and_does_not_clear_it(
    cast: Cast, verb: str
) -> None:
    house = cast.harbour
    await ask(house)
    point = await raised(house)
    async with verify_refusal(house, house.dan, Forbidden):
        found, job = await ReviewPoint.load_with_job(point.id)
        await getattr(found, verb)(job)
    async with verify_action(house, house.cleo):
        found, job = await ReviewPoint.load_with_job(point.id)
        await found.clear(job)


async def test_somebody_elses_point_is_not_cleared_by_who_does_not_review(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await request_review(await Job.load(house.books), house.eve.id)
        point = await ReviewPoint.note(await Job.load(house.books), "Receipts are missing")
    async with verify_refusal(house, house.finn, Forbidden):
        found, job = await ReviewPoint.load_with_job(point.id)
        await found.clear(job)


async def test_a_point_is_about_a_step_of_the_job(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_refusal(house, house.eve, ValidationError, path="taskId"):
        await ReviewPoint.note(await Job.load(house.year_end), "Elsewhere", task_id=house.gather)
    async with verify_refusal(house, house.eve, NotFound, path="taskId"):
        await ReviewPoint.note(await Job.load(house.year_end), "There", task_id=cast.alpine.gather)


async def test_a_step_that_a_point_is_about_is_not_deleted(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    await raised(house)
    async with verify_refusal(house, house.cleo, Locked, code="REVIEWED"):
        await (await Task.load(house.draft)).remove()
