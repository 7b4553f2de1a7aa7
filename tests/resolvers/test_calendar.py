"""Calendars: each day has what is due then and to be done, counted and shown alike."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from models.clients import firm_today
from models.database import Database
from models.errors import ValidationError
from models.members import Capacity, Member
from models.tallies import add_up
from models.unit_of_work import current, reading, unit_of_work
from models.viewer import Viewer
from models.visibility import visible
from resolvers.boards import JOBS, MOST_WEEKS, TASKS, Kind, board, calendar, scope
from resolvers.boards.cards import of_columns
from resolvers.filters import Where
from resolvers.pages import Window, page_info
from tests.cast import Cast, House
from tests.many_cards import fill

DAY = timedelta(days=1)
Told = Mapping[str, Sequence[UUID]]


async def looked_through(
    kind: Kind, asked: Mapping[str, Any], first: date, weeks: int
) -> dict[str, list[UUID]]:
    """What is due on each day, found by looking at every card there is."""
    where = Where()
    where.add(visible(kind.model, current().viewer))
    every = {**asked, "due": "any"}
    scope.narrow(where, kind, every, await firm_today(), in_teams=await scope.in_teams(every))
    rows = await current().fetch(f"select t.* from {kind.table} t where {where.sql}", *where.values)
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["position"].encode(), row["id"])):
        if row[kind.status] not in ("done", "cancelled") and row["due_date"] is not None:
            found[row["due_date"].isoformat()].append(row["id"])
    days = ((first + number * DAY).isoformat() for number in range(7 * weeks))
    return {day: found[day] for day in days}


async def page_by_page(
    kind: Kind, asked: Mapping[str, Any], first: date, weeks: int
) -> dict[str, list[UUID]]:
    """The same as people load it: the first of each day, and then further in each by itself."""
    shown = (await calendar(kind, asked, first, weeks, None))["columns"]
    found = {}
    for day, begun in zip(shown, await of_columns(shown, Window(3)), strict=True):
        told, page = list(begun["nodes"]), begun
        while page["has_next_page"]:
            further = (await calendar(kind, asked, first, weeks, day["key"]))["columns"]
            (page,) = await of_columns(further, Window(3, after=page_info(page)["end_cursor"]))
            told += page["nodes"]
        assert day["count"] == await begun["count"]() == len(told)
        assert day["day"].isoformat() == day["key"]
        found[day["key"]] = [row["id"] for row in told]
    return found


def asked_for(house: House) -> list[tuple[Viewer, dict[str, Any]]]:
    people = (house.ada, house.cleo, house.dan, house.eve, house.finn)
    scopes = ("everything", "my_teams", "mine", "my_clients")
    some: tuple[dict[str, Any], ...] = (
        {"team_id": house.taxes}, {"member_id": house.eve.id}, {"client_id": house.vault},
        {"text": "1"},
    )  # fmt: skip
    return [
        *((viewer, {"scope": whose}) for viewer, whose in product(people, scopes)),
        *((viewer, {"scope": "everything", **more})
          for viewer, more in product((house.dan, house.eve, house.finn), some)),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [JOBS, TASKS], ids=["jobs", "tasks"])
@pytest.mark.parametrize("summed", [False, True], ids=["card by card", "by sums"])
async def test_a_calendar_is_what_looking_at_every_card_finds(
    cast: Cast, queue: Database, kind: Kind, summed: bool
) -> None:
    house = cast.harbour
    today = await fill(house, jobs=150)
    if summed:
        await add_up(queue)
    filled = 0
    for viewer, asked in asked_for(house):
        for first, weeks in ((today - 40 * DAY, 6), (today, 1)):
            async with reading(viewer):
                expected = await looked_through(kind, asked, first, weeks)
                assert await page_by_page(kind, asked, first, weeks) == expected, (viewer, asked)
            filled += any(map(len, expected.values()))
    assert filled > 25  # or they might agree that there is nothing


async def test_a_day_says_what_is_left_and_who_can_do_it(cast: Cast) -> None:
    house = cast.harbour
    today = await fill(house)
    monday = today + (7 - today.weekday()) * DAY
    everything = {"scope": "everything", "due": "any"}
    async with unit_of_work(house.ada):
        dan = await Member.load(house.dan.id)
        await Capacity.set(dan, from_date=today, weekday_seconds=[8 * 3600] * 5 + [0, 0])
    async with reading(house.ada):
        days = (await calendar(TASKS, everything, monday, 1, None))["columns"]
        weeks = (await board(TASKS, everything, "due_week", monday.isoformat()))["columns"]
    for figure in ("count", "remaining_seconds", "capacity_seconds"):
        assert sum(day[figure] for day in days) == weeks[0][figure] > 0


async def test_what_has_passed_is_not_planned_for(cast: Cast) -> None:
    async with reading(cast.harbour.ada):
        before = await firm_today() - 7 * DAY
        days = (await calendar(TASKS, {"scope": "everything"}, before, 1, None))["columns"]
    assert {day["capacity_seconds"] for day in days} == {0}


@pytest.mark.parametrize("weeks", [0, MOST_WEEKS + 1, -1])
async def test_it_shows_one_to_six_weeks(cast: Cast, weeks: int) -> None:
    async with reading(cast.harbour.dan):
        with pytest.raises(ValidationError, match="1 to 6 weeks"):
            await calendar(JOBS, {}, date(2026, 1, 1), weeks, None)


async def test_it_ends_before_the_calendar_does(cast: Cast) -> None:
    async with reading(cast.harbour.dan):
        with pytest.raises(ValidationError, match="that far"):
            await calendar(JOBS, {}, date.max, 1, None)
        shown = await calendar(JOBS, {}, date.min, 1, None)
    assert shown["columns"][0]["day"] == date.min
