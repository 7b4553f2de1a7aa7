"""Several reviewers look one after the other, and none of those who prepared the work."""

import asyncio

import pytest

from models.errors import Forbidden, Locked, PracticeError, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.reviews import Review, decide_review
from models.reviews.asking import ensure_requested, request_review
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from tests.cast import Cast, House, Person
from tests.verify import verify_action, verify_refusal


async def ask(house: House, first: Person, *others: Person) -> None:
    """Dan has drafted the year end and asks these to look at it, in this order."""
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).complete()
        await request_review(
            await Job.load(house.year_end), first.id, [person.id for person in others]
        )


async def decide(house: House, by: Person, state: str = "signed_off") -> None:
    async with unit_of_work(by):
        await decide_review(await Job.load(house.year_end), state)


async def standing(house: House) -> list[tuple[int, str, object]]:
    async with reading(house.ada):
        chain = await Review.chain(await Job.load(house.year_end, lock=False))
    return [(one.place, one.state, one.reviewer_id) for one in chain]


async def test_the_second_is_asked_when_the_first_has_signed_off(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        await request_review(await Job.load(house.year_end), house.eve.id, [house.ben.id])
    assert action.kinds == [
        EventKind.REVIEW_REQUESTED, EventKind.REVIEW_PLANNED, EventKind.JOB_MOVED
    ]  # fmt: skip
    async with verify_action(house, house.eve) as action:
        await decide_review(await Job.load(house.year_end), "signed_off")
    assert action.kinds == [EventKind.REVIEW_SIGNED_OFF, EventKind.REVIEW_REQUESTED]
    assert await standing(house) == [
        (1, "signed_off", house.eve.id), (2, "requested", house.ben.id)
    ]  # fmt: skip


async def test_nothing_is_filed_before_the_last_of_them_has_signed_off(cast: Cast) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)
    await decide(house, house.eve)
    async with verify_refusal(house, house.dan, Locked, code="REVIEW_OPEN"):
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    await decide(house, house.ben, "returned")
    async with verify_refusal(house, house.dan, Locked, code="SIGN_OFF_NEEDED"):
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.ben.id)
    await decide(house, house.ben)
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    assert action.kinds == [EventKind.JOB_COMPLETED]


async def test_what_the_second_returns_the_first_need_not_look_at_again(cast: Cast) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)
    await decide(house, house.eve)
    await decide(house, house.ben, "returned")
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.ben.id)
    assert await standing(house) == [
        (1, "signed_off", house.eve.id), (2, "requested", house.ben.id)
    ]  # fmt: skip


async def test_what_the_first_returns_comes_to_the_second_all_the_same(cast: Cast) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)
    await decide(house, house.eve, "returned")
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.year_end)
        await job.move(stage=await job.stage_of(WorkCategory.IN_REVIEW))
    assert action.kinds == [EventKind.REVIEW_REQUESTED, EventKind.JOB_MOVED]
    assert await standing(house) == [(1, "requested", house.eve.id), (2, "planned", house.ben.id)]


async def test_work_that_changed_goes_back_to_the_first_and_then_to_the_second(cast: Cast) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)
    await decide(house, house.eve)
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).reopen()
    async with verify_refusal(house, house.ben, Locked, code="SIGN_OFF_LAPSED", path="jobId"):
        await decide_review(await Job.load(house.year_end), "signed_off")
    async with verify_action(house, house.dan) as action:
        await request_review(await Job.load(house.year_end), house.eve.id)
    assert action.kinds == [EventKind.REVIEW_PLANNED, EventKind.REVIEW_REQUESTED]
    await decide(house, house.eve)
    assert await standing(house) == [
        (1, "signed_off", house.eve.id), (2, "requested", house.ben.id)
    ]  # fmt: skip


