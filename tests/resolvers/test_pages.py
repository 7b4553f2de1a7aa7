"""Keyset pages: nothing missed and nothing twice, at the same cost however far one has read."""

import base64
import re
from collections.abc import AsyncIterator, Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest
from uuid_utils.compat import uuid7

from models.base import FirmModel
from models.clients import Client
from models.errors import ValidationError
from models.events import EventKind
from models.tasks import Task
from models.time_entries import TimeEntry
from models.unit_of_work import Rows, current, reading, unit_of_work
from resolvers import clients, tasks, time_entries
from resolvers.filters import Where
from resolvers.pages import Order, Window, cursor_of, edges, page, page_info
from tests.cast import Cast, House

DAY = date(2026, 1, 1)
ORDERS: list[Any] = [
    pytest.param(Task, tasks._ORDERS["due_date"], id="tasks by due date, some without"),
    pytest.param(Task, tasks._ORDERS["position"], id="tasks as on the board"),
    pytest.param(Task, tasks._ORDERS["newest"], id="newest tasks first"),
    pytest.param(Client, clients._ORDERS["name"], id="clients by name"),
    pytest.param(Client, clients._ORDERS["newest"], id="newest clients first"),
    pytest.param(TimeEntry, time_entries._BY_DATE, id="time by date, latest first"),
]


