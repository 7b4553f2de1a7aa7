"""The real servers of a test session: one PostgreSQL, one Redis, migrated once."""

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any

import asyncpg
import pytest
import uvloop

from models.database import Database, database, install
from models.files import FileStore
from server.embedded import Servers
from server.embedded.binaries import s3_program
from server.garbage import collect_from_here_on
from server.settings import read_settings
from server.storage import Storage
from tests import equipment
from tests.cast import Cast, House, two_firms
from tests.companies import Companies
from tests.pictures import Picture, picture
from tests.schema.report import listen, write_down
from tests.server.launcher import say
from tests.servers import S3, DatabaseMaker, DemoFirms, running_s3, running_servers

pytest.register_assert_rewrite("tests.verify")

# A developer's own servers are never what a test writes to.
for name in ("DATABASE_URL", "MIGRATE_DATABASE_URL", "REDIS_URL", "S3_ENDPOINT_URL"):
    os.environ.pop(name, None)


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Redis in a temporary folder, the database migrated."""
    with running_servers() as servers:
        yield servers


@pytest.fixture(scope="session")
def database_url(servers: Servers) -> str:
    """How the server itself signs in: a login that may only act as app or feed."""
    return servers.database_url


@pytest.fixture(scope="session")
def migrate_database_url(servers: Servers) -> str:
    """The owner of all tables, who sees every firm's rows."""
    return servers.migrate_database_url


@pytest.fixture(scope="session")
def redis_url(servers: Servers) -> str:
    if not servers.redis_port:
        pytest.skip(equipment.REDIS.missing)
    return servers.redis_url


@pytest.fixture(scope="session")
def s3(servers: Servers) -> Iterator[S3]:
    """A real S3 server, started for the first test that needs one."""
    with running_s3(servers.folder) as s3:
        if s3 is None:
            pytest.skip(equipment.FILES.missing)
        yield s3


@pytest.fixture(scope="session")
def make_database(servers: Servers) -> DatabaseMaker:
    """Makes further databases, migrated and empty, in a few milliseconds each."""
    return DatabaseMaker(servers)


@pytest.fixture
async def own_database_url(make_database: DatabaseMaker) -> AsyncIterator[str]:
    """A migrated, empty database of this test alone, as the server's login."""
    async with make_database() as database:
        yield database.url


@pytest.fixture(scope="session")
async def demo_firms(
    make_database: DatabaseMaker, request: pytest.FixtureRequest
) -> AsyncIterator[DemoFirms]:
    """Both demo firms, made once by the command: a database to copy, which nobody enters."""
    s3 = request.getfixturevalue("s3") if s3_program() else {}
    async with make_database() as own:
        code, out, told = await say(
            "demo", "--refresh", before=(),
            DATABASE_URL=own.url, MIGRATE_DATABASE_URL=own.migrate_url, REDIS_URL="memory://",
            **{name.upper(): value for name, value in s3.items()},
        )  # fmt: skip
        assert (code, out) == (0, ""), told
        yield DemoFirms(own.name, told)


@pytest.fixture(scope="session")
async def practice(database_url: str) -> AsyncIterator[Database]:
    """The session's database, installed as the process's own."""
    database = await Database.open(database_url)
    await install(database)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def undisturbed() -> dict[Database, tuple[House, Picture]]:
    """By database an Alpine that stands as it was founded."""
    return {}


@pytest.fixture
async def cast(
    practice: Database, undisturbed: dict[Database, tuple[House, Picture]]
) -> AsyncIterator[Cast]:
    """Two firms that no other test has touched: an Alpine where nothing stirred serves again."""
    here = database()
    alpine, founded = undisturbed.pop(here, (None, None))
    cast = await two_firms(alpine)
    founded = founded or await picture(cast.alpine)
    yield cast
    if database() is here and await picture(cast.alpine) == founded:
        undisturbed[here] = cast.alpine, founded


@pytest.fixture(scope="session")
async def _filing(database_url: str, s3: S3) -> AsyncIterator[Database]:
    async with Storage(read_settings(**s3)).open() as files:
        database = await Database.open(database_url, files=files)
        yield database
        await database.close()


@pytest.fixture
async def file_store(practice: Database, _filing: Database) -> AsyncIterator[FileStore]:
    """The session's database with a place for files, while this test runs."""
    await install(_filing)
    yield _filing.files
    await install(practice)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Any]:
    """A Chromium; `await browser.new_context()` is one person's window."""
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=equipment.chromium(), args=equipment.CHROMIUM_FLAGS
        )
        yield chromium
        await chromium.close()


@pytest.fixture
async def as_owner(migrate_database_url: str) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """A connection that sees all firms, for asserting what is really in the tables."""
    connection = await asyncpg.connect(migrate_database_url)
    yield connection
    await connection.close()


@pytest.fixture
async def queue(database_url: str) -> AsyncIterator[Database]:
    """The session's database as the background has it."""
    database = await Database.open(database_url, role="openpractice_queue", size=1)
    yield database
    await database.close()


def pytest_collection_finish() -> None:
    collect_from_here_on()


def pytest_sessionstart() -> None:
    listen()


def pytest_sessionfinish() -> None:
    write_down()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    equipment.skip_or_refuse(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Companies:
    return Companies(config, log)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    equipment.say_what_was_skipped(terminalreporter)


def pytest_asyncio_loop_factories() -> dict[str, Any]:
    """The loop that the server runs on."""
    return {"uvloop": uvloop.new_event_loop}
