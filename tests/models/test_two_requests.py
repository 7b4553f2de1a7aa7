"""Two requests for one job: it goes on with the last of them, and says what it waits for."""

from models.jobs import Job
from models.requests import Request, RequestItem
from models.unit_of_work import reading, unit_of_work
from models.waiting import start_waiting
from models.workflows import WorkCategory
from tests.asking import TWO, asked, items_of, job_now
from tests.cast import Cast, House
from tests.guests import guest
from tests.verify import verify_action


async def waited_for(house: House) -> str:
    """What the books wait for, as their card says."""
    async with reading(house.ada) as unit:
        what: str = await unit.fetchval(
            "select what from waiting where job_id = $1 and ended_at is null", house.books
        )
    return what


async def test_a_job_that_waits_for_two_requests_goes_on_with_the_second(cast: Cast) -> None:
    house = cast.harbour
    first, second = await asked(house), await asked(house)
    async with unit_of_work(house.dan):
        await (await Request.load(first.id)).cancel()
    assert (await job_now(house, house.books)).category is WorkCategory.WAITING_ON_CLIENT

    async with unit_of_work(house.dan):
        await (await Request.load(second.id)).cancel()

    assert (await job_now(house, house.books)).category is WorkCategory.IN_PROGRESS


async def test_a_job_waits_for_what_is_still_open_not_for_what_has_come(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    await asked(house, TWO[0], title="Statements")
    (vans,) = await items_of(house, await asked(house, TWO[1], title="Vans"))

    async with verify_action(house, kit) as action:
        await (await RequestItem.load(vans.id, lock=False)).answer_with("None.")

    assert action.kinds == ["request_item.answered", "request.fulfilled", "waiting.started"]
    assert await waited_for(house) == "Statements"


async def test_what_somebody_says_that_a_job_waits_for_outlasts_its_requests(cast: Cast) -> None:
    house = cast.harbour
    await asked(house)
    second = await asked(house)
    async with unit_of_work(house.dan):
        await start_waiting(await Job.load(house.books), whom="client", what="a decision")
        await (await Request.load(second.id)).cancel()

    assert await waited_for(house) == "a decision"
