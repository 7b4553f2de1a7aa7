"""The process's one pool of connections, and Tortoise bound so that nothing escapes it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, Protocol
from uuid import UUID

import asyncpg
from tortoise import Tortoise
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.context import get_current_context

from models.files import FileStore, no_store
from models.mail import Mailer, NoPost
from models.registry import MODEL_MODULES
from models.unended import Unended
from models.work_queue import NoQueue, Queue

CONNECTION = "practice"
_GOODBYE_SECONDS = 5
_STATEMENTS = 500
"""How many a connection keeps prepared: a firm's day comes to some hundreds of different ones, and
each that is prepared anew is planned anew, and a round trip more."""


class Publisher(Protocol):
    """Told after COMMIT that a firm's stream has grown; must neither block nor raise."""

    def hint(self, firm_id: UUID) -> None: ...


class Silence:
    """The publisher of a process that nobody listens to (commands, migrations)."""

    def hint(self, firm_id: UUID) -> None:  # noqa: ARG002  (the port's own name)
        return None


class OutsideUnitOfWork(RuntimeError):
    """A query was made with no firm chosen: open `unit_of_work(viewer)` or `reading(viewer)`."""


class NoConnection(AsyncpgDBClient):
    """Tortoise's default connection: refuses, because no firm has been chosen for it."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise OutsideUnitOfWork("Open a unit of work first: it chooses the firm.")

    acquire_connection = create_connection = create_pool = _in_transaction = _refuse


class Database:
    """A pool of connections under one role, whom to tell after a commit, who takes letters, where
    work waits and where files are kept."""

    def __init__(
        self,
        pool: "asyncpg.Pool[asyncpg.Record]",
        publisher: Publisher,
        mailer: Mailer,
        queue: Queue,
        files: FileStore | None,
    ) -> None:
        self.pool = pool
        self.turns = asyncio.Semaphore(pool.get_max_size())
        self.unended = Unended(pool)
        self.publisher = publisher
        self.mailer = mailer
        self.queue = queue
        self._files = files

    @classmethod
    async def open(
        cls,
        url: str,
        *,
        role: str = "openpractice_app",
        size: int = 10,
        publisher: Publisher | None = None,
        mailer: Mailer | None = None,
        queue: Queue | None = None,
        files: FileStore | None = None,
    ) -> "Database":
        """Connect as `role`, which the login must be a member of.

        The unit of work leaves nothing on a connection, so the pool's reset query is spared.
        """
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=size,
            reset=_leave_as_is,
            statement_cache_size=_STATEMENTS,
            server_settings={
                "role": role,
                "jit": "off",
                "statement_timeout": "5000",
                "lock_timeout": "2000",
                "idle_in_transaction_session_timeout": "10000",
                "timezone": "UTC",
            },
        )
        return cls(pool, publisher or Silence(), mailer or NoPost(), queue or NoQueue(), files)

    @property
    def keeps_files(self) -> bool:
        return self._files is not None

    @property
    def files(self) -> FileStore:
        """Where files are kept. Raises ValidationError in a process that was given no store."""
        if self._files is None:
            raise no_store()
        return self._files

    async def close(self) -> None:
        """Say goodbye on every connection; one that somebody still holds is cut off in the end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_GOODBYE_SECONDS):
                await self.unended.end()
                await self.pool.close()


async def _leave_as_is(_: Any) -> None:
    return None


_installed: Database | None = None


async def install(database: Database) -> None:
    """Make this the process's database and introduce the models to Tortoise."""
    global _installed
    _installed = database
    if get_current_context() is None:
        await Tortoise.init(
            config={
                "connections": {
                    CONNECTION: {"engine": "models.database", "credentials": {"database": ""}}
                },
                "apps": {
                    "models": {"models": list(MODEL_MODULES), "default_connection": CONNECTION}
                },
                "use_tz": True,
                "timezone": "UTC",
            },
            _enable_global_fallback=True,
        )


def database() -> Database:
    """The process's database. Raises OutsideUnitOfWork before `install`."""
    if _installed is None:
        raise OutsideUnitOfWork("No database has been installed in this process.")
    return _installed


# Tortoise finds a connection's class by this name in the module its configuration points at.
client_class: Callable[..., NoConnection] = NoConnection
