"""The hours a board is planned with: what its people work, time off taken away."""

from datetime import date, timedelta
from typing import Any

from models.clients import firm_today
from models.members import Capacity, Member, TimeOff
from models.unit_of_work import reading, unit_of_work
from resolvers.boards import TASKS, board
from tests.cast import Cast, House, Person

EIGHT = [8 * 3600] * 7
"""Somebody who works every day, so that no test depends on the day it runs on."""
FIVE_OF_SEVEN = [8 * 3600] * 5 + [0, 0]
DAY = timedelta(days=1)


async def hours(house: House, grouping: str, **asked: Any) -> dict[str, float]:
    """Each column's hours on Ada's board."""
    async with reading(house.ada):
        shown = await board(TASKS, {"scope": "everything", **asked}, grouping, None)
    return {column["key"]: column["capacity_seconds"] / 3600 for column in shown["columns"]}


async def works(house: House, person: Person, seconds: list[int], since: date) -> None:
    async with unit_of_work(house.ada):
        member = await Member.load(person.id)
        await Capacity.set(member, from_date=since, weekday_seconds=seconds)


async def off(house: House, person: Person, first: date, last: date, *, half: bool = False) -> None:
    async with unit_of_work(house.ada):
        member = await Member.load(person.id)
        await TimeOff.note(member, kind="holiday", first_date=first, last_date=last, half_days=half)


async def today_in(house: House) -> date:
    async with reading(house.ada):
        return await firm_today()


async def test_a_board_of_categories_is_planned_with_all_its_people_for_two_weeks(
    cast: Cast,
) -> None:
    house = cast.harbour
    today = await today_in(house)
    await works(house, house.dan, EIGHT, today)
    await works(house, house.eve, FIVE_OF_SEVEN, today - 400 * DAY)
    everybody = await hours(house, "category")
    assert set(everybody.values()) == {14 * 8 + 10 * 8}
    assert set((await hours(house, "category", team_id=house.ledgers)).values()) == {14 * 8}
    assert set((await hours(house, "category", member_id=house.finn.id)).values()) == {0}


async def test_a_persons_column_holds_their_own_hours(cast: Cast) -> None:
    house = cast.harbour
    await works(house, house.dan, EIGHT, await today_in(house))
    columns = await hours(house, "person", team_id=house.ledgers)
    assert columns[f"member_{house.dan.id.hex}"] == 14 * 8
    assert columns[f"member_{house.cleo.id.hex}"] == 0


async def test_what_is_left_of_this_week_counts_and_each_later_week_whole(cast: Cast) -> None:
    house = cast.harbour
    today = await today_in(house)
    await works(house, house.dan, EIGHT, today - 30 * DAY)
    monday = today - today.weekday() * DAY
    columns = await hours(house, "due_week")
    assert columns[monday.isoformat()] == (7 - today.weekday()) * 8
    for week in (1, 2, 3):
        assert columns[(monday + 7 * week * DAY).isoformat()] == 7 * 8


async def test_what_holds_from_a_day_on_counts_from_that_day(cast: Cast) -> None:
    house = cast.harbour
    today = await today_in(house)
    await works(house, house.dan, EIGHT, today - 30 * DAY)
    await works(house, house.dan, [4 * 3600] * 7, today + 4 * DAY)
    columns = await hours(house, "category", member_id=house.dan.id)
    assert set(columns.values()) == {4 * 8 + 10 * 4}


async def test_time_off_is_taken_away_by_days_and_half_days(cast: Cast) -> None:
    house = cast.harbour
    today = await today_in(house)
    await works(house, house.dan, EIGHT, today)
    await off(house, house.dan, today, today + 2 * DAY)
    await off(house, house.dan, today + 2 * DAY, today + 4 * DAY, half=True)
    await off(house, house.eve, today, today + 9 * DAY)
    columns = await hours(house, "category", member_id=house.dan.id)
    assert set(columns.values()) == {14 * 8 - 3 * 8 - 2 * 4}


async def test_who_leaves_works_until_their_last_day(cast: Cast) -> None:
    house = cast.harbour
    today = await today_in(house)
    await works(house, house.dan, EIGHT, today)
    async with unit_of_work(house.ada):
        await (await Member.load(house.dan.id)).leave(today + 4 * DAY)
    columns = await hours(house, "category", member_id=house.dan.id)
    assert set(columns.values()) == {5 * 8}


async def test_all_together_work_what_each_of_them_does(cast: Cast) -> None:
    house = cast.harbour
    today = await today_in(house)
    for person in (house.cleo, house.dan, house.eve):
        await works(house, person, EIGHT, today - 30 * DAY)
    await works(house, house.dan, [4 * 3600 + 1] * 7, today + 4 * DAY)
    await off(house, house.dan, today - DAY, today + 5 * DAY, half=True)
    await off(house, house.eve, today + 3 * DAY, today + 30 * DAY)
    await off(house, house.eve, today + 2 * DAY, today + 3 * DAY, half=True)
    async with unit_of_work(house.ada):
        await (await Member.load(house.cleo.id)).leave(today + 6 * DAY)
    each = await hours(house, "person")
    assert each[f"member_{house.dan.id.hex}"] == (4 * 4 * 3600 + 2 * 7200 + 8 * 14401) / 3600
    theirs = [worked for key, worked in each.items() if key.startswith("member_")]
    assert set((await hours(house, "category")).values()) == {sum(theirs)}
