"""How far back one may resume: two weeks and no further, and never beyond the head."""

from datetime import timedelta
from typing import TypeAlias

import asyncpg

from models.database import Database
from models.floors import raise_floors
from models.unit_of_work import reading
from tests.cast import Cast, House
from tests.subscriptions.deeds import head, write

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


async def floor_of(house: House) -> int:
    async with reading(house.system) as unit:
        floor: int = await unit.fetchval("select floor from firm_stream")
    return floor


async def test_what_is_two_weeks_old_is_not_resumed_from_and_what_is_younger_is(
    cast: Cast, queue: Database, as_owner: Owner
) -> None:
    house = cast.harbour
    old = (await head(house)).seq
    await write(house, 3)
    now = await as_owner.fetchval("select clock_timestamp()")
    await as_owner.execute(
        "update event set at = at - interval '15 days' where firm_id = $1 and seq <= $2",
        house.id, old,
    )  # fmt: skip

    await raise_floors(queue)
    assert await floor_of(house) == old

    await raise_floors(queue, now + timedelta(days=14, hours=1))
    assert await floor_of(house) == old + 3 == (await head(house)).seq

    await raise_floors(queue, now)
    assert await floor_of(house) == old + 3, "it never goes back"


async def test_whoever_is_a_million_events_behind_does_not_resume(
    cast: Cast, queue: Database, as_owner: Owner
) -> None:
    house = cast.harbour
    await as_owner.execute(
        "update firm_stream set seq = seq + 1000000 where firm_id = $1", house.id
    )

    await raise_floors(queue)

    assert await floor_of(house) == (await head(house)).seq - 1_000_000
