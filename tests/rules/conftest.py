"""A database in which something may be forgotten."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from tests.servers import DatabaseMaker


@pytest.fixture
async def another_database(
    make_database: DatabaseMaker,
) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """A migrated database of this test alone, as its owner."""
    async with make_database() as database:
        connection = await asyncpg.connect(database.migrate_url)
        yield connection
        await connection.close()
