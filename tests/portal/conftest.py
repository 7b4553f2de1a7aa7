"""The whole application at an address, its letters kept to be looked into."""

from collections.abc import AsyncIterator

import pytest

from models.database import Database
from tests.cast import two_firms
from tests.guests import come_in, invited
from tests.portal.strangers import Guest, take_away
from tests.portal.visiting import Portal, portal_at
from tests.server.outside import outside
from tests.server.worlds import WORD
from tests.servers import S3, DatabaseMaker
from tests.stock import stock_of


@pytest.fixture(scope="module")
async def portal(practice: Database, make_database: DatabaseMaker) -> AsyncIterator[Portal]:
    async with make_database() as own, outside(own) as site:
        portal = portal_at(site)
        yield portal
        for browser in portal.browsers:
            await browser.http.aclose()


@pytest.fixture(scope="module")
async def guest(practice: Database, make_database: DatabaseMaker, s3: S3) -> AsyncIterator[Guest]:
    async with make_database() as own, outside(own, **s3) as site:
        cast = await two_firms()
        house = cast.harbour
        kit = await invited(house, house.bakery, house.mill)
        token = await come_in(house, kit)
        stocks = [
            await stock_of(house, house.ada, house.bakery, "Own"),
            await stock_of(house, house.ada, house.mill, WORD),
            await stock_of(house, house.ada, house.vault, f"{WORD}2"),
            await stock_of(cast.alpine, cast.alpine.ada, cast.alpine.bakery, WORD),
        ]
        await take_away(house, kit, house.mill)
        yield Guest(site, house, token, stocks[0], stocks[1], tuple(stocks[2:]))
