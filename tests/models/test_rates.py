"""Rates: dated, for one scope each; the nearest scope wins, and within it the latest day."""

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from models.errors import NotFound, PracticeError, ValidationError
from models.events import EventKind
from models.rates import Rate, RateScope, scope_of, that_fit
from models.time_entries import TimeEntry
from models.unit_of_work import current, unit_of_work
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal

DAY = date(2026, 3, 2)


def scopes(house: House) -> dict[RateScope, dict[str, Any]]:
    """What each scope is said by, for Dan's time on the bakery's books."""
    dan, books, bakery = house.dan.id, house.books, house.bakery
    return {
        RateScope.JOB_MEMBER: {"job_id": books, "member_id": dan},
        RateScope.JOB: {"job_id": books},
        RateScope.CLIENT_MEMBER: {"client_id": bakery, "member_id": dan},
        RateScope.CLIENT: {"client_id": bakery},
        RateScope.SERVICE_MEMBER: {"service_id": house.bookkeeping, "member_id": dan},
        RateScope.SERVICE: {"service_id": house.bookkeeping},
        RateScope.MEMBER: {"member_id": dan},
        RateScope.ROLE: {"role": "staff"},
        RateScope.FIRM: {},
    }


async def test_a_rate_is_set_for_a_scope_and_said_anew_for_the_same_day(cast: Cast) -> None:
    house = cast.harbour
    for scope, said in scopes(house).items():
        async with verify_action(house, house.cleo) as action:
            made = await Rate.set(from_date=DAY, hourly=Decimal("99.123456"), **said)
        assert action.kinds == [EventKind.RATE_SET]
        assert (scope_of(vars(made)), made.hourly) == (scope, Decimal("99.123456"))
        async with verify_action(house, house.cleo) as action:
            again = await Rate.set(from_date=DAY, hourly=Decimal(80), currency="EUR", **said)
        assert again.id == made.id
        assert action.kinds == [EventKind.RATE_SET]


async def test_the_nearest_scope_wins_and_all_that_lose_are_named_in_order(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        entry = await TimeEntry.log(seconds=60, job_id=house.books, local_date=DAY)
        other = await TimeEntry.log(seconds=60, job_id=house.year_end, local_date=DAY)
    expected: list[RateScope] = []
    found: list[Any] = []
    for scope, said in reversed(scopes(house).items()):
        async with unit_of_work(house.cleo):
            await Rate.set(from_date=DAY, hourly=Decimal(10), **said)
            await Rate.set(from_date=date(2025, 1, 1), hourly=Decimal(5), **said)
            await Rate.set(from_date=date(2026, 3, 3), hourly=Decimal(7), **said)
            found = await that_fit([entry.id, other.id])
        expected.insert(0, scope)
        mine = [row for row in found if row["entry_id"] == entry.id]
        assert [scope_of(row) for row in mine] == expected
        assert {row["hourly"] for row in mine} == {10}
    theirs = [scope_of(row) for row in found if row["entry_id"] == other.id]
    assert theirs == [RateScope.MEMBER, RateScope.ROLE, RateScope.FIRM]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"hourly": Decimal(-1)}, "hourly"),
        ({"hourly": Decimal("0.0000001")}, "hourly"),
        ({"hourly": Decimal(10**12)}, "hourly"),
        ({"currency": "ZZZ"}, "currency"),
        ({"currency": "gbp"}, "currency"),
    ],
)
async def test_what_is_no_price_is_refused(cast: Cast, wrong: dict[str, Any], path: str) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.cleo, ValidationError, path=path):
        await Rate.set(**{"from_date": DAY, "hourly": Decimal(1), **wrong})


async def test_what_is_no_scope_is_refused(cast: Cast) -> None:
    house = cast.harbour
    wrong: dict[str, Any]
    for wrong in (
        {"client_id": house.bakery, "service_id": house.bookkeeping},
        {"job_id": house.books, "client_id": house.mill},
        {"role": "staff", "member_id": house.dan.id},
        {"role": "staff", "client_id": house.bakery},
    ):
        async with verify_refusal(house, house.cleo, ValidationError):
            await Rate.set(from_date=DAY, hourly=Decimal(1), **wrong)
    hidden: tuple[dict[str, Any], ...] = ({"client_id": house.vault}, {"job_id": house.secret},
                   {"client_id": cast.alpine.bakery})  # fmt: skip
    for said in hidden:
        async with verify_refusal(house, house.cleo, NotFound):
            await Rate.set(from_date=DAY, hourly=Decimal(1), **said)


@pytest.mark.parametrize("columns", ["role, member_id", "job_id", "client_id, service_id"])
async def test_the_database_knows_the_scopes_too(cast: Cast, columns: str) -> None:
    house = cast.harbour
    value = {"role": "'staff'", "member_id": f"'{house.dan.id}'", "job_id": f"'{house.books}'",
             "client_id": f"'{house.bakery}'", "service_id": f"'{house.bookkeeping}'"}  # fmt: skip
    values = ", ".join(value[name] for name in columns.split(", "))
    with pytest.raises(asyncpg.CheckViolationError):
        async with unit_of_work(house.ada):
            await current().execute(
                f"insert into rate (firm_id, id, created_at, updated_at, from_date, hourly,"
                f" currency, {columns}) values ($1, gen_random_uuid(), now(), now(), '2026-01-01',"
                f" 1, 'GBP', {values})", house.id,
            )  # fmt: skip


async def test_set_twice_at_once_a_rate_is_there_once(cast: Cast) -> None:
    house = cast.harbour

    async def set_it(hourly: int) -> str:
        try:
            async with unit_of_work(house.cleo):
                await Rate.set(from_date=DAY, hourly=Decimal(hourly))
        except (PracticeError, asyncpg.UniqueViolationError):
            return "refused"
        return "set"

    told = await asyncio.gather(*(set_it(number) for number in range(8)))

    assert "set" in told
    async with unit_of_work(house.cleo) as unit:
        assert await unit.fetchval("select count(*) from rate") == 1