async def test_other_reviewers_begin_a_round_of_their_own(cast: Cast) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)
    await decide(house, house.eve)
    async with verify_action(house, house.dan) as action:
        await request_review(await Job.load(house.year_end), house.cleo.id, [house.eve.id])
    assert action.kinds == [
        EventKind.REVIEW_LAPSED, EventKind.REVIEW_REQUESTED, EventKind.REVIEW_PLANNED
    ]  # fmt: skip
    assert await standing(house) == [
        (1, "requested", house.cleo.id), (2, "planned", house.eve.id)
    ]  # fmt: skip
    async with verify_action(house, house.dan) as action:
        await request_review(await Job.load(house.year_end), house.ben.id, [])
    assert action.kinds == [EventKind.REVIEW_REQUESTED, EventKind.REVIEW_DROPPED]
    assert await standing(house) == [(1, "requested", house.ben.id)]


async def test_nobody_looks_twice(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path="nextReviewerIds.1"):
        await request_review(
            await Job.load(house.year_end), house.eve.id, [house.ben.id, house.eve.id]
        )
    await ask(house, house.eve, house.ben)
    async with verify_refusal(house, house.dan, ValidationError, path="reviewerId"):
        await request_review(await Job.load(house.year_end), house.ben.id)
    async with verify_refusal(house, house.ben, Forbidden):
        await decide_review(await Job.load(house.year_end), "signed_off")
    async with verify_refusal(house, house.dan, ValidationError, path="nextReviewerIds"):
        await request_review(await Job.load(house.year_end), house.eve.id, [house.ben.id] * 10)


async def test_who_completed_a_step_is_told_that_they_do_not_review_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.eve):
        await (await Task.load(house.draft)).complete()
    async with verify_refusal(house, house.dan, ValidationError, path="reviewerId") as refusal:
        await request_review(await Job.load(house.year_end), house.eve.id)
    assert refusal.error.message == (
        "Eve completed “Draft”: who prepared the work does not review it."
    )
    async with verify_refusal(house, house.dan, ValidationError, path="nextReviewerIds.0"):
        await request_review(await Job.load(house.year_end), house.ben.id, [house.eve.id])


async def test_who_completes_a_step_while_they_review_does_not_sign_it_off(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.eve.id)
    async with unit_of_work(house.eve):
        await (await Task.load(house.draft)).complete()
    async with verify_refusal(house, house.eve, Forbidden) as refusal:
        await decide_review(await Job.load(house.year_end), "signed_off")
    assert "Eve completed “Draft”" in refusal.error.message
    async with unit_of_work(house.ada):
        await (await Job.load(house.year_end)).assign(house.cleo.id)
    async with verify_refusal(house, house.cleo, Forbidden) as refusal:
        await decide_review(await Job.load(house.year_end), "signed_off")
    assert "Cleo owns this job" in refusal.error.message


async def test_the_clients_reviewer_who_prepared_it_is_passed_over(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.eve):
        await (await Task.load(house.gather)).complete()
    async with verify_refusal(house, house.dan, ValidationError, code="REVIEWER_NEEDED"):
        await ensure_requested(await Job.load(house.books))


async def test_who_was_planned_and_owns_the_job_by_then_cannot_sign_it_off(cast: Cast) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)
    async with unit_of_work(house.ada):
        await (await Job.load(house.year_end)).assign(house.ben.id)
    await decide(house, house.eve)
    async with verify_refusal(house, house.ben, Forbidden):
        await decide_review(await Job.load(house.year_end), "signed_off")
    async with unit_of_work(house.ada):
        await request_review(await Job.load(house.year_end), house.cleo.id)
    await decide(house, house.cleo)
    assert [state for _, state, _ in await standing(house)] == ["signed_off", "signed_off"]


@pytest.mark.parametrize("rivals", [8])
async def test_of_many_who_sign_off_at_once_one_does_and_the_next_is_asked_once(
    cast: Cast, rivals: int
) -> None:
    house = cast.harbour
    await ask(house, house.eve, house.ben)

    async def sign_off() -> bool:
        try:
            await decide(house, house.eve)
        except PracticeError:
            return False
        return True

    async with verify_action(house) as action:
        done = await asyncio.gather(*(sign_off() for _ in range(rivals)))
    assert sum(done) == 1
    assert action.kinds == [EventKind.REVIEW_SIGNED_OFF, EventKind.REVIEW_REQUESTED]
