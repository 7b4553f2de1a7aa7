"""The database goes away and comes back: followers wait, and miss nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from models.database import Database, Silence, install
from models.errors import Unavailable
from server.embedded import Servers
from subscriptions.follower import Pace
from subscriptions.items import Heartbeat
from tests.cast import House, two_firms
from tests.servers import DatabaseMaker
from tests.subscriptions.conftest import Live, live_process
from tests.subscriptions.deeds import head, numbers_after, write
from tests.subscriptions.ear import Ear

SOON = timedelta(milliseconds=50)


@dataclass(frozen=True)
class Fragile:
    """A database of its own, whose connections can be cut."""

    superuser: "asyncpg.Connection[asyncpg.Record]"
    name: str
    practice: Database
    watching: Database
    house: House

    async def cut_all(self) -> int:
        """Terminate every connection of the server to this database; how many there were."""
        rows = await self.superuser.fetch(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1",
            self.name,
        )
        return len(rows)

    async def close(self, *, doors: bool) -> None:
        """Let nobody in any more, or everybody again."""
        await self.superuser.execute(
            f"alter database {self.name} with allow_connections {'false' if doors else 'true'}"
        )

    @asynccontextmanager
    async def live(self, **knobs: Any) -> AsyncIterator[Live]:
        async with live_process(self.watching, poll=SOON, **knobs) as live:
            self.practice.publisher = live.bus
            yield live
            self.practice.publisher = Silence()


@pytest.fixture
async def fragile(
    practice: Database, make_database: DatabaseMaker, servers: Servers
) -> AsyncIterator[Fragile]:
    superuser = await asyncpg.connect(servers.superuser_url)
    async with make_database() as own:
        database = await Database.open(own.url)
        watching = await Database.open(own.url, role="openpractice_feed", size=1)
        await install(database)
        name = await database.pool.fetchval("select current_database()")
        house = (await two_firms()).harbour
        yield Fragile(superuser, name, database, watching, house)
        await install(practice)
        await watching.close()
        await database.close()
    await superuser.close()


async def write_surely(house: House) -> None:
    """One event, however often it takes; an attempt whose answer was lost may count, too."""
    while True:
        try:
            await write(house)
        except Unavailable:
            continue
        else:
            return


async def test_cutting_every_connection_again_and_again_loses_nothing(fragile: Fragile) -> None:
    house = fragile.house
    since = await head(house)
    async with fragile.live() as live:
        async with (
            Ear(live.feeds.follow(house.ada)) as ada,
            Ear(live.feeds.follow(house.dan)) as dan,
        ):
            await ada.first_item()
            await dan.first_item()
            for _ in range(5):
                await asyncio.gather(fragile.cut_all(), *(write_surely(house) for _ in range(5)))
            last = (await head(house)).seq
            await ada.until_told(last)
            await dan.until_told(last)

        there = await numbers_after(house, since)
        assert ada.numbers == there
        assert dan.numbers == there
        assert len(there) >= 25


async def test_a_database_that_lets_nobody_in_silences_the_heartbeats_until_it_does(
    fragile: Fragile,
) -> None:
    house = fragile.house
    pace = Pace(heartbeat=timedelta(milliseconds=20))
    async with fragile.live(pace=pace) as live, Ear(live.feeds.follow(house.ada)) as ear:
        await ear.until(lambda ear: len(ear.items) > 2)
        written = await write(house)
        await ear.until_told(written.seq)
        await fragile.close(doors=True)
        assert await fragile.cut_all() > 0
        await fragile.close(doors=False)
        written = await write(house)
        await ear.until_told(written.seq)
        count = len(ear.items)
        await ear.until(lambda ear: len(ear.items) > count)

    assert isinstance(ear.items[-1], Heartbeat)
    assert len(ear.changes) == 2


async def test_who_comes_while_the_database_is_away_is_served_when_it_is_back(
    fragile: Fragile,
) -> None:
    house = fragile.house
    since = await head(house)
    await write(house, 3)
    async with fragile.live() as live:
        await fragile.close(doors=True)
        await fragile.cut_all()
        async with Ear(live.feeds.follow(house.dan, since)) as ear:
            await asyncio.sleep(0)
            assert ear.items == []
            await fragile.close(doors=False)
            await ear.until_told(since.seq + 3)

    assert len(ear.changes) == 3
