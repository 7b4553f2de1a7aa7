"""What boards count from sums is what they would count card by card: whoever asks, for whatever
board, and whatever has happened since the sums were added up."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import product
from typing import Any

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
from resolvers.boards.columns import Figures
from resolvers.filters import Where
from tests.cast import Cast, House

Told = Mapping[str, tuple[int, int]]
"""By column: how many cards, and the seconds left in them."""

DUES = ("soon", "overdue", "this_week", "next_week", "any")
GROUPINGS = ("category", "person", "due_week")
STATUSES = ("ready", "done", "in_progress", "in_review", "planned", "done", "cancelled")


async def figures(viewer: Viewer, kind: Kind, grouping: str = "category", **asked: Any) -> Told:
    asked = {"scope": "everything", "due": "any", **asked}
    async with reading(viewer):
        columns = (await board(kind, asked, grouping, None))["columns"]
    return {column["key"]: (column["count"], column["remaining_seconds"]) for column in columns}


def boards(house: House) -> Iterator[tuple[Kind, str, dict[str, Any]]]:
    """Every way to ask for one by what sums tell apart, and some by what they do not."""
    whole = ("everything", "my_teams")
    for kind, grouping, of, due in product((JOBS, TASKS), GROUPINGS, whole, DUES):
        yield kind, grouping, {"scope": of, "due": due}
    of_some: tuple[dict[str, Any], ...] = (
        {"scope": "mine"}, {"scope": "my_clients"}, {"member_id": house.dan.id},
        {"team_id": house.ledgers}, {"team_id": house.ledgers, "member_id": house.dan.id},
        {"include_done": False}, {"scope": "my_teams", "member_id": house.eve.id},
        {"client_id": house.bakery}, {"service_id": house.accounts},
    )  # fmt: skip
    for kind, grouping, some in product((JOBS, TASKS), GROUPINGS, of_some):
        yield kind, grouping, some


async def must_agree(house: House) -> None:
    """Each board says the same when it is narrowed to cards with no words: those are counted one
    by one."""
    for viewer in (house.ada, house.dan, house.eve):
        for kind, grouping, asked in boards(house):
            counted = await figures(viewer, kind, grouping, **asked, text="")
            assert await figures(viewer, kind, grouping, **asked) == counted, (kind, asked)


async def fill(house: House) -> date:
    """Tasks of everybody's and nobody's, in teams and in none, from seven weeks ago to seven weeks
    ahead and on no day; of jobs, of a client that few may see, and of none."""
    async with reading(house.ada):
        today = await firm_today()
    days = [None, *(today + timedelta(days=ahead) for ahead in range(-50, 50))]
    people = (house.dan.id, house.eve.id, house.finn.id, None)
    teams = (house.ledgers, house.taxes, None)
    of = ((house.books, house.bakery), (None, house.vault), (None, None))
    async with unit_of_work(house.system):
        await (await Task.load(house.draft)).change({"estimate_seconds": 17}, None)
        await Task.record_all(EventKind.TASK_CREATED, [
            {"id": uuid7(), "title": f"Step {n}", "position": place, "due_date": days[n % 101],
             "assignee_id": people[n % 4], "team_id": teams[n % 3], "estimate_seconds": 60 + n,
             "job_id": of[n // 3 % 3][0], "client_id": of[n // 3 % 3][1], "status": status,
             "completed_at": moment(today, n % 11) if status == "done" else None}
            for n, place in enumerate(many(303, None)) for status in [STATUSES[n % 7]]
        ])  # fmt: skip
    return today


def moment(today: date, days_ago: int) -> datetime:
    """The first of a day in UTC, some days ago: at the edges of what is still shown."""
    return datetime.combine(today - timedelta(days=days_ago), time(), UTC)


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
        return int(await unit.fetchval("select seq from tally_reach") or 0)


async def test_sums_say_what_cards_do(full: House, queue: Database) -> None:
    before = await figures(full.ada, TASKS)

    await add_up(queue)

    assert await figures(full.ada, TASKS) == before
    assert await reach(full) > 0
    await must_agree(full)


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
            shown = await columns.of(TASKS, "due_week", [], day)
            told = [
                await Figures(where, shown, partial(tallies.cards, TASKS, sums, day)).all()
                for sums in (of_firm, ())
            ]
            assert told[0] == told[1], day


async def test_sums_hold_nothing_of_what_is_no_longer_shown(
    full: House, queue: Database, as_owner: "asyncpg.Connection[Any]"
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
