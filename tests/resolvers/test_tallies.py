"""What boards count from sums is what they would count card by card: whoever asks, for whatever
board, and whatever has happened since the sums were added up."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import product
from typing import Any, TypeAlias

import asyncpg
import pytest
from uuid_utils.compat import uuid7

from models.clients import Client, firm_today
from models.database import Database
from models.events import EventKind
from models.jobs import Job
from models.order_keys import many
from models.tallies import add_up
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import WorkCategory
from resolvers.boards import JOBS, TASKS, Kind, board, columns, scope, tallies
from resolvers.boards.figures import Figures
from resolvers.filters import Where
from tests.cast import Cast, House
from tests.many_cards import fill

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
Told = Mapping[str, tuple[int, int]]
"""By column: how many cards, and the seconds left in them."""

DUES = ("soon", "overdue", "this_week", "next_week", "any")
GROUPINGS = ("category", "person", "due_week")


async def figures(viewer: Viewer, kind: Kind, grouping: str = "category", **asked: Any) -> Told:
    asked = {"scope": "everything", "due": "any", **asked}
    async with reading(viewer):
        columns = (await board(kind, asked, grouping, None))["columns"]
    return {column["key"]: (column["count"], column["remaining_seconds"]) for column in columns}


async def card_by_card(viewer: Viewer, kind: Kind, grouping: str, asked: dict[str, Any]) -> Told:
    """What the same board says when no sums are looked at."""
    async with reading(viewer):
        today = await firm_today()
        where = Where()
        in_teams = await scope.in_teams(asked)
        scope.narrow(where, kind, asked, today, in_teams=in_teams)
        people = scope.people(asked, today, in_teams=in_teams)
        shown = await columns.of(kind, grouping, people, today)
        found = await Figures(kind, where, shown, (), today).all()
    return {
        column.key: (told["count"], told["remaining_seconds"])
        for column, told in zip(shown, found, strict=True)
    }


Board = tuple[Kind, str, dict[str, Any]]


def summed(house: House) -> Iterator[Board]:
    """Every way to ask for a board that sums tell of."""
    for kind, grouping, of, due in product(
        (JOBS, TASKS), GROUPINGS, ("everything", "my_teams"), DUES
    ):
        yield kind, grouping, {"scope": of, "due": due}
    of_some: tuple[dict[str, Any], ...] = (
        {"member_id": house.dan.id}, {"team_id": house.ledgers}, {"include_done": False},
        {"team_id": house.ledgers, "member_id": house.dan.id}, {"text": " "},
        {"scope": "my_teams", "member_id": house.eve.id},
    )  # fmt: skip
    for kind, grouping, some in product((JOBS, TASKS), GROUPINGS, of_some):
        yield kind, grouping, {"scope": "everything", "due": "any", **some}
    yield TASKS, "category", {"scope": "mine", "due": "any"}


async def must_agree(house: House) -> None:
    for viewer in (house.ada, house.dan, house.eve):
        for kind, grouping, asked in summed(house):
            counted = await card_by_card(viewer, kind, grouping, asked)
            assert await figures(viewer, kind, grouping, **asked) == counted, (kind, asked)


async def happen(house: House) -> None:
    """Every kind of change that a board's figures know of."""
    async with unit_of_work(house.ada):
        today = await firm_today()
        await (await Task.load(house.gather)).complete()
        await (await Task.load(house.ring)).assign(house.eve.id)
        await (await Task.load(house.draft)).remove()
        late = await Task.load(house.reconcile)
        await late.change({"due_date": today, "estimate_seconds": 7, "team_id": None}, None)
        added = await Task.add(title="New", job_id=house.books, estimate_seconds=11)
        await added.move(status=WorkCategory.CANCELLED)
        await Task.add(title="Newer", job_id=house.secret, estimate_seconds=13)
        await (await Task.add(title="Gone at once")).remove()
        books = await Job.load(house.books)
        await books.change({"owner_id": house.eve.id, "due_date": today}, None)
        mill = await Client.load(house.mill)
        await mill.change({"restricted": True}, None)


@pytest.fixture
async def full(cast: Cast) -> House:
    await fill(cast.harbour)
    return cast.harbour


async def reach(house: House) -> int:
    """Up to which event the house's cards are added up."""
    async with reading(house.system) as unit:
        return int(await unit.fetchval("select seq from tally_reach"))


