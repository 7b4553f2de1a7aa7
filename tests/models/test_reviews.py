"""Review: by somebody else than who prepared the work, before the work is done."""

import pytest

from models.clients import Client
from models.errors import Forbidden, Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.reviews import Review, decide_review
from models.reviews.asking import request_review
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory, Workflow
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def ask(house: House) -> None:
    """Dan has drafted the year end and asks Eve to look."""
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).complete()
        await request_review(await Job.load(house.year_end), house.eve.id)


async def decide(house: House, state: str) -> None:
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), state, "Seen")


async def to(house: House, category: WorkCategory) -> Job:
    job = await Job.load(house.year_end)
    return await job.move(stage=await job.stage_of(category))


async def reviews(house: House) -> list[tuple[str, object]]:
    async with reading(house.ada):
        rows = await Review.filter(job_id=house.year_end).order_by("requested_at", "id")
    return [(row.state, row.reviewer_id) for row in rows]


async def test_a_review_is_asked_for_and_takes_the_card_along(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await request_review(await Job.load(house.year_end), house.eve.id)
    assert action.kinds == [EventKind.REVIEW_REQUESTED, EventKind.JOB_MOVED]
    assert job.category is WorkCategory.IN_REVIEW
    asked = action.only(EventKind.REVIEW_REQUESTED)["payload"]
    assert asked["preparer_id"] == [None, str(house.dan.id)]
    assert asked["reviewer_id"] == [None, str(house.eve.id)]


async def test_who_prepared_the_work_does_not_review_it(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.cleo, ValidationError, path="reviewerId"):
        await request_review(await Job.load(house.year_end), house.dan.id)
    async with verify_refusal(house, house.cleo, ValidationError, path="reviewerId"):
        job = await (await Job.load(house.year_end)).assign(None)
        await request_review(job, house.cleo.id)


async def test_a_reviewer_is_somebody_of_the_firm(cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.dan, NotFound, path="reviewerId"):
        await request_review(await Job.load(cast.harbour.year_end), cast.alpine.eve.id)


async def test_an_open_request_passes_to_another_reviewer(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_action(house, house.dan) as action:
        await request_review(await Job.load(house.year_end), house.eve.id)
        await request_review(await Job.load(house.year_end), house.ben.id)
    assert action.kinds == [EventKind.REVIEW_REQUESTED]
    assert await reviews(house) == [("requested", house.ben.id)]


async def test_a_workflow_without_a_stage_for_it_knows_no_review(cast: Cast) -> None:
    house = cast.harbour
    stages = [{"name": "Open", "category": "planned"}, {"name": "Done", "category": "done"}]
    async with unit_of_work(house.ada):
        workflow = await Workflow.design(name="Two", stages=stages)
        job = await Job.open(client_id=house.mill, title="X", workflow_id=workflow.id)
    async with verify_refusal(house, house.dan, ValidationError, path="category"):
        await request_review(await Job.load(job.id), house.eve.id)


async def test_a_card_dragged_into_review_goes_to_the_clients_reviewer(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.IN_REVIEW))
    asked = action.only(EventKind.REVIEW_REQUESTED)["payload"]
    assert asked["reviewer_id"] == [None, str(house.eve.id)]


async def test_a_card_dragged_into_review_with_nobody_to_look_says_so(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(
        house, house.dan, ValidationError, code="REVIEWER_NEEDED", path="reviewerId"
    ):
        await to(house, WorkCategory.IN_REVIEW)
    async with unit_of_work(house.cleo):
        mill = await Client.load(house.mill)
        await mill.assign(await Member.load(house.dan.id), "reviewer")
    async with verify_refusal(house, house.dan, ValidationError, code="REVIEWER_NEEDED"):
        await to(house, WorkCategory.IN_REVIEW)


async def test_a_card_dragged_out_of_review_takes_the_request_back(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_action(house, house.dan) as action:
        await to(house, WorkCategory.IN_PROGRESS)
    assert action.kinds == [EventKind.REVIEW_RETURNED, EventKind.JOB_MOVED]
    assert await reviews(house) == [("returned", house.eve.id)]


async def test_the_reviewer_signs_off_and_the_card_stays_until_it_is_done(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_action(house, house.eve) as action:
        job = await decide_review(await Job.load(house.year_end), "signed_off", "Fine")
    assert action.kinds == [EventKind.REVIEW_SIGNED_OFF]
    assert job.category is WorkCategory.IN_REVIEW
    async with verify_action(house, house.dan) as action:
        await to(house, WorkCategory.DONE)
    assert action.kinds == [EventKind.JOB_COMPLETED]


async def test_the_reviewer_returns_the_work_with_a_note(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_action(house, house.eve) as action:
        job = await decide_review(await Job.load(house.year_end), "returned", "Again, please")
    assert action.kinds == [EventKind.REVIEW_RETURNED, EventKind.JOB_MOVED]
    assert job.category is WorkCategory.IN_PROGRESS
    assert action.events[0]["payload"]["note"] == ["", "Again, please"]


async def test_a_second_look_is_a_review_of_its_own(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    await decide(house, "returned")
    async with verify_action(house, house.dan) as action:
        await request_review(await Job.load(house.year_end), house.ben.id)
    assert action.kinds == [EventKind.REVIEW_REQUESTED, EventKind.JOB_MOVED]
    assert await reviews(house) == [("returned", house.eve.id), ("requested", house.ben.id)]


@pytest.mark.parametrize("state", ["signed_off", "returned"])
async def test_only_the_reviewer_or_a_manager_decides(cast: Cast, state: str) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await request_review(await Job.load(house.books), house.eve.id)
    async with verify_refusal(house, house.finn, Forbidden):
        await decide_review(await Job.load(house.books), state)
    async with verify_action(house, house.cleo) as action:
        await decide_review(await Job.load(house.books), state)
    # It stands in the name of who gave it.
    assert action.events[0]["payload"]["reviewer_id"] == [str(house.eve.id), str(house.cleo.id)]


async def test_not_even_an_owner_signs_off_their_own_work(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        job = await (await Job.load(house.year_end)).assign(house.ada.id)
        await request_review(job, house.eve.id)
    async with verify_refusal(house, house.ada, Forbidden):
        await decide_review(await Job.load(house.year_end), "signed_off")


async def test_who_prepared_the_work_stays_so_whoever_holds_the_card(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        job = await (await Job.load(house.year_end)).assign(house.cleo.id)
        await request_review(job, house.eve.id)
        await job.assign(house.dan.id)
    async with verify_refusal(house, house.cleo, Forbidden):
        await decide_review(await Job.load(house.year_end), "signed_off")
    async with verify_action(house, house.ben):
        await decide_review(await Job.load(house.year_end), "signed_off")


async def test_what_nobody_asked_to_review_is_not_decided(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.eve, NotFound, path="jobId"):
        await decide_review(await Job.load(house.year_end), "signed_off")
    await ask(house)
    await decide(house, "signed_off")
    async with verify_refusal(house, house.eve, NotFound, path="jobId"):
        await decide_review(await Job.load(house.year_end), "returned")


async def test_nothing_is_done_while_a_review_is_open(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    async with verify_refusal(house, house.dan, Locked, code="REVIEW_OPEN", path="stageId"):
        await to(house, WorkCategory.DONE)


async def test_nothing_is_filed_without_a_sign_off(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.draft)).complete()
    async with verify_refusal(house, house.dan, Locked, code="SIGN_OFF_NEEDED"):
        await to(house, WorkCategory.DONE)
    await ask(house)
    await decide(house, "returned")
    async with verify_refusal(house, house.dan, Locked, code="SIGN_OFF_NEEDED"):
        await to(house, WorkCategory.DONE)


async def test_a_sign_off_given_before_the_last_request_does_not_count(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    await decide(house, "signed_off")
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.ben.id)
    async with verify_refusal(house, house.dan, Locked, code="REVIEW_OPEN"):
        await to(house, WorkCategory.DONE)
    async with unit_of_work(house.ben):
        await decide_review(await Job.load(house.year_end), "returned", "Not yet")
    async with verify_refusal(house, house.dan, Locked, code="SIGN_OFF_NEEDED"):
        await to(house, WorkCategory.DONE)


@pytest.mark.parametrize("change", ["a new step", "a step done again", "a step cancelled"])
async def test_work_that_changed_after_it_was_signed_off_is_reviewed_again(
    cast: Cast, change: str
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        extra = await Task.add(title="Appendix", job_id=house.year_end)
    await ask(house)
    await decide(house, "signed_off")
    async with unit_of_work(house.dan):
        match change:
            case "a new step":
                await (await Task.add(title="Late", job_id=house.year_end)).complete()
                await (await Task.load(extra.id)).remove()
            case "a step done again":
                await (await Task.load(extra.id)).remove()
                await (await (await Task.load(house.draft)).reopen()).complete()
            case "a step cancelled":
                await (await Task.load(extra.id)).move(status=WorkCategory.CANCELLED)
    async with verify_refusal(house, house.dan, Locked, code="SIGN_OFF_LAPSED"):
        await to(house, WorkCategory.DONE)


async def test_what_does_not_change_the_work_leaves_the_sign_off(cast: Cast) -> None:
    house = cast.harbour
    await ask(house)
    await decide(house, "signed_off")
    async with unit_of_work(house.dan):
        draft = await Task.load(house.draft)
        await draft.assign(house.ben.id)
        await draft.move(after_id=house.tidy)
    async with verify_action(house, house.dan) as action:
        await to(house, WorkCategory.DONE)
    assert action.kinds == [EventKind.JOB_COMPLETED]
