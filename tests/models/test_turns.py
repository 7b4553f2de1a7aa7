"""Who waits for a connection is served in the order of coming, however busy the firm is."""

import asyncio

from models.unit_of_work import reading
from tests.cast import Cast
from tests.models.pools import must_be_whole, small_pool


async def test_nobody_overtakes_who_waits_for_a_connection(
    cast: Cast, own_database_url: str
) -> None:
    """One connection is given back while others keep coming at every step of the loop."""
    served: list[int] = []

    async def ask(number: int) -> None:
        async with reading(cast.harbour.ada) as unit:
            await unit.fetchval("select 1")
            served.append(number)

    async with small_pool(own_database_url, size=1) as (small, _):
        coming = []
        for number in range(60):
            coming.append(asyncio.create_task(ask(number)))
            await asyncio.sleep(0)
        await asyncio.gather(*coming)
        await must_be_whole(small)

    assert served == list(range(60))


async def test_who_gives_up_waiting_leaves_the_turn_to_the_next(
    cast: Cast, own_database_url: str
) -> None:
    async def ask() -> int:
        async with reading(cast.harbour.ada) as unit:
            return int(await unit.fetchval("select 1"))

    async with small_pool(own_database_url, size=1) as (small, _):
        async with reading(cast.harbour.ada) as unit:
            await unit.fetchval("select 1")
            impatient, patient = asyncio.create_task(ask()), asyncio.create_task(ask())
            await asyncio.sleep(0)
            impatient.cancel()
        assert await patient == 1
        await must_be_whole(small)