async def head(house: House) -> int:
    async with reading(house.system) as unit:
        return int(await unit.fetchval("select seq from firm_stream"))


async def test_sums_say_what_cards_do(full: House, queue: Database) -> None:
    before = await figures(full.ada, TASKS)

    await add_up(queue)

    assert await figures(full.ada, TASKS) == before
    assert await reach(full) > 0
    await must_agree(full)


async def test_boards_that_sums_tell_of_look_at_no_card(
    full: House, queue: Database, as_owner: Owner
) -> None:
    await add_up(queue)
    await as_owner.execute(
        "update tally set cards = array_fill(0, array[cardinality(cards)]),"
        " seconds = array_fill(0::bigint, array[cardinality(seconds)]) where firm_id = $1", full.id,
    )  # fmt: skip
    for kind, grouping, asked in summed(full):
        told = await figures(full.ada, kind, grouping, **asked)
        assert set(told.values()) <= {(0, 0)}, (kind, grouping, asked)


async def test_a_job_forgets_a_task_that_came_and_went_while_it_was_added_up(
    cast: Cast, queue: Database
) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Job.load(house.books)).change({"budget_seconds": 3600}, None)
    async with unit_of_work(house.system):
        await Task.record_all(EventKind.TASK_CREATED, [
            {"id": uuid7(), "title": f"Step {n}", "position": place, "status": "ready"}
            for n, place in enumerate(many(5000, None))
        ])  # fmt: skip
    async with unit_of_work(house.ada):
        task = await Task.add(title="Brief", job_id=house.books, estimate_seconds=11111)
    assert await queue.pool.fetchval("select tally_firm($1)", house.id), "more wait"
    async with unit_of_work(house.ada):
        await (await Task.load(task.id)).remove()

    await add_up(queue)

    asked = {"scope": "everything", "due": "any"}
    counted = await card_by_card(house.ada, JOBS, "category", asked)
    assert await figures(house.ada, JOBS, **asked) == counted


async def test_where_one_firm_cannot_be_added_up_all_others_are(
    cast: Cast, queue: Database, as_owner: Owner
) -> None:
    held, other = cast.harbour, cast.alpine
    await add_up(queue)
    for house in (held, other):
        async with unit_of_work(house.ada):
            await (await Task.load(house.ring)).change({"estimate_seconds": 60}, None)
    async with as_owner.transaction():
        await as_owner.execute("select from tally where firm_id = $1 for update", held.id)
        failed = await add_up(queue)

    assert [*failed] == [held.id]
    assert await reach(held) == await head(held) - 1
    assert await reach(other) == await head(other)


async def test_they_do_on_whatever_day_of_a_week_or_quarter_it_is(
    full: House, queue: Database
) -> None:
    await add_up(queue)
    asked = {"scope": "everything", "due": "soon"}
    of_firm = tallies.summed(TASKS, asked, "due_week", in_teams=None)
    async with reading(full.dan):
        today = await firm_today()
        for day in (today + timedelta(days=ahead) for ahead in range(100)):
            where = Where()
            scope.narrow(where, TASKS, asked, day)
            shown = await columns.of(TASKS, "due_week", Where(), day)
            told = [await Figures(TASKS, where, shown, sums, day).all() for sums in (of_firm, ())]
            assert told[0] == told[1], day


async def test_sums_hold_nothing_of_what_is_no_longer_shown(
    full: House, queue: Database, as_owner: Owner
) -> None:
    async with reading(full.ada):
        today = await firm_today()

    await add_up(queue)

    found = await as_owner.fetchrow(
        "select count(*) filter (where status = 'done') as done, min(done_on) as first,"
        " count(*) filter (where status = 'cancelled') as cancelled from tallied where firm_id = $1",
        full.id,
    )
    assert found is not None
    assert found["done"] > 0
    assert found["first"] >= today - timedelta(days=10)
    assert found["cancelled"] == 0


async def test_what_has_happened_since_is_told_and_then_taken_in(
    full: House, queue: Database
) -> None:
    await add_up(queue)
    reached = await reach(full)
    await happen(full)

    assert await reach(full) == reached
    await must_agree(full)

    await add_up(queue)
    assert await reach(full) > reached
    await must_agree(full)
