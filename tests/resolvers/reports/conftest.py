"""What the tests of reports share: one firm that they only look at."""

import pytest

from models.database import Database
from tests.cast import House
from tests.resolvers.reports.spring import a_spring


@pytest.fixture(scope="session")
async def house(practice: Database) -> House:
    return await a_spring()
