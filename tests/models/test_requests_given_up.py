"""With its job a request is given up: nothing is asked for work that nobody does."""

import asyncio
from uuid import UUID

from models.errors import Locked, NotFound
from models.events import EventKind
from models.requests import Request, RequestItem
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from resolvers import jobs
from tests.asking import TWO, answered_by, asked, items_of, job_now
from tests.cast import Cast
from tests.guests import guest
from tests.verify import verify_action, verify_refusal


async def test_with_its_job_a_request_is_cancelled_and_stays_so(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house)
    (cars, _) = await items_of(house, request)

    async with verify_action(house, house.dan) as given_up:
        await jobs.move(id=house.books, category=WorkCategory.CANCELLED)
    async with verify_action(house, house.dan) as reopened:
        await jobs.move(id=house.books, category=WorkCategory.IN_PROGRESS)

    assert given_up.kinds == ["request.cancelled", "waiting.ended", "job.moved"]
    assert given_up.only(EventKind.REQUEST_CANCELLED)["entity_id"] == str(request.id)
    assert reopened.kinds == ["job.reopened"]
    async with verify_refusal(house, kit, NotFound):
        await RequestItem.load(cars.id, lock=False)


async def test_what_came_before_its_job_was_given_up_stays_as_it_came(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house, TWO[0])
    (cars,) = await items_of(house, request)
    await answered_by(kit, cars)

    async with verify_action(house, house.dan) as action:
        await jobs.move(id=house.books, category=WorkCategory.CANCELLED)

    assert action.kinds == ["job.moved"]


async def test_a_job_given_up_while_its_requests_are_answered_is_no_deadlock(
    cast: Cast,
) -> None:
    house = cast.harbour
    kit = await guest(house)
    requests = [await asked(house, TWO[0], title=f"Papers {number}") for number in range(3)]
    items = [(await items_of(house, request))[0] for request in requests]

    async def answer(id: UUID) -> None:
        async with unit_of_work(kit):
            await (await RequestItem.load(id, lock=False)).answer_with("None.")

    async def give_up() -> None:
        async with unit_of_work(house.dan):
            await jobs.move(id=house.books, category=WorkCategory.CANCELLED)

    *answers, given_up = await asyncio.gather(
        *(answer(item.id) for item in items), give_up(), return_exceptions=True
    )

    assert given_up is None
    assert all(outcome is None or isinstance(outcome, Locked | NotFound) for outcome in answers)
    assert (await job_now(house, house.books)).category is WorkCategory.CANCELLED
    async with reading(house.ada) as unit:
        assert await unit.fetchval("select count(*) from request where state = 'open'") == 0


async def test_who_may_not_see_a_job_waits_for_nobody_who_holds_what_is_asked_for_it(
    cast: Cast,
) -> None:
    house = cast.harbour
    request = await asked(house, job_id=house.year_end)
    async with unit_of_work(house.dan):
        await Request.load(request.id)

        async with verify_refusal(house, house.finn, NotFound):
            await jobs.move(id=house.year_end, category=WorkCategory.CANCELLED)
