"""A unit of work whose connection dies, at any moment: a clear answer, and the pool recovers."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.database import Database
from models.errors import Overloaded, Unavailable
from models.sign_in import viewer_of
from models.teams import Team
from models.unit_of_work import reading, unit_of_work
from server.embedded import Servers
from tests.cast import Cast, House
from tests.models.pools import Hearing, must_be_whole, small_pool
from tests.models.wire import Wire, wire_to
from tests.pictures import picture
from tests.verify import verify_action

ONCE_ASLEEP = """do $$ begin
  while not exists (select from pg_stat_activity where pid = {process} and wait_event = 'PgSleep')
  loop perform pg_sleep(0.005), pg_stat_clear_snapshot(); end loop;
  perform pg_terminate_backend({process});
end $$"""


@pytest.fixture
async def superuser(servers: Servers) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    connection = await asyncpg.connect(servers.superuser_url)
    yield connection
    await connection.close()


@pytest.fixture
async def wired(cast: Cast, database_url: str) -> AsyncIterator[tuple[Wire, Database, Hearing]]:
    """The practice on a small pool over a wire; the cast was there before."""
    async with wire_to(database_url) as (wire, url), small_pool(url) as (small, hearing):
        yield wire, small, hearing


Wired = tuple[Wire, Database, Hearing]


async def write(house: House) -> None:
    """A unit with a bit of everything."""
    async with unit_of_work(house.ben) as unit:
        await Team.form(name=uuid7().hex)
        async with unit.savepoint():
            await Team.form(name=uuid7().hex)
        async with in_transaction():
            await Team.filter(name="Ledgers").count()


@pytest.mark.parametrize("arrives", [False, True])
@pytest.mark.parametrize(
    "words", [b"begin ", b"insert into team", b"savepoint part_1", b"release savepoint", b"SELECT"]
)
async def test_a_wire_cut_before_the_commit_leaves_nothing_and_says_so(
    cast: Cast, wired: Wired, words: bytes, arrives: bool
) -> None:
    house, (wire, small, hearing) = cast.harbour, wired
    before = await picture(house)
    wire.cut_at(words, arrives=arrives)
    with pytest.raises(Unavailable):
        await write(house)
    assert (wire.cuts, hearing.firms) == (1, [])
    assert await picture(house) == before
    await write(house)
    assert hearing.firms == [house.id]
    await must_be_whole(small)


@pytest.mark.parametrize("arrives", [False, True])
async def test_a_commit_whose_answer_is_lost_may_or_may_not_have_happened(
    cast: Cast, wired: Wired, arrives: bool
) -> None:
    house, (wire, small, _) = cast.harbour, wired
    async with verify_action(house) as action:
        wire.cut_at(b"commit", arrives=arrives)
        with pytest.raises(Unavailable, match="lost on the way"):
            await write(house)
    assert len(action.events) == (2 if arrives else 0)
    await must_be_whole(small)


async def test_a_wire_cut_while_looking_is_told_too(cast: Cast, wired: Wired) -> None:
    wire, small, _ = wired
    for words in (b"begin ", b"from firm"):
        wire.cut_at(words)
        with pytest.raises(Unavailable):
            async with reading(cast.harbour.dan) as unit:
                await unit.fetchval("select name from firm")
    await must_be_whole(small)


async def test_what_was_read_stands_though_the_wire_is_cut_at_the_very_end(
    cast: Cast, wired: Wired
) -> None:
    wire, small, _ = wired
    wire.cut_at(b"rollback")
    async with reading(cast.harbour.dan) as unit:
        name = await unit.fetchval("select name from firm")
    await small.unended.end()
    assert (name, wire.cuts) == ("Harbour Accountants", 1)
    await must_be_whole(small)


async def test_a_refusal_is_told_though_the_wire_is_cut_while_it_is_undone(
    cast: Cast, wired: Wired
) -> None:
    wire, small, _ = wired
    wire.cut_at(b"rollback")
    with pytest.raises(asyncpg.UniqueViolationError):
        async with unit_of_work(cast.harbour.ben):
            await Team.form(name="Ledgers")
    assert wire.cuts == 1
    await must_be_whole(small)


async def test_who_asks_before_a_firm_is_known_hears_of_a_cut_wire(wired: Wired) -> None:
    wire, small, _ = wired
    wire.cut_at(b"find_session")
    with pytest.raises(Unavailable):
        await viewer_of("op_live_" + "x" * 43)
    assert await viewer_of("op_live_" + "x" * 43) is None
    await must_be_whole(small)


async def test_a_backend_terminated_in_the_middle_is_told_and_the_pool_recovers(
    cast: Cast, database_url: str, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    house = cast.harbour

    async def cut_short() -> None:
        async with unit_of_work(house.ben) as unit:
            await Team.form(name="Short-lived")
            process = await unit.fetchval("select pg_backend_pid()")
            assert await superuser.fetchval("select pg_terminate_backend($1, 5000)", process)
            await Team.form(name="Too late")

    async with verify_action(house) as action, small_pool(database_url) as (small, hearing):
        with pytest.raises(Unavailable):
            await cut_short()
        await must_be_whole(small)
        assert hearing.firms == []
    assert action.events == []


async def test_a_backend_terminated_during_a_statement_is_told(
    cast: Cast, database_url: str, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    async def cut_short() -> None:
        async with reading(cast.harbour.dan) as unit:
            process = await unit.fetchval("select pg_backend_pid()")
            killing = asyncio.create_task(superuser.execute(ONCE_ASLEEP.format(process=process)))
            try:
                await unit.fetchval("select pg_sleep(60)")
            finally:
                await killing

    async with small_pool(database_url) as (small, _):
        with pytest.raises(Unavailable):
            await cut_short()
        await must_be_whole(small)


async def test_a_pool_with_nothing_free_answers_overloaded_within_two_seconds(
    cast: Cast, database_url: str
) -> None:
    house = cast.harbour
    async with small_pool(database_url, size=1) as (small, _):
        async with reading(house.dan) as unit:
            await unit.fetchval("select 1")
            began = asyncio.get_running_loop().time()
            with pytest.raises(Overloaded):
                async with unit_of_work(house.ben):
                    await Team.form(name="Impatient")
            assert 1.9 < asyncio.get_running_loop().time() - began < 2.5
        await must_be_whole(small)
