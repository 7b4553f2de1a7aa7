"""What the live side's tests share: a live process, somebody who writes, somebody who listens."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.database import Database, Silence
from subscriptions.bus import Bus
from subscriptions.feed import Feeds
from tests.cast import Cast, House
from tests.subscriptions.killable_redis import KillableRedis


@dataclass(frozen=True)
class Live:
    """The live side of one process."""

    bus: Bus
    feeds: Feeds


MakeLive = Callable[..., AbstractAsyncContextManager[Live]]


@asynccontextmanager
async def live_process(
    watching: Database, url: str = "memory://", **knobs: Any
) -> AsyncIterator[Live]:
    """A bus and feeds at work; `watching` is open as role openpractice_feed."""
    bus = Bus(url, ping_seconds=1)
    feeds = Feeds(watching, bus, **knobs)
    await bus.start()
    await feeds.start()
    try:
        yield Live(bus, feeds)
    finally:
        await feeds.stop()
        await bus.stop()


@pytest.fixture(scope="session")
async def watching(database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(database_url, role="openpractice_feed", size=1)
    yield database
    await database.close()


@pytest.fixture
async def make_live(practice: Database, watching: Database) -> AsyncIterator[MakeLive]:
    """Makes live sides of processes; the last one made hears of this process's commits first."""

    @asynccontextmanager
    async def make(url: str = "memory://", **knobs: Any) -> AsyncIterator[Live]:
        async with live_process(watching, url, **knobs) as live:
            practice.publisher = live.bus
            yield live

    yield make
    practice.publisher = Silence()


@pytest.fixture
async def feeds(make_live: MakeLive) -> AsyncIterator[Feeds]:
    """The feeds of a process that is alone."""
    async with make_live() as live:
        yield live.feeds


@pytest.fixture
def house(cast: Cast) -> House:
    return cast.harbour


@pytest.fixture
async def redis(tmp_path: Path) -> AsyncIterator[KillableRedis]:
    server = KillableRedis(tmp_path)
    await server.start()
    yield server
    await server.kill()
