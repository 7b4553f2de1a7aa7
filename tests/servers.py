"""The session's own PostgreSQL and Redis, careless about power cuts, and databases beside."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg

from models.migrations import migrate
from server.embedded import Servers, embedded, embedded_files, heal
from server.embedded.claim import Claim, claimed
from server.embedded.folder import Folder
from server.embedded.logins import DATABASE, make_database

_PREFIX = "openpractice-tests-"
_PRISTINE = "pristine"


@contextmanager
def running_servers() -> Iterator[Servers]:
    """Both servers in a folder of their own, gone afterwards; an earlier session's wreck too."""
    _clear_wrecks()
    folder = Folder.at(Path(tempfile.mkdtemp(prefix=_PREFIX)))
    try:
        with claimed(folder, "test"), embedded(folder, durable=False) as servers:
            asyncio.run(_prepare(servers))
            yield servers
    finally:
        # Another session may be clearing it away at this very moment.
        shutil.rmtree(folder.path, ignore_errors=True)


S3 = dict[str, str]
"""The settings by which an S3 server is reached."""


@contextmanager
def running_s3(folder: Folder) -> Iterator[S3 | None]:
    """An S3 server beside the other two, or None where there is no binary for this platform."""
    with embedded_files(folder) as files:
        if files is None:
            yield None
            return
        files.wait()
        servers = Servers(folder, 0, 0, files.port)
        yield {
            "s3_endpoint_url": servers.s3_endpoint_url,
            "s3_secret_key": servers.s3_secret_key,
        }


async def _prepare(servers: Servers) -> None:
    await migrate(servers.migrate_database_url)
    connection = await asyncpg.connect(servers.superuser_url)
    await connection.execute(f"create database {_PRISTINE} template {DATABASE}")
    await connection.close()
    pristine = await asyncpg.connect(DatabaseMaker.at(servers.migrate_database_url, _PRISTINE))
    # Where its tables were made is not said, so that a copy does not look like a restored backup.
    await pristine.execute("comment on table firm_stream is null")
    await pristine.close()


def _clear_wrecks() -> None:
    """A session killed by -9 leaves servers and a folder that nobody claims any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            claim = Claim.take(Folder(path), "test")
        except OSError:  # another user's, or being made at this moment
            continue
        if claim is not None:
            with claim.held(Folder(path)):
                heal(Folder(path))
            shutil.rmtree(path, ignore_errors=True)


@dataclass(frozen=True)
class OwnDatabase:
    """One test's database: its name, and as the server's login and its owner reach it."""

    name: str
    url: str
    migrate_url: str


@dataclass(frozen=True)
class DemoFirms:
    """The name of the database that has them, and what the command said while it made them."""

    database: str
    told: str


class DatabaseMaker:
    """Copies a database: the migrated, empty one unless another is named."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers
        self._numbers = count(1)

    @asynccontextmanager
    async def __call__(self, like: str = _PRISTINE) -> AsyncIterator[OwnDatabase]:
        name = f"own_{next(self._numbers)}"
        superuser = await asyncpg.connect(self._servers.superuser_url)
        try:
            await make_database(superuser, name, template=like)
            yield OwnDatabase(
                name,
                self.at(self._servers.database_url, name),
                self.at(self._servers.migrate_database_url, name),
            )
            await superuser.execute(f"drop database {name} with (force)")
        finally:
            await superuser.close()

    @staticmethod
    def at(url: str, name: str) -> str:
        return url.replace(f"/{DATABASE}?", f"/{name}?")
