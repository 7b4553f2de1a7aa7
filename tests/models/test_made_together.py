"""What is due of many recurrences, made by the statements that make one job."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from models.clients import Client
from models.errors import Conflict
from models.events import EventKind
from models.jobs import Job
from models.many_rows import add_all, change_all
from models.recurrences import Recurrence
from models.recurrences.due import due_from, held
from models.recurrences.making import make_all_due, make_due
from models.unit_of_work import current, reading, unit_of_work
from resolvers.background import make_all_due_jobs, make_due_jobs
from tests.cast import Cast, House
from tests.returning import looks, made_of, owing, taken
from tests.verify import verify_action, verify_refusal


class _Undone(Exception):
    pass


async def made_alone(house: House, ids: Sequence[UUID]) -> list[Any]:
    """How their jobs look when they are made one recurrence after the other; none is kept."""
    seen: list[Any] = []
    with suppress(_Undone):
        async with unit_of_work(house.system):
            for recurrence in await held(ids):
                seen += await looks(await make_due(recurrence))
            raise _Undone
    return seen


async def jobs_of(ids: Sequence[UUID]) -> list[Job]:
    rows = await current().fetch(
        "select * from job where recurrence_id = any($1) order by recurrence_id, period_key", ids
    )
    return [Job.from_row(row) for row in rows]


async def test_jobs_that_are_made_together_look_as_those_made_one_by_one(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 24, periods=2)
    alone = await made_alone(house, ids)

    async with verify_action(house, house.system) as action:
        made = await make_all_due(await held(ids))

    assert (made.jobs, made.unfinished, made.failed) == (48, [], {})
    async with reading(house.system):
        assert await looks(await jobs_of(ids)) == alone
    assert Counter(action.kinds) == {
        EventKind.JOB_CREATED: 48, EventKind.TASK_CREATED: 4 * 48,
        EventKind.DEPENDENCY_ADDED: 4 * 48, EventKind.RECURRENCE_ADVANCED: 24,
    }  # fmt: skip


async def test_cards_that_are_made_together_stand_each_in_a_place_of_its_own_after_all_others(
    cast: Cast,
) -> None:
    house = cast.harbour
    ids = await owing(house, 12)
    async with reading(house.system) as unit:
        last = await unit.fetchval("select max(position) from task")
    async with unit_of_work(house.system):
        await make_all_due(await held(ids))
    async with reading(house.system) as unit:
        for table in ("job", "task"):
            places = await unit.fetch(f"select position from {table}")
            assert len({row["position"] for row in places}) == len(places)
        steps = await unit.fetch(
            "select t.job_id, t.step from task t join job j on j.id = t.job_id"
            " where j.recurrence_id is not null and t.position > $1 order by t.position", last,
        )  # fmt: skip
    assert [row["step"] for row in steps] == [1, 2, 3, 4] * 12


async def test_one_that_fails_takes_no_other_with_it(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 21)
    wrong = {ids[0], ids[7], ids[8]}
    for id in wrong:
        await taken(house, id)
    async with verify_action(house, house.system):
        made = await make_all_due(await held(ids))
    assert made.jobs == 18
    assert made.failed.keys() == wrong
    assert {id for id, _ in await made_of(house)} == set(ids)
    async with unit_of_work(house.system):
        assert await due_from(ids[0], 100) == sorted(wrong)


async def test_what_more_is_due_of_many_is_told(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 3, periods=100)
    async with verify_action(house, house.system):
        made = await make_all_due(await held(ids))
    assert made.jobs == 3 * 83
    assert sorted(made.unfinished) == ids


async def test_for_a_former_client_periods_pass_while_the_others_are_made(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 8)
    async with unit_of_work(house.ada):
        await (await Client.load(house.mill)).change({"status": "former"}, None)
    async with verify_action(house, house.system):
        made = await make_all_due(await held(ids))
    assert made.jobs == 4
    async with unit_of_work(house.system):
        assert await due_from(ids[0], 100) == []


async def test_at_once_together_and_one_by_one_each_period_is_made_once(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 30, periods=3)
    async with verify_action(house):
        await asyncio.gather(
            *(make_all_due_jobs(house.id, ids[start]) for start in (0, 0, 0, 10, 20)),
            *(make_due_jobs(house.id, id) for id in ids[::6]),
        )
    made = await made_of(house)
    assert len(made) == len(set(made)) == 90


async def test_what_is_due_is_found_from_one_on_in_order(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 9)
    async with unit_of_work(house.system):
        assert await due_from(ids[3], 4) == ids[3:7]
    async with unit_of_work(cast.alpine.system):
        assert await due_from(ids[0], 4) == []


async def test_of_many_that_change_one_that_was_changed_meanwhile_refuses_all(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 3)
    async with unit_of_work(house.system):
        before = await held(ids)
        await (await Recurrence.load(ids[1])).end()
    async with verify_refusal(house, house.system, Conflict):
        await change_all(EventKind.RECURRENCE_ADVANCED,
                         [(recurrence, {"next_date": None}) for recurrence in before])  # fmt: skip


async def test_of_many_that_change_those_that_stay_as_they_are_say_nothing(cast: Cast) -> None:
    house = cast.harbour
    ids = await owing(house, 3)
    async with verify_action(house, house.system) as action:
        first, *others = await held(ids)
        await change_all(EventKind.RECURRENCE_ADVANCED, [
            (first, {"next_date": None}), *((each, {"next_date": each.next_date}) for each in others)
        ])  # fmt: skip
        await change_all(EventKind.RECURRENCE_ADVANCED, [(first, {"next_date": None})])
    assert action.kinds == [EventKind.RECURRENCE_ADVANCED]
    assert (first.version, first.next_date) == (2, None)


@pytest.mark.parametrize("count", [1, 2])
async def test_rows_are_not_added_over_one_that_is_there(count: int, cast: Cast) -> None:
    house = cast.harbour
    rows: list[dict[str, Any]] = [{"id": house.mill, "name": "Mill"}, {"name": "Another"}]
    async with verify_refusal(house, house.system, Conflict, path="id"):
        await add_all(Client, EventKind.CLIENT_ADDED, [
            {"kind": "organisation", "status": "active", "currency": "GBP", **row}
            for row in rows[:count]
        ])  # fmt: skip
