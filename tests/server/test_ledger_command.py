"""`openpractice ledger verify`: one line when the books are whole, the row's name when not."""

from typing import Any

import asyncpg

from models.database import Database, database, install
from tests.billing import issued
from tests.cast import two_firms
from tests.server.launcher import refusal, say
from tests.servers import DatabaseMaker


async def test_whole_books_are_one_line_and_a_changed_row_is_named(
    practice: Database, make_database: DatabaseMaker
) -> None:
    async with make_database() as own:
        known: dict[str, Any] = {"DATABASE_URL": own.url, "MIGRATE_DATABASE_URL": own.migrate_url}
        invoice = await _issued_on(own.url)

        code, said, complaint = await say("ledger", "verify", **known)

        assert (code, complaint) == (0, "")
        assert said == "1 transactions with 3 entries balance, and 1 invoices are what they say.\n"

        owner = await asyncpg.connect(own.migrate_url)
        await owner.execute(
            "alter table invoice disable trigger user;"
            " update invoice set net = net + 1, total = total + 1"
        )
        await owner.close()
        assert f"invoice {invoice}" in await refusal("ledger", "verify", **known)


async def _issued_on(url: str) -> Any:
    """An invoice on that database, which is the process's own for as long."""
    before, there = database(), await Database.open(url, size=2)
    await install(there)
    try:
        return (await issued((await two_firms()).harbour, "100.00")).id
    finally:
        await install(before)
        await there.close()
