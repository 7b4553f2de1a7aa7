"""Connections whose last unit of work has read what it wanted: they wait for the next one.

Their snapshot ends in the round trip that begins the next unit, or in a moment by itself: a round
trip less for each question that is asked while there are others. Nothing but a unit of work may
have such a connection, and its first words are `rollback`.
"""

import asyncio
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

WAIT_SECONDS = 0.01

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"


def is_closed(connection: Connection) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:  # so thoroughly that the pool has taken it back already
        return True


def terminate(connection: Connection) -> None:
    """End it without a word; PostgreSQL undoes what it had begun."""
    if not is_closed(connection):
        connection.terminate()


class Unended:
    """Those of one pool, the last one first."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self._pool = pool
        self._since: dict[Connection, float] = {}
        self._ending: asyncio.Task[None] | None = None

    def keep(self, connection: Connection) -> None:
        """Let it wait."""
        self._since[connection] = asyncio.get_running_loop().time()
        if self._ending is None or self._ending.done():
            self._ending = asyncio.create_task(self._end_in_time())

    def take(self) -> "Connection | None":
        """One that waits, still in its transaction; None where none does, or it has died."""
        while self._since:
            connection, _ = self._since.popitem()
            if not is_closed(connection):
                return connection
            asyncio.create_task(self._pool.release(connection))  # noqa: RUF006  (the pool keeps it)
        return None

    async def end(self, *, older_than: float = 0) -> None:
        """End the transactions of those that wait that long, and give them back."""
        until = asyncio.get_running_loop().time() - older_than
        for connection in [one for one, since in self._since.items() if since <= until]:
            if self._since.pop(connection, None) is not None:
                await self._given_back(connection)

    async def _given_back(self, connection: Connection) -> None:
        try:
            await connection.execute("rollback")
        except Exception:  # noqa: BLE001  (which undoes as much)
            terminate(connection)
        except BaseException:
            terminate(connection)
            raise
        finally:
            await self._pool.release(connection)

    async def _end_in_time(self) -> None:
        while self._since:
            await asyncio.sleep(WAIT_SECONDS)
            await self.end(older_than=WAIT_SECONDS)
