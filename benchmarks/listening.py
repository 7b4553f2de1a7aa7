"""What is sent to PostgreSQL while something is asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from models.unit_of_work import Unit


@asynccontextmanager
async def listening(unit: Unit) -> AsyncIterator[list[Any]]:
    """asyncpg's records of the statements that the unit of work sends within: `query`, `args`,
    `exception`. The list is whole when the block has ended."""
    sent: list[Any] = []
    connection = await unit.connection()
    with connection.query_logger(sent.append):
        yield sent
        await asyncio.sleep(0)  # the last one is logged at the loop's next turn
