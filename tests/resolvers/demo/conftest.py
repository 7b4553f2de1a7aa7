"""Both demo firms in a database of a module's own, made as a person makes them."""

from collections.abc import AsyncIterator

import pytest

from models.database import Database
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.tavares import TAVARES
from tests.models.pools import small_pool
from tests.resolvers.demo.demo_firm import DemoFirm, firm_of
from tests.server.launcher import say
from tests.servers import DatabaseMaker


@pytest.fixture(scope="package")
async def made(practice: Database, make_database: DatabaseMaker) -> AsyncIterator[str]:
    """A database with both firms, made by the command; what it said while it worked."""
    async with make_database() as own:
        code, out, told = await say(
            "demo", "--refresh", before=(),
            DATABASE_URL=own.url, MIGRATE_DATABASE_URL=own.migrate_url, REDIS_URL="memory://",
        )  # fmt: skip
        assert (code, out) == (0, ""), told
        async with small_pool(own.url, size=4):
            yield told


@pytest.fixture
async def ashworth(made: str) -> DemoFirm:
    return await firm_of(ASHWORTH)


@pytest.fixture
async def tavares(made: str) -> DemoFirm:
    return await firm_of(TAVARES)
