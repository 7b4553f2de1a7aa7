"""A copy of the demo firms, in place of the session's database while a test runs."""

from collections.abc import AsyncIterator

import pytest

from models.database import Database
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.tavares import TAVARES
from tests.models.pools import small_pool
from tests.resolvers.demo.demo_firm import DemoFirm, firm_of
from tests.servers import DatabaseMaker, DemoFirms


@pytest.fixture(scope="session")
async def copy(make_database: DatabaseMaker, demo_firms: DemoFirms) -> AsyncIterator[str]:
    """How to reach it."""
    async with make_database(like=demo_firms.database) as own:
        yield own.url


@pytest.fixture
async def made(practice: Database, copy: str) -> AsyncIterator[None]:
    async with small_pool(copy, size=4):
        yield


@pytest.fixture
async def ashworth(made: None) -> DemoFirm:
    return await firm_of(ASHWORTH)


@pytest.fixture
async def tavares(made: None) -> DemoFirm:
    return await firm_of(TAVARES)
