"""A unit of work cancelled at every await there is: it leaves nothing, and the pool is whole."""

import asyncio
from collections.abc import Callable, Coroutine
from itertools import count, product
from typing import Any

import asyncpg
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.sign_in import viewer_of
from models.teams import Team
from models.unit_of_work import reading, unit_of_work
from tests.cast import Cast, House
from tests.models.interruption import Interrupted
from tests.models.pools import must_be_whole, small_pool
from tests.verify import verify_action

ROUNDS = 1_000

Act = Callable[[House], Coroutine[Any, Any, None]]


async def looks(house: House) -> None:
    async with reading(house.dan) as unit:
        assert await unit.fetchval("select count(*) from firm") == 1
        assert await Team.filter(name="Ledgers").exists()


async def writes(house: House) -> None:
    async with unit_of_work(house.ben) as unit:
        await Team.form(name=uuid7().hex)
        async with unit.savepoint():
            await Team.form(name=uuid7().hex)


async def tries(house: House) -> None:
    async with unit_of_work(house.ben) as unit:
        team = await Team.form(name=uuid7().hex)
        try:
            async with unit.savepoint():
                await Team.form(name="Ledgers")
        except asyncpg.UniqueViolationError:
            await team.change({"name": uuid7().hex}, None)


async def nests(house: House) -> None:
    async with unit_of_work(house.ben):
        async with in_transaction():
            await Team.form(name=uuid7().hex)
            async with in_transaction():
                assert await Team.filter(name="Taxes").count() == 1
        await Team.all().order_by("name").first()


async def asks_at_once(house: House) -> None:
    async with reading(house.dan) as unit:
        await asyncio.gather(*(unit.fetchval("select 1") for _ in range(3)))


async def leaves_early(house: House) -> None:
    async with unit_of_work(house.ben) as unit:
        await Team.form(name=uuid7().hex)
        still_asking = asyncio.create_task(unit.fetchval("select pg_sleep(0.001)"))
        still_asking.add_done_callback(_forget)  # where this is cut off, nobody asks for its end
        await asyncio.sleep(0)
    assert still_asking.done()


async def knocks(_house: House) -> None:
    assert await viewer_of(f"op_live_{'x' * 43}") is None


def _forget(ended: "asyncio.Task[Any]") -> None:
    if not ended.cancelled():
        ended.exception()


ACTS = (looks, writes, tries, nests, asks_at_once, leaves_early)


async def test_cancelled_a_thousand_times_at_every_await_the_pool_is_whole(
    cast: Cast, database_url: str
) -> None:
    house, cancelled = cast.harbour, 0
    async with verify_action(house), small_pool(database_url) as (small, _):
        while cancelled < ROUNDS:
            for act, answered in product(ACTS, (False, True)):
                cancelled += await cancelled_everywhere(act, house, answered=answered)
            await must_be_whole(small)


async def test_cut_off_before_a_firm_is_known_a_new_connection_serves_the_next(
    cast: Cast, database_url: str
) -> None:
    async with small_pool(database_url, size=1) as (small, _):
        for at in count():
            await small.pool.expire_connections()  # on a new one the first statement is prepared
            round = Interrupted(knocks(cast.harbour), at, answered=True)
            await _ending(round)
            await looks(cast.harbour)
            await small.unended.end()
            if round.suspensions <= at:
                break
        await must_be_whole(small)


async def cancelled_everywhere(act: Act, house: House, *, answered: bool) -> int:
    """Cancel it at its first await, its second, and so on until it comes to its end; how often."""
    for at in count():
        round = Interrupted(act(house), at, answered=answered)
        ending = await asyncio.wait_for(_ending(round), 10)
        if round.suspensions <= at:
            assert ending is None
            break
        assert isinstance(ending, asyncio.CancelledError), "a cancellation was swallowed"
    return at


async def _ending(round: Interrupted) -> BaseException | None:
    return (await asyncio.gather(round, return_exceptions=True))[0]
