"""What a client sent is looked at: found good it stays, sent back it is asked for again."""

from models.errors import Locked
from models.events import EventKind
from models.jobs import Job
from models.requests import ItemState, Request, RequestItem, RequestState
from models.unit_of_work import current, reading, unit_of_work
from models.viewer import Viewer
from models.workflows import WorkCategory
from tests.asking import TWO, answered_by, asked, items_of, job_now
from tests.cast import Cast, House
from tests.guests import guest
from tests.verify import verify_action, verify_refusal


async def answered(house: House, kit: Viewer) -> tuple[Request, RequestItem]:
    """A request that asked one question, which Kit has answered."""
    request = await asked(house, TWO[0])
    (cars,) = await items_of(house, request)
    await answered_by(kit, cars)
    return request, cars


async def test_what_is_sent_back_opens_the_request_and_the_job_waits_again(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    request, cars = await answered(house, kit)

    async with verify_action(house, house.dan) as action:
        await (await RequestItem.load(cars.id, lock=False)).reject("And the van?")
        (letter,) = current().letters

    assert action.kinds == [
        "request_item.rejected", "request.reopened", "waiting.started", "job.moved",
    ]  # fmt: skip
    assert letter.to == "kit@bakery.example"
    assert (await job_now(house, house.books)).category is WorkCategory.WAITING_ON_CLIENT
    async with reading(kit):
        seen = await RequestItem.load(cars.id, lock=False)
        again = await Request.load(request.id, lock=False)
    assert (seen.state, seen.rejection, again.state) == (
        ItemState.OPEN, "And the van?", RequestState.OPEN,
    )  # fmt: skip

    async with verify_action(house, kit) as better:
        await (await RequestItem.load(cars.id, lock=False)).answer_with("One van.")
    assert better.only(EventKind.REQUEST_ITEM_ANSWERED)["payload"]["rejection"] == [
        "And the van?", None,
    ]  # fmt: skip
    assert (await job_now(house, house.books)).category is WorkCategory.IN_PROGRESS


async def test_what_was_found_good_stays_until_it_is_sent_back(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house)
    cars, _ = await items_of(house, request)
    await answered_by(kit, cars)
    for kinds in (["request_item.accepted"], []):
        async with verify_action(house, house.dan) as action:
            await (await RequestItem.load(cars.id, lock=False)).accept()
        assert action.kinds == kinds

    async with verify_refusal(house, kit, Locked, code="ACCEPTED"):
        await (await RequestItem.load(cars.id, lock=False)).answer_with("Two.")
    async with verify_action(house, house.dan) as back:
        await (await RequestItem.load(cars.id, lock=False)).reject("Look again.")
    assert back.kinds == ["request_item.rejected"], "the request was open, and the job waits"


async def test_what_has_not_come_is_neither_good_nor_sent_back(cast: Cast) -> None:
    house = cast.harbour
    cars, _ = await items_of(house, await asked(house))
    async with verify_refusal(house, house.dan, Locked, code="NOTHING_CAME"):
        await (await RequestItem.load(cars.id, lock=False)).accept()
    async with verify_refusal(house, house.dan, Locked, code="NOTHING_CAME"):
        await (await RequestItem.load(cars.id, lock=False)).reject("Where is it?")


async def test_nothing_is_asked_again_for_a_job_that_is_over(cast: Cast) -> None:
    house = cast.harbour
    _, cars = await answered(house, await guest(house))
    async with unit_of_work(house.dan):
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
    async with verify_refusal(house, house.dan, Locked):
        await (await RequestItem.load(cars.id, lock=False)).reject("Once more.")
