"""A PostgreSQL of one's own, which can be restarted, crashed and started again where it was."""

import asyncio
import signal
import subprocess
from pathlib import Path

import asyncpg

from models.migrations import migrate
from server.embedded import children, postgres
from server.embedded.account import account_for
from server.embedded.binaries import postgres_program
from server.embedded.folder import Folder

_SECONDS = 60
_COMING_UP = (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError)
# A crash of the process loses nothing that was committed; a power cut, which never comes, would.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
}


class KillablePostgres:
    """A migrated cluster in a folder, on a port that stays the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = Folder.at(folder)
        self._account = account_for(self._folder.cluster)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = children.free_port()

    @property
    def url(self) -> str:
        return self._as("openpractice")

    @property
    def migrate_url(self) -> str:
        return self._as("openpractice_migrate")

    def _as(self, login: str) -> str:
        return postgres.address(self.port, login, self._folder.passwords())

    async def found(self) -> None:
        """Make the cluster and bring its database up to date; it runs afterwards."""
        self._folder.furnish()
        await asyncio.to_thread(self._make)
        await self.start()
        await migrate(self.migrate_url)

    def _make(self) -> None:
        with postgres.running(self._folder, self._account, durable=False):
            pass

    async def start(self) -> None:
        """Returns once it lets in."""
        program, cluster = postgres_program("postgres"), self._folder.cluster
        settings = [part for each in _SETTINGS.items() for part in ("-c", "=".join(each))]
        self._process = children.start(
            [str(program), "-D", str(cluster), "-p", str(self.port), *settings],
            account=self._account,
            folder=cluster,
            log=self._folder.log("postgres"),
            reaching=[cluster, program],
        )
        async with asyncio.timeout(_SECONDS):
            while not await self._lets_in():  # noqa: ASYNC110  (it tells nobody)
                await asyncio.sleep(0.05)

    async def restart(self) -> None:
        """Every connection is ended, what was going on rolled back."""
        await self._end(signal.SIGINT)
        await self.start()

    async def crash(self) -> None:
        """It ends without a word and recovers from its log."""
        await self._end(signal.SIGQUIT)
        await self.start()

    async def end_connections(self) -> None:
        """End every connection but this one."""
        connection = await asyncpg.connect(self._as("postgres"))
        try:
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
        finally:
            connection.terminate()

    async def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            await self._end(signal.SIGQUIT)

    async def _end(self, by: signal.Signals) -> None:
        assert self._process is not None
        await asyncio.to_thread(children.stop, self._process, [(by, 20.0), (signal.SIGKILL, 5.0)])

    async def _lets_in(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"see {self._folder.log('postgres')}"
        try:
            connection = await asyncpg.connect(self.migrate_url, timeout=5)
        except _COMING_UP:
            return False
        connection.terminate()
        return True
