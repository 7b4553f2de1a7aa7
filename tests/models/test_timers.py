"""Timers: one runs per member, a switch is one act, and the seconds are exact."""

import asyncio
from itertools import pairwise
from typing import Any

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.clients import Client
from models.errors import Conflict, Forbidden, NotFound, ValidationError
from models.events import EventKind
from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import current, reading, unit_of_work
from tests.cast import Cast, Person
from tests.verify import verify_action, verify_refusal

STARTED, STOPPED, LOGGED = EventKind.TIMER_STARTED, EventKind.TIMER_STOPPED, EventKind.TIME_LOGGED


async def entries(person: Person) -> list[TimeEntry]:
    async with reading(person):
        return await TimeEntry.filter(member_id=person.id).order_by("started_at")


async def test_a_timer_on_a_task_is_for_its_job_and_client_too(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        timer, entry = await Timer.start(task_id=house.post, note="bank lines")
    assert (timer.task_id, timer.job_id, timer.client_id) == (house.post, house.books, house.bakery)
    assert (timer.member_id, timer.stopped_at, entry) == (house.dan.id, None, None)
    assert action.only(STARTED)["client_id"] == str(house.bakery)


async def test_a_timer_starts_when_the_databases_clock_says(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan) as unit:
        before = await unit.fetchval("select clock_timestamp()")
        timer, _ = await Timer.start()
        assert before < timer.started_at < await unit.fetchval("select clock_timestamp()")
    with pytest.raises(TypeError):
        async with unit_of_work(cast.harbour.dan):
            await Timer.start(started_at=before)


async def test_a_stopped_timer_becomes_an_entry_and_stopping_again_finds_the_same(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        timer, _ = await Timer.start(task_id=house.post, note="bank lines")
    async with verify_action(house) as action:
        found = []
        for id in (timer.id, timer.id, None):
            async with unit_of_work(house.dan):
                _, entry = await (await Timer.mine(id)).stop()
                assert entry is not None
                found.append(entry.id)
    assert len(set(found)) == 1
    assert action.kinds == [STOPPED, LOGGED]
    (entry,) = await entries(house.dan)
    assert (entry.task_id, entry.job_id, entry.client_id) == (
        house.post, house.books, house.bakery,
    )  # fmt: skip
    assert (entry.note, entry.source, entry.billing, entry.timer_id, entry.time_zone) == (
        "bank lines", "timer", "billable", timer.id, "Europe/London",
    )  # fmt: skip


async def test_time_for_nobody_in_particular_is_the_firms_own(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan):
        timer, _ = await Timer.start()
        _, entry = await timer.stop()
    assert entry is not None
    assert (entry.client_id, entry.activity, entry.billing) == (None, "internal", "non_billable")


async def test_starting_something_else_switches_in_one_act_and_at_one_moment(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        first, _ = await Timer.start(task_id=house.post)
    async with verify_action(house, house.dan) as action:
        second, entry = await Timer.start(job_id=house.year_end)
    assert action.kinds == [STOPPED, LOGGED, STARTED]
    assert entry is not None
    assert (entry.timer_id, entry.stopped_at) == (first.id, second.started_at)
    assert (second.job_id, second.client_id, second.task_id) == (house.year_end, house.mill, None)


@pytest.mark.parametrize("note", ["", "bank lines"])
async def test_starting_what_runs_already_leaves_it_running(cast: Cast, note: str) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        first, _ = await Timer.start(task_id=house.post, note="bank lines")
    async with verify_action(house, house.dan) as action:
        again, entry = await Timer.start(task_id=house.post, note=note)
    assert (again.id, entry, action.events) == (first.id, None, [])


async def test_another_note_on_the_same_task_is_other_work(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await Timer.start(task_id=house.post, note="bank lines")
    async with verify_action(house, house.dan) as action:
        await Timer.start(task_id=house.post, note="till receipts")
    assert action.kinds == [STOPPED, LOGGED, STARTED]


async def test_a_start_said_again_under_its_id_changes_nothing_even_after_a_switch(
    cast: Cast,
) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.dan):
        first, _ = await Timer.start(id=id, task_id=house.post)
    for running in (None, house.year_end):
        if running is not None:
            async with unit_of_work(house.dan):
                await Timer.start(job_id=running)
        async with verify_action(house, house.dan) as action:
            again, entry = await Timer.start(id=id, task_id=house.post)
        assert (first.id, again.id, entry, action.events) == (id, id, None, [])


async def test_one_id_is_one_start_by_one_member(cast: Cast) -> None:
    house, id = cast.harbour, uuid7()
    async with unit_of_work(house.dan):
        await Timer.start(id=id, task_id=house.post)
        await Timer.start(task_id=house.gather)
    async with verify_refusal(house, house.dan, Conflict, code="ID_TAKEN"):
        await Timer.start(id=id, task_id=house.reconcile)
    async with verify_refusal(house, house.eve, Conflict, code="ID_TAKEN"):
        await Timer.start(id=id, task_id=house.post)


async def test_fifty_starts_at_once_leave_one_running_and_book_all_others(cast: Cast) -> None:
    house = cast.harbour
    places = [{"task_id": house.gather}, {"task_id": house.post}, {"job_id": house.year_end}]

    async def start(number: int) -> None:
        async with unit_of_work(house.dan):
            await Timer.start(note=str(number), **places[number % 3])

    async with verify_action(house) as action:
        await asyncio.gather(*(start(number) for number in range(50)))
    assert sorted(action.kinds) == sorted([*[STARTED] * 50, *[STOPPED] * 49, *[LOGGED] * 49])
    async with reading(house.dan):
        timers = await Timer.filter(member_id=house.dan.id).order_by("started_at")
        booked = await TimeEntry.filter(member_id=house.dan.id)
    assert [timer.stopped_at is None for timer in timers] == [*[False] * 49, True]
    assert {entry.timer_id for entry in booked} == {timer.id for timer in timers[:49]}
    for timer, following in pairwise(timers):
        assert timer.stopped_at == following.started_at


async def test_twenty_stops_at_once_book_once(cast: Cast) -> None:
    house, found = cast.harbour, []
    async with unit_of_work(house.dan):
        timer, _ = await Timer.start(task_id=house.post)

    async def stop() -> None:
        async with unit_of_work(house.dan):
            _, entry = await (await Timer.mine(timer.id)).stop()
            assert entry is not None
            found.append(entry.id)

    async with verify_action(house) as action:
        await asyncio.gather(*(stop() for _ in range(20)))
    assert action.kinds == [STOPPED, LOGGED]
    assert (len(found), len(set(found))) == (20, 1)


async def test_each_member_has_a_clock_of_their_own(cast: Cast) -> None:
    house = cast.harbour

    async def start(person: Person) -> None:
        async with unit_of_work(person):
            await Timer.start(job_id=house.books)

    await asyncio.gather(*(start(person) for person in house.people))
    async with reading(house.ada):
        running = await Timer.filter(stopped_at=None)
    assert {timer.member_id for timer in running} == {person.id for person in house.people}


async def test_the_database_itself_allows_one_running_timer_alone(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await Timer.start(task_id=house.post)
    async with verify_refusal(house, house.dan, asyncpg.UniqueViolationError):
        moment = await current().fetchval("select clock_timestamp()")
        await Timer.create(
            STARTED,
            given={"member_id": house.dan.id, "note": ""},
            derived={"started_at": moment, "discarded": False},
        )


async def test_a_discarded_timer_books_nothing(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        timer, _ = await Timer.start(task_id=house.post)
    async with verify_action(house) as action:
        for _ in range(2):
            async with unit_of_work(house.dan):
                await (await Timer.mine(timer.id)).discard()
        async with unit_of_work(house.dan):
            _, entry = await (await Timer.mine(None)).stop()
    assert (action.kinds, entry) == ([EventKind.TIMER_DISCARDED], None)


async def test_what_was_booked_is_not_discarded_any_more(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        timer, _ = await Timer.start(task_id=house.post)
        await timer.stop()
    async with verify_refusal(house, house.dan, ValidationError, path="id"):
        await (await Timer.mine(timer.id)).discard()


@pytest.mark.parametrize("name", ["eve", "cleo", "ada"])
async def test_nobody_stops_somebody_elses_timer(cast: Cast, name: str) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        timer, _ = await Timer.start(task_id=house.post)
    async with verify_refusal(house, getattr(house, name), Forbidden):
        await Timer.mine(timer.id)
    async with verify_refusal(cast.alpine, getattr(cast.alpine, name), NotFound):
        await Timer.mine(timer.id)


async def test_who_never_started_one_has_none_to_stop_and_the_system_has_no_clock(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, NotFound, path="id"):
        await Timer.mine(None)
    for act in (Timer.start, lambda: Timer.mine(None)):
        async with verify_refusal(house, house.system, Forbidden):
            await act()


async def test_a_timer_is_started_only_on_what_one_may_see(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    hidden: dict[str, Any] = {"taskId": {"task_id": house.seal}, "jobId": {"job_id": house.secret},
              "clientId": {"client_id": house.vault}}  # fmt: skip
    foreign: dict[str, Any] = {"taskId": {"task_id": other.post}, "jobId": {"job_id": other.books},
               "clientId": {"client_id": other.bakery}}  # fmt: skip
    for about in (hidden, foreign):
        for path, place in about.items():
            async with verify_refusal(house, house.dan, NotFound, path=path):
                await Timer.start(**place)


async def test_a_timers_task_job_and_client_belong_together(cast: Cast) -> None:
    house = cast.harbour
    mixed: list[tuple[str, Any]] = [
        ("taskId", {"task_id": house.post, "job_id": house.year_end}),
        ("taskId", {"task_id": house.post, "client_id": house.mill}),
        ("jobId", {"job_id": house.books, "client_id": house.mill}),
    ]
    for path, about in mixed:
        async with verify_refusal(house, house.dan, ValidationError, path=path):
            await Timer.start(**about)


async def test_a_timer_can_be_stopped_though_its_client_is_hidden_meanwhile(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        timer, _ = await Timer.start(client_id=house.mill)
    async with unit_of_work(house.ada):
        await (await Client.load(house.mill)).change({"restricted": True}, None)
    async with verify_action(house, house.dan) as action:
        await (await Timer.mine(timer.id)).stop()
    assert action.kinds == [STOPPED, LOGGED]