async def furnish(house: House) -> None:
    """Many rows, few of them with a key of their own: the id has to tell them apart."""
    async with unit_of_work(house.dan):
        await Task.record_all(EventKind.TASK_CREATED, [
            {"title": f"Task {n}", "notes": "", "status": "ready", "position": f"b{n // 2}V",
             "due_date": None if n % 3 == 0 else DAY + timedelta(days=n // 4)}
            for n in range(41)
        ])  # fmt: skip
        await Client.record_all(EventKind.CLIENT_ADDED, [
            {"name": f"{'Twin' if n % 2 else 'TWIN'} {n // 4}", "kind": "individual", "tags": [],
             "status": "active", "currency": "GBP", "restricted": False, "notes": ""}
            for n in range(40)
        ])  # fmt: skip
        for n in range(12):
            await TimeEntry.log(seconds=60, local_date=DAY + timedelta(days=n // 3))


async def ids_of(model: type[FirmModel], order: Order) -> list[UUID]:
    """The whole list at once: absent keys last."""
    way = "desc" if order.descending else "asc"
    rows = await current().fetch(
        f"select t.id from {model.table()} t"
        f" order by {order.expression} {way} nulls last, t.id {way}"
    )
    return [row["id"] for row in rows]


async def paged(
    model: type[FirmModel], order: Order, size: int, *, backward: bool = False
) -> AsyncIterator[list[UUID]]:
    """Page by page, each in a snapshot of its own; ids in the order of the list."""
    cursor = None
    for _ in range(200):
        window = Window(
            size,
            backward,
            after=None if backward else cursor,
            before=cursor if backward else None,
        )
        found = await page(model, order, window)
        info = page_info(found)
        yield [row["id"] for row in found["nodes"]]
        if not info["has_previous_page" if backward else "has_next_page"]:
            return
        cursor = info["start_cursor" if backward else "end_cursor"]
    pytest.fail("the list does not end")


@pytest.mark.parametrize(("model", "order"), ORDERS)
async def test_pages_from_either_end_make_up_the_whole_list(
    cast: Cast, model: type[FirmModel], order: Order
) -> None:
    await furnish(cast.harbour)
    async with reading(cast.harbour.ada):
        whole = await ids_of(model, order)
        for size in (1, 7, len(whole), len(whole) + 1):
            forward = [ids async for ids in paged(model, order, size)]
            assert [id for ids in forward for id in ids] == whole
            assert all(len(ids) == size for ids in forward[:-1])
            backward = [ids async for ids in paged(model, order, size, backward=True)]
            assert [id for ids in reversed(backward) for id in ids] == whole


@pytest.mark.parametrize(("model", "order"), ORDERS)
async def test_a_page_between_two_cursors_holds_what_lies_between(
    cast: Cast, model: type[FirmModel], order: Order
) -> None:
    await furnish(cast.harbour)
    async with reading(cast.harbour.ada):
        whole = await page(model, order, Window(250))
        cursors = [edge["cursor"] for edge in edges(whole)]
        ids = [row["id"] for row in whole["nodes"]]
        for first in range(0, len(ids), 5):
            for last in range(0, len(ids), 7):
                for backward in (False, True):
                    window = Window(4, backward, after=cursors[first], before=cursors[last])
                    found = [row["id"] for row in (await page(model, order, window))["nodes"]]
                    between = ids[first + 1 : last]
                    assert found == (between[-4:] if backward else between[:4])


async def test_cards_added_and_moved_while_one_reads_leave_no_gap_and_no_repeat(
    cast: Cast,
) -> None:
    house, number = cast.harbour, count()
    await furnish(house)
    order = tasks._ORDERS["position"]
    async with reading(house.ada):
        before = await ids_of(Task, order)
    told: list[UUID] = []
    pages = paged_alone(house, order, 6)
    async for ids in pages:
        told += ids
        # Behind the reader, and ahead of it: a card is added, and one is moved ahead of itself.
        async with unit_of_work(house.dan):
            await Task.add(title=f"Behind {next(number)}", after_id=ids[0])
            await Task.add(title=f"Ahead {next(number)}", after_id=before[-1])
            await (await Task.load(before[-2])).move(after_id=before[-3])
        if len(told) > len(before) + 30:
            break
    await pages.aclose()
    assert len(told) == len(set(told)), "something was told twice"
    still = [id for id in told if id in set(before)]
    assert still == before, "something that stood where it stood was missed"


async def paged_alone(house: House, order: Order, size: int) -> Any:
    """Pages as a client reads them: between two of them the world goes on."""
    cursor = None
    while True:
        async with reading(house.ada):
            found = await page(Task, order, Window(size, after=cursor))
        yield [row["id"] for row in found["nodes"]]
        cursor = page_info(found)["end_cursor"]
        if not found["has_next_page"]:
            return


async def test_a_cursor_outlives_the_row_it_was_of(cast: Cast) -> None:
    house = cast.harbour
    await furnish(house)
    for order in (tasks._ORDERS["due_date"], tasks._ORDERS["position"], tasks._ORDERS["newest"]):
        async with reading(house.ada):
            whole = await ids_of(Task, order)
            shown = await page(Task, order, Window(10))
        gone = shown["nodes"][-1]["id"]
        async with unit_of_work(house.ada):
            await (await Task.load(gone)).remove()
        async with reading(house.ada):
            window = Window(250, after=page_info(shown)["end_cursor"])
            rest = await page(Task, order, window)
        assert [row["id"] for row in rest["nodes"]] == whole[10:]


async def test_an_empty_page_has_no_cursors(cast: Cast) -> None:
    async with reading(cast.harbour.ada):
        where = Where()
        where.add("t.title = {}", "None such")
        found = await page(Task, tasks._ORDERS["newest"], Window(5), where)
        assert await found["count"]() == 0
    assert edges(found) == found["nodes"] == []
    assert set(page_info(found).values()) == {False, None}


async def test_the_count_is_of_the_whole_list_and_ends_at_ten_thousand_and_one(
    cast: Cast, as_owner: "asyncpg.Connection[Any]"
) -> None:
    house, order = cast.harbour, tasks._ORDERS["newest"]
    async with reading(house.dan):
        whole = await ids_of(Task, order)
        last = await page(Task, order, Window(1, backward=True))
        # Dan does not see what is to be sealed; a page does not change the count.
        assert await last["count"]() == len(whole) - 1
    await many_tasks(as_owner, house, 10_005)
    async with reading(house.dan):
        found = await page(Task, order, Window(1))
        assert await found["count"]() == 10_001


@pytest.mark.parametrize("key", ["due_date", "position", "newest"])
async def test_a_page_far_into_a_long_list_reads_no_more_than_the_first(
    cast: Cast, as_owner: "asyncpg.Connection[Any]", key: str
) -> None:
    house, order = cast.harbour, tasks._ORDERS[key]
    await many_tasks(as_owner, house, 5_000)
    await as_owner.execute("analyze task")
    async with reading(house.ada):
        for backward in (False, True):
            near = await touched_by(order, Window(20, backward))
            far = await touched_by(order, await window_at(order, 3_000, backward))
            assert near < 200
            assert far < 200


async def touched_by(order: Order, window: Window) -> int:
    """How many blocks one page reads."""
    unit = current()
    statements: list[tuple[str, tuple[Any, ...]]] = []
    fetch = unit.fetch

    async def noted(sql: str, *values: Any) -> Rows:
        statements.append((sql, values))
        return await fetch(sql, *values)

    unit.fetch = noted  # type: ignore[method-assign]
    try:
        await page(Task, order, window)
    finally:
        del unit.fetch
    ((sql, values),) = statements
    plan = await fetch(f"explain (analyze, buffers, timing off) {sql}", *values)
    found = re.search(r"Buffers: shared.*?hit=(\d+)", "\n".join(row["QUERY PLAN"] for row in plan))
    assert found is not None
    return int(found[1])


async def window_at(order: Order, place: int, backward: bool) -> Window:
    down = order.descending != backward
    (row,) = await current().fetch(
        f"select t.id, to_jsonb({order.expression}) #>> '{{}}' as sort_key from task t order by"
        f" {order.expression} {'desc' if down else 'asc'}, t.id {'desc' if down else 'asc'}"
        f" offset {place} limit 1"
    )
    cursor = cursor_of(row)
    return Window(20, True, before=cursor) if backward else Window(20, after=cursor)


async def many_tasks(owner: "asyncpg.Connection[Any]", house: House, number: int) -> None:
    await owner.execute(
        "insert into task (firm_id, id, created_at, updated_at, title, status, position, due_date)"
        " select $1, gen_random_uuid(), now(), now(), 'Task', 'ready', 'b' || n || 'V',"
        " case when n % 3 > 0 then date '2026-01-01' + n / 20 end from generate_series(1, $2) n",
        house.id,
        number,
    )


def forged(*parts: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(parts)).decode()


def cursors_of_other_lists() -> Iterable[str]:
    some = str(uuid7())
    yield from ("", "!", "é", "a" * 5000, base64.b64encode(b"\xff\xfe").decode())
    yield from (forged(), forged("2026-01-01"), forged("2026-01-01", some, some), forged(1, some))
    yield from (forged("2026-01-01", "no id"), forged("2026-01-01", 7), forged("2026-01-01", None))
    yield from (forged({}, some), forged([], some), forged("2026-02-30", some))
    yield from (forged("a0V", some), forged("infinity", some))


@pytest.mark.parametrize("side", ["after", "before"])
async def test_what_is_no_cursor_of_this_list_is_told_so(cast: Cast, side: str) -> None:
    async with reading(cast.harbour.ada):
        for cursor in cursors_of_other_lists():
            with pytest.raises(ValidationError) as caught:
                await page(Task, tasks._ORDERS["due_date"], Window(5, **{side: cursor}))  # type: ignore[arg-type]
            assert caught.value.path == (side,)
        for cursor in (forged(None, str(uuid7())), forged("a\0b", str(uuid7()))):
            with pytest.raises(ValidationError):
                await page(Task, tasks._ORDERS["position"], Window(5, **{side: cursor}))  # type: ignore[arg-type]
        assert (await page(Task, tasks._ORDERS["position"], Window(5)))["nodes"]
