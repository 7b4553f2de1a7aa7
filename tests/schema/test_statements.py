"""No question looks through a whole table of a firm's work: each has an index to go by, and a page
goes along one until it is full."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from models.database import Database
from portal.schema import portal
from schema.staff import staff
from tests.cast import two_firms
from tests.guests import in_portal, invited
from tests.models.pools import small_pool
from tests.schema.statements import Statements, boards, questions
from tests.servers import DatabaseMaker
from tests.stock import stock_of


@pytest.fixture
async def owner(
    practice: Database,
    make_database: DatabaseMaker,
) -> "AsyncIterator[asyncpg.Connection[Any]]":
    """The owner of a database of the test's own, where nobody else changes what is known of it."""
    async with make_database() as own, small_pool(own.url):
        connection = await asyncpg.connect(own.migrate_url)
        yield connection
        await connection.close()


@pytest.mark.parametrize("who", ["staff", "contractor", "portal"])
async def test_every_statement_goes_by_an_index(owner: "asyncpg.Connection[Any]", who: str) -> None:
    house = (await two_firms()).harbour
    while await owner.fetchval("select tally_firm($1)", house.id):
        pass
    stock = await stock_of(house, house.ada, house.bakery, "Own")
    contact = in_portal(house, await invited(house, house.bakery))
    viewer = {"staff": house.dan, "contractor": house.finn, "portal": contact}[who]
    schema = portal() if who == "portal" else staff()
    statements = Statements(viewer)
    for name, request in questions(schema, stock):
        await statements.ask(schema, name, request)
    if who != "portal":
        for name, request in boards():
            await statements.ask(schema, name, request)

    assert len(statements.sent) > 10
    assert await statements.whole_scans(owner) == []


@pytest.mark.parametrize(
    ("way", "other"), [("Index Scan", "bitmapscan"), ("Bitmap Heap Scan", "indexscan")]
)
async def test_a_statement_that_looks_through_a_whole_table_is_told(
    owner: "asyncpg.Connection[Any]", way: str, other: str
) -> None:
    house = (await two_firms()).harbour
    statements = Statements(house.dan)
    through_all = "select sum(estimate_seconds) from task"
    of_a_job = f"{through_all} where job_id = '{house.books}'"
    statements.sent = dict.fromkeys((through_all, of_a_job), ("hours", ()))
    await owner.execute(f"set enable_{other} = off")

    assert await statements.whole_scans(owner) == [f"hours: {way} of task: {through_all}"]
