"""Requests: what a client is asked for holds up the job, and what comes lets it go on."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from models.clients import firm_today
from models.errors import Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.requests import ItemKind, ItemState, Request, RequestItem, RequestState
from models.unit_of_work import reading, unit_of_work
from models.waiting import Waiting
from models.workflows import WorkCategory
from resolvers import portal_requests
from tests.asking import TWO, answered_by, asked, items_of, job_now
from tests.cast import Cast
from tests.guests import guest
from tests.verify import verify_action, verify_refusal

DAY = timedelta(days=1)


async def test_a_request_makes_the_job_wait_for_its_client(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        request = await Request.make(
            job_id=house.books, title="Papers", items=TWO, due_date=date(2026, 5, 1)
        )

    assert action.kinds == [
        "request.made", "request_item.asked", "request_item.asked", "waiting.started", "job.moved",
    ]  # fmt: skip
    assert action.only(EventKind.WAITING_STARTED)["payload"]["what"] == [None, "Papers"]
    assert (await job_now(house, house.books)).category is WorkCategory.WAITING_ON_CLIENT
    assert [item.text for item in await items_of(house, request)] == ["Any cars?", "Vans?"]


async def test_a_workflow_without_such_a_stage_is_asked_too_and_stays_where_it_is(
    cast: Cast,
) -> None:
    house = cast.harbour
    before = await job_now(house, house.year_end)

    async with verify_action(house, house.dan) as action:
        await Request.make(job_id=house.year_end, title="Papers", items=TWO[:1])

    assert action.kinds == ["request.made", "request_item.asked"]
    assert (await job_now(house, house.year_end)).stage_id == before.stage_id


async def test_nothing_or_too_much_cannot_be_asked_nor_anything_of_a_job_that_is_over(
    cast: Cast,
) -> None:
    house = cast.harbour
    for items in ((), TWO * 26):
        async with verify_refusal(house, house.dan, ValidationError, path="items"):
            await Request.make(job_id=house.books, title="Papers", items=items)
    for text in (" ", "x" * 2001):
        async with verify_refusal(house, house.dan, ValidationError, path="items.1.text"):
            await Request.make(job_id=house.books, title="Papers",
                               items=[TWO[0], {"kind": ItemKind.FILE, "text": text}])  # fmt: skip
    async with unit_of_work(house.dan):
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
    async with verify_refusal(house, house.dan, Locked, path="jobId"):
        await Request.make(job_id=house.books, title="Papers", items=TWO)


async def test_the_same_id_asks_once(cast: Cast) -> None:
    house = cast.harbour
    first = await asked(house)
    async with verify_action(house, house.dan) as action:
        again = await Request.make(
            id=first.id, job_id=house.books, title="Year-end papers", items=TWO
        )
    assert (again.id, action.events) == (first.id, [])


async def test_with_the_last_answer_the_card_goes_on_in_the_contacts_name(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house)
    cars, vans = await items_of(house, request)

    async with verify_action(house, kit) as first:
        await (await RequestItem.load(cars.id, lock=False)).answer_with("None.")
    async with verify_action(house, kit) as last:
        await (await RequestItem.load(vans.id, lock=False)).answer_with("One.")

    assert first.kinds == ["request_item.answered"]
    assert last.kinds == [
        "request_item.answered", "request.fulfilled", "waiting.ended", "job.moved",
    ]  # fmt: skip
    assert {event["actor_id"] for event in last.events} == {str(kit.contact_id)}
    assert (await job_now(house, house.books)).category is WorkCategory.IN_PROGRESS


async def test_an_answer_can_be_bettered_until_the_request_is_closed(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house)
    cars, vans = await items_of(house, request)
    await answered_by(kit, cars)
    async with verify_action(house, kit) as action:
        await (await RequestItem.load(cars.id, lock=False)).answer_with("Two, in fact.")
    assert action.only(EventKind.REQUEST_ITEM_ANSWERED)["payload"] == {
        "answer": ["None.", "Two, in fact."]
    }
    async with unit_of_work(kit):
        await (await RequestItem.load(vans.id, lock=False)).answer_with("One.")

    async with verify_refusal(house, kit, Locked, code="REQUEST_CLOSED"):
        await (await RequestItem.load(cars.id, lock=False)).answer_with("Three.")


async def test_what_asks_for_a_file_takes_no_answer(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    (item,) = await items_of(house, await asked(house, {"kind": ItemKind.FILE, "text": "Deeds"}))
    async with verify_refusal(house, kit, ValidationError):
        await (await RequestItem.load(item.id, lock=False)).answer_with("Here you are.")


async def test_a_cancelled_request_holds_up_nothing_and_is_seen_by_no_contact(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house)
    (cars, _) = await items_of(house, request)

    async with verify_action(house, house.dan) as action:
        await (await Request.load(request.id)).cancel()
    async with verify_action(house, house.dan) as again:
        await (await Request.load(request.id)).cancel()

    assert action.kinds == ["request.cancelled", "waiting.ended", "job.moved"]
    assert again.events == []
    async with verify_refusal(house, kit, NotFound):
        await RequestItem.load(cars.id, lock=False)


async def test_a_fulfilled_request_cannot_be_cancelled(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house, TWO[0])
    (cars,) = await items_of(house, request)
    await answered_by(kit, cars)
    async with verify_refusal(house, house.dan, Locked):
        await (await Request.load(request.id)).cancel()


async def test_a_card_that_was_moved_on_meanwhile_stays_where_it_was_put(cast: Cast) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house, TWO[0])
    (cars,) = await items_of(house, request)
    async with unit_of_work(house.dan):
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.READY))

    async with verify_action(house, kit) as action:
        await (await RequestItem.load(cars.id, lock=False)).answer_with("None.")

    assert action.kinds == ["request_item.answered", "request.fulfilled"]
    assert (await job_now(house, house.books)).category is WorkCategory.READY


async def test_the_last_two_answers_at_once_fulfil_the_request_once(cast: Cast) -> None:
    house = cast.harbour
    kit = await guest(house)
    many = [{"kind": ItemKind.QUESTION, "text": f"Number {number}?"} for number in range(8)]
    request = await asked(house, *many)

    async def answer(id: UUID) -> None:
        async with unit_of_work(kit):
            await (await RequestItem.load(id, lock=False)).answer_with("Yes.")

    async with verify_action(house) as action:
        await asyncio.gather(*(answer(item.id) for item in await items_of(house, request)))

    assert action.kinds.count("request.fulfilled") == 1
    assert action.kinds.count("job.moved") == 1
    assert {item.state for item in await items_of(house, request)} == {ItemState.FULFILLED}


async def test_cancelled_while_it_is_answered_one_of_both_happens_and_the_job_goes_on(
    cast: Cast,
) -> None:
    house = cast.harbour
    kit, request = await guest(house), await asked(house, TWO[0])
    (cars,) = await items_of(house, request)

    async def answer() -> None:
        await answered_by(kit, cars)

    async def cancel() -> None:
        async with unit_of_work(house.dan):
            await (await Request.load(request.id)).cancel()

    outcomes = await asyncio.gather(answer(), cancel(), return_exceptions=True)

    assert sum(isinstance(outcome, Locked | NotFound) for outcome in outcomes) == 1
    async with reading(house.ada) as unit:
        state = await unit.fetchval("select state from request where id = $1", request.id)
        assert await unit.fetchval("select count(*) from waiting where ended_at is null") == 0
    assert state in (RequestState.FULFILLED, RequestState.CANCELLED)
    assert (await job_now(house, house.books)).category is WorkCategory.IN_PROGRESS


async def test_a_request_is_overdue_once_its_day_is_over_where_the_firm_is_until_all_has_come(
    cast: Cast,
) -> None:
    house = cast.harbour
    kit = await guest(house)
    async with unit_of_work(house.dan):
        today = await firm_today()
        late, answered, _, _ = [
            await Request.make(job_id=house.books, title="Papers", items=TWO[:1], due_date=due)
            for due in (today - DAY, today - DAY, today, None)
        ]
    (cars,) = await items_of(house, answered)
    await answered_by(kit, cars)

    async with reading(kit):
        rows = await portal_requests.requests()
        told = await portal_requests.overdue(rows)

    assert len(rows) == 4
    assert [row["id"] for row, overdue in zip(rows, told, strict=True) if overdue] == [late.id]


async def test_a_failure_while_the_firm_acts_leaves_the_contact_a_contact(cast: Cast) -> None:
    kit = await guest(cast.harbour)
    async with unit_of_work(kit) as unit:

        async def fail() -> None:
            async with unit.for_the_firm():
                assert await unit.fetchval("select current_user::text") == "openpractice_app"
                raise RuntimeError

        with pytest.raises(RuntimeError):
            await fail()
        assert await unit.fetchval("select current_user::text") == "openpractice_portal"
        async with unit.for_the_firm(), unit.for_the_firm():
            pass
        assert await unit.fetchval("select current_user::text") == "openpractice_portal"


async def test_of_another_client_nothing_can_be_answered(cast: Cast) -> None:
    house = cast.harbour
    stranger, request = await guest(house, house.mill), await asked(house)
    (cars, _) = await items_of(house, request)
    async with verify_refusal(house, stranger, NotFound):
        await RequestItem.load(cars.id, lock=False)


async def test_the_waiting_record_says_what_for(cast: Cast) -> None:
    house = cast.harbour
    await asked(house)
    async with unit_of_work(house.ada):
        record = await Waiting.of(await Job.load(house.books))
    assert record is not None
    assert (record.whom, record.what) == ("client", "Year-end papers")
