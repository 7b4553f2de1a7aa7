"""Connections whose last unit of work has read what it wanted: they wait for the next one.

Their snapshot ends in the round trip that begins the next unit, or in a moment by itself: a round
trip less for each question that is asked while there are others. Whoever takes such a connection
(`connection.py` alone does) says `rollback` first.
"""

import asyncio
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

WAIT_SECONDS = 0.1
_PATIENCE_SECONDS = 2

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
        self._ending: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    def keep(self, connection: Connection) -> None:
        """Let it wait."""
        self._since[connection] = asyncio.get_running_loop().time()
        self._look_again()

    def take(self) -> "Connection | None":
        """One that waits, still in its transaction; None where none does."""
        while self._since:
            connection, _ = self._since.popitem()
            if not is_closed(connection):
                return connection
            self._begin_to_end(connection)
        return None

    async def end(self) -> None:
        """End the transactions of all that wait, and give them back."""
        while self._since:
            self._begin_to_end(self._since.popitem()[0])
        await asyncio.gather(*self._ending)

    def _look_again(self) -> None:
        if self._timer is None and self._since:
            self._timer = asyncio.get_running_loop().call_later(WAIT_SECONDS, self._end_the_old)

    def _end_the_old(self) -> None:
        self._timer = None
        until = asyncio.get_running_loop().time() - WAIT_SECONDS
        for connection in [one for one, since in self._since.items() if since <= until]:
            del self._since[connection]
            self._begin_to_end(connection)
        self._look_again()

    def _begin_to_end(self, connection: Connection) -> None:
        task = asyncio.create_task(self._given_back(connection))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _given_back(self, connection: Connection) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await connection.execute("rollback")
        except Exception:  # noqa: BLE001  (which undoes as much)
            terminate(connection)
        except BaseException:
            terminate(connection)
            raise
        finally:
            await self._pool.release(connection)
