"""What the wire's tests share: the logs of each test, read instead of printed."""

import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from models.database import Database
from tests.cast import two_firms
from tests.server import outside as real
from tests.server.launcher import running
from tests.server.outside import Outside
from tests.server.wire import Served, served, wire
from tests.server.worlds import WORD, World, fresh
from tests.servers import S3, DatabaseMaker
from tests.stock import stock_of


@pytest.fixture(autouse=True)
def logged() -> Iterator[list[EventDict]]:
    """Everything this test's server wrote into its log."""
    with capture_logs() as entries:
        yield entries


@pytest.fixture(scope="session")
async def _begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that a first start has made, with nothing running on it."""
    folder = tmp_path_factory.mktemp("begun") / "practice"
    async with running(folder):
        pass
    return folder


@pytest.fixture
def begun(_begun: Path, tmp_path: Path) -> Path:
    """Such a folder of this test's own: what a first start makes is the same every time."""
    folder = tmp_path / "practice"
    subprocess.run(["cp", "-a", _begun, folder], check=True)  # keeps whose it is
    return folder


@pytest.fixture
async def server() -> AsyncIterator[Served]:
    """The small practice behind a real uvicorn."""
    async with served(wire()) as serving:
        yield serving


@pytest.fixture(scope="module")
async def outside(practice: Database, make_database: DatabaseMaker) -> AsyncIterator[Outside]:
    """The whole application behind a real uvicorn, on a database of this module alone."""
    async with make_database() as own, real.outside(own) as site:
        yield site


@pytest.fixture(scope="module")
async def filing(
    practice: Database, make_database: DatabaseMaker, s3: S3
) -> AsyncIterator[Outside]:
    """The same with a place for files."""
    async with make_database() as own, real.outside(own, **s3) as site:
        yield site


@pytest.fixture(scope="module")
async def harbour(outside: Outside) -> World:
    """The Harbour's owner, in whose firm all is refused; the other firm has one of everything."""
    house = (await two_firms()).alpine
    return await fresh(outside, await stock_of(house, house.ada, house.bakery, WORD))
