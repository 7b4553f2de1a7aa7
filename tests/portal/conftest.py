"""The whole application at an address, its letters kept to be looked into."""

from collections.abc import AsyncIterator

import pytest

from models.database import Database
from tests.portal.visiting import Portal, portal_at
from tests.server.outside import outside
from tests.servers import DatabaseMaker


@pytest.fixture(scope="module")
async def portal(practice: Database, make_database: DatabaseMaker) -> AsyncIterator[Portal]:
    async with make_database() as own, outside(own) as site:
        portal = portal_at(site)
        yield portal
        for browser in portal.browsers:
            await browser.http.aclose()
