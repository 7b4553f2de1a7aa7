"""The unit of work: nothing without it; within it one firm, one statement at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from tortoise.transactions import in_transaction
from uuid_utils.compat import uuid7

from models.clients import Client
from models.database import OutsideUnitOfWork
from models.firms import Firm
from models.members import Member
from models.teams import Team, TeamMembership
from models.unit_of_work import current, reading, unit_of_work
from models.viewer import Viewer
from tests.cast import Cast, House
from tests.models.pools import must_be_whole, small_pool
from tests.verify import verify_action

QUERIES: dict[str, Callable[[], Awaitable[Any]]] = {
    "exists": lambda: Team.exists(name="Ledgers"),
    "values": lambda: Team.all().values("name"),
    "get or none": lambda: Team.get_or_none(name="Ledgers"),
    "prefetch": lambda: TeamMembership.all().prefetch_related("team"),
    "join": lambda: TeamMembership.all().select_related("team"),
}


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize("name", QUERIES)
async def test_outside_a_unit_every_way_to_ask_tortoise_raises(name: str) -> None:
    with pytest.raises(OutsideUnitOfWork, match="chooses the firm"):
        await QUERIES[name]()


@pytest.mark.usefixtures("practice")
async def test_outside_a_unit_there_is_no_current_one_and_no_transaction() -> None:
    with pytest.raises(OutsideUnitOfWork):
        current()
    with pytest.raises(OutsideUnitOfWork):
        async with in_transaction():
            pass


async def test_a_unit_that_was_never_asked_anything_is_over_too(cast: Cast) -> None:
    async with reading(cast.harbour.ben) as unit:
        pass
    with pytest.raises(OutsideUnitOfWork, match="over"):
        await unit.fetchval("select 1")


async def test_the_rows_of_a_statement_know_their_columns_and_stay_its_own(cast: Cast) -> None:
    async with reading(cast.harbour.ben) as unit:
        rows = await unit.fetch("select 1 as one, 'b' as two union all select 2, 'c' order by one")
        none = await unit.fetch("select 1 as one where false")

    assert (rows.columns, none.columns) == (("one", "two"), ())
    assert [list(row) for row in rows] == [[1, "b"], [2, "c"]]
    for name, given in (
        ("append", [{}]), ("extend", [[{}]]), ("insert", [0, {}]), ("__setitem__", [0, {}]),
        ("__iadd__", [[{}]]),
    ):  # fmt: skip
        with pytest.raises(TypeError, match="a list of your own"):
            getattr(rows, name)(*given)


async def test_tortoise_inside_a_unit_sees_one_firm_through_the_policy(cast: Cast) -> None:
    house, other = cast.harbour, cast.alpine
    async with reading(house.dan):
        assert [firm.id for firm in await Firm.all()] == [house.id]
        assert {client.name for client in await Client.all()} == {
            "The Bakery", "The Mill", "The Vault",
        }  # fmt: skip
        assert await Client.get_or_none(id=other.bakery) is None
        memberships = await TeamMembership.all().select_related("team", "member")
        assert {(row.team.name, row.member.name) for row in memberships} == {
            ("Ledgers", "Cleo"), ("Ledgers", "Dan"), ("Taxes", "Ben"), ("Taxes", "Eve"),
        }  # fmt: skip
        dans = await TeamMembership.filter(member__name="Dan").prefetch_related("team")
        assert [row.team.name for row in dans] == ["Ledgers"]
        assert await Member.filter(email__endswith="@alpine.example").count() == 0


async def test_nested_transactions_of_tortoise_are_savepoints_of_the_unit(cast: Cast) -> None:
    async def nested() -> None:
        async with in_transaction():
            await Team.form(name="Inner")
            async with in_transaction():
                await Team.form(name="Outer")

    async with verify_action(cast.harbour, cast.harbour.ben):
        async with in_transaction():
            await Team.form(name="Outer")
            with pytest.raises(asyncpg.UniqueViolationError):
                await nested()
            async with in_transaction():
                await Team.form(name="Second")
        assert await Team.filter(name__in=["Outer", "Inner", "Second"]).count() == 2


async def test_what_fails_in_a_savepoint_is_undone_alone_with_its_events(cast: Cast) -> None:
    async def part() -> None:
        async with current().savepoint():
            await Team.form(name="Undone")
            await Team.form(name="Ledgers")

    async with verify_action(cast.harbour, cast.harbour.ben) as action:
        await Team.form(name="Kept")
        with pytest.raises(asyncpg.UniqueViolationError):
            await part()
        async with current().savepoint():
            await Team.form(name="Kept too")
    assert [event["payload"]["name"][1] for event in action.events] == ["Kept", "Kept too"]


async def test_units_of_two_firms_at_once_never_see_each_other(
    cast: Cast, database_url: str
) -> None:
    meeting = asyncio.Barrier(2)

    async def look(house: House) -> None:
        async with reading(house.dan) as unit:
            for _ in range(20):
                await meeting.wait()
                assert current() is unit
                assert await unit.fetchval("select array_agg(id) from firm") == [house.id]
                assert [firm.id for firm in await Firm.all()] == [house.id]

    async with small_pool(database_url) as (small, _):
        await asyncio.gather(look(cast.harbour), look(cast.alpine))
        await must_be_whole(small)


async def test_connections_that_firms_take_turns_on_remember_nothing(
    cast: Cast, database_url: str
) -> None:
    async def write(house: House, number: int) -> None:
        async with unit_of_work(house.ben):
            await Team.form(name=f"Team {number}")
            assert {firm.id for firm in await Firm.all()} == {house.id}

    async with small_pool(database_url) as (small, _):
        async with verify_action(cast.harbour):  # which looks that the neighbour did not stir
            await asyncio.gather(*(write(cast.harbour, number) for number in range(20)))
        await asyncio.gather(*(write(house, number) for number in range(20, 40)
                               for house in (cast.harbour, cast.alpine)))  # fmt: skip
        await must_be_whole(small)


async def test_who_reads_next_begins_where_the_last_one_ended_and_sees_their_own_firm_alone(
    cast: Cast, database_url: str
) -> None:
    async def look(house: House) -> tuple[int, list[UUID]]:
        async with reading(house.dan) as unit:
            backend = await unit.fetchval("select pg_backend_pid()")
            return backend, await unit.fetchval("select array_agg(id) from firm")

    async with small_pool(database_url) as (small, _):
        (first, harbour), (second, alpine) = await look(cast.harbour), await look(cast.alpine)
        async with unit_of_work(cast.alpine.ben) as unit:
            third = await unit.fetchval("select pg_backend_pid()")
            await Team.form(name="Written after reading")
        await must_be_whole(small)

    assert first == second == third
    assert (harbour, alpine) == ([cast.harbour.id], [cast.alpine.id])


async def test_what_nobody_goes_on_with_ends_by_itself(cast: Cast, database_url: str) -> None:
    async with small_pool(database_url, size=1) as (small, _):
        async with reading(cast.harbour.dan) as unit:
            await unit.fetchval("select 1")
        connection = await small.pool.acquire(timeout=2)
        assert not connection.is_in_transaction()
        await small.pool.release(connection)


async def test_a_unit_inside_another_is_the_current_one_until_it_ends(cast: Cast) -> None:
    async with reading(cast.harbour.dan) as outer:
        async with reading(cast.alpine.dan) as inner:
            assert current() is inner
            assert (await Firm.get()).name == "Alpine Treuhand"
        assert current() is outer
        assert (await Firm.get()).name == "Harbour Accountants"


async def test_a_unit_goes_on_as_another_member_of_the_firm_and_as_nobody_else(
    cast: Cast,
) -> None:
    ada, ben, at = cast.harbour.ada, cast.harbour.ben, datetime(2026, 3, 2, 9, tzinfo=UTC)
    contact = Viewer.of_contact(ben.firm_id, uuid7(), session_id=uuid7())
    async with unit_of_work(ada) as unit:
        for other in (cast.alpine.ada, contact):
            with pytest.raises(OutsideUnitOfWork, match="a unit of its own"):
                await unit.go_on_as(other, at)
        await unit.go_on_as(ben, at)
        team = await Team.form(name="Night shift")

        assert await unit.fetchval("select viewer_member()") == ben.member_id
        told = await unit.fetch("select actor_id, at from event where entity_id = $1", team.id)
        assert [tuple(row.values()) for row in told] == [(ben.member_id, at)]


async def test_statements_of_one_unit_run_one_at_a_time(cast: Cast) -> None:
    async with reading(cast.harbour.dan) as unit:
        answers = await asyncio.gather(
            *(unit.fetchval("select $1::int", number) for number in range(50)),
            *(Team.filter(name="Ledgers").count() for _ in range(50)),
        )
    assert answers == [*range(50), *[1] * 50]


async def test_a_reading_unit_looks_at_one_moment_and_writes_nothing(cast: Cast) -> None:
    house = cast.harbour
    async with reading(house.dan) as unit:
        before = await unit.fetchval("select count(*) from team")
        async with unit_of_work(house.ben):
            await Team.form(name="Meanwhile")
        assert await unit.fetchval("select count(*) from team") == before
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with reading(house.ben):
            await Team.form(name="Never")
