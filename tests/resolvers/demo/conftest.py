"""Both demo firms in a database of their own, made once, as a person makes them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from models.database import Database
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.tavares import TAVARES
from tests.models.pools import small_pool
from tests.resolvers.demo.demo_firm import DemoFirm, firm_of
from tests.server.launcher import say
from tests.servers import DatabaseMaker


@dataclass(frozen=True)
class Made:
    """Where the firms are, and what the command said while it made them."""

    url: str
    told: str


@pytest.fixture(scope="session")
async def made_once(make_database: DatabaseMaker) -> AsyncIterator[Made]:
    async with make_database() as own:
        code, out, told = await say(
            "demo", "--refresh", before=(),
            DATABASE_URL=own.url, MIGRATE_DATABASE_URL=own.migrate_url, REDIS_URL="memory://",
        )  # fmt: skip
        assert (code, out) == (0, ""), told
        yield Made(own.url, told)


@pytest.fixture
async def made(practice: Database, made_once: Made) -> AsyncIterator[str]:
    """The firms' database in place of the session's, for this test alone; what was said."""
    async with small_pool(made_once.url, size=4):
        yield made_once.told


@pytest.fixture
async def ashworth(made: str) -> DemoFirm:
    return await firm_of(ASHWORTH)


@pytest.fixture
async def tavares(made: str) -> DemoFirm:
    return await firm_of(TAVARES)
