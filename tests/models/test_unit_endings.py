"""How a unit of work ends: committed and hinted at, or undone and told as it is."""

import asyncio
from typing import Any

import asyncpg
import pytest

from models.connection import PassedOver
from models.database import OutsideUnitOfWork
from models.idempotency import remembered
from models.teams import Team
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from tests.cast import Cast, two_firms
from tests.models.pools import must_be_whole, small_pool
from tests.servers import DatabaseMaker
from tests.verify import verify_action


async def test_hints_go_out_after_the_commit_and_not_before(cast: Cast, database_url: str) -> None:
    house = cast.harbour
    async with small_pool(database_url) as (_, hearing):
        async with unit_of_work(house.ben):
            await Team.form(name="One")
            await Team.form(name="Two")
            assert hearing.firms == []
        assert hearing.firms == [house.id]


async def test_nothing_is_hinted_at_when_nothing_happened(cast: Cast, database_url: str) -> None:
    house = cast.harbour

    async def refused() -> None:
        async with unit_of_work(house.ben) as unit:
            await Team.form(name="Undone")
            async with unit.savepoint():
                await Team.form(name="Undone")

    async def undone_in_part() -> None:
        async with unit_of_work(house.ben) as unit:
            with pytest.raises(asyncpg.UniqueViolationError):
                async with unit.savepoint():
                    await Team.form(name="Ledgers")

    async with small_pool(database_url) as (small, hearing):
        with pytest.raises(asyncpg.UniqueViolationError):
            await refused()
        await undone_in_part()
        async with unit_of_work(house.ben):
            await (await Team.load(house.ledgers)).change({"name": "Ledgers"}, None)
        assert hearing.firms == []
        await must_be_whole(small)


async def test_a_commit_that_postgresql_refuses_is_undone_and_told_as_it_is(
    cast: Cast, database_url: str, as_owner: "asyncpg.Connection[Any]"
) -> None:
    house = cast.harbour

    async def held_up() -> None:
        async with unit_of_work(house.ben) as unit:
            await unit.execute("set local lock_timeout = '20ms'")
            await Team.form(name="Held up")

    async with verify_action(house) as action, small_pool(database_url) as (small, hearing):
        async with as_owner.transaction():
            # Numbering the event needs this row, and is done inside COMMIT.
            await as_owner.execute(
                "select 1 from firm_stream where firm_id = $1 for update", house.id
            )
            with pytest.raises(asyncpg.LockNotAvailableError):
                await held_up()
        assert hearing.firms == []
        await must_be_whole(small)
    assert action.events == []


async def test_a_deferred_constraint_refuses_at_the_commit(make_database: DatabaseMaker) -> None:
    async def remember(viewer: Viewer) -> None:
        async with unit_of_work(viewer):
            assert await remembered("key", b"request") is None

    async with make_database() as own, small_pool(own.url) as (small, _):
        owner = await asyncpg.connect(own.migrate_url)
        await owner.execute(
            "alter table idempotency add foreign key (firm_id, actor_id)"
            " references member (firm_id, id) deferrable initially deferred"
        )
        house = (await two_firms()).harbour
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await remember(house.system)
        await remember(house.dan)
        assert await owner.fetchval("select array_agg(actor_id) from idempotency") == [house.dan.id]
        await owner.close()
        await must_be_whole(small)


async def test_an_error_that_was_passed_over_does_not_count_as_success(
    cast: Cast, database_url: str
) -> None:
    house = cast.harbour

    async def pass_over() -> None:
        async with unit_of_work(house.ben):
            await Team.form(name="Believed to be kept")
            with pytest.raises(asyncpg.UniqueViolationError):
                await Team.form(name="Ledgers")

    async with verify_action(house) as action, small_pool(database_url) as (small, hearing):
        with pytest.raises(PassedOver):
            await pass_over()
        assert hearing.firms == []
        await must_be_whole(small)
    assert action.events == []


async def test_time_that_runs_out_inside_a_unit_undoes_it(cast: Cast, database_url: str) -> None:
    house = cast.harbour

    async def linger() -> None:
        async with unit_of_work(house.ben) as unit, asyncio.timeout(0.02):
            await Team.form(name="Late")
            await unit.fetchval("select pg_sleep(4)")

    async with verify_action(house) as action, small_pool(database_url) as (small, _):
        with pytest.raises(TimeoutError):
            await linger()
        await must_be_whole(small)
    assert action.events == []


async def test_a_unit_that_fails_while_others_still_ask_tells_its_own_error(
    cast: Cast, database_url: str
) -> None:
    async def fail() -> None:
        async with reading(cast.harbour.dan) as unit:
            await unit.fetchval("select 1")
            asking.extend(asyncio.create_task(unit.fetchval("select 2")) for _ in range(2))
            await asyncio.sleep(0)
            raise ZeroDivisionError

    asking: list[asyncio.Task[Any]] = []
    async with small_pool(database_url) as (small, _):
        with pytest.raises(ZeroDivisionError):
            await fail()
        endings = await asyncio.gather(*asking, return_exceptions=True)
        assert all(isinstance(ending, Exception) for ending in endings)
        await must_be_whole(small)


async def test_a_unit_that_ends_while_somebody_waits_for_its_connection_leaks_none(
    cast: Cast, database_url: str
) -> None:
    asking: list[asyncio.Task[Any]] = []
    async with small_pool(database_url) as (small, _):
        for _ in range(3):
            async with reading(cast.harbour.dan) as unit:
                asking.append(asyncio.create_task(unit.fetchval("select 1")))
                await asyncio.sleep(0)
        endings = await asyncio.gather(*asking, return_exceptions=True)
        assert {type(ending) for ending in endings} == {OutsideUnitOfWork}
        await must_be_whole(small)
