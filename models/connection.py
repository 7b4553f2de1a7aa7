"""A connection of the pool: taken within two seconds, given back whole or not at all.

A connection whose state is in any doubt is terminated, never returned: a half-begun transaction
in the pool would be another firm's.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import structlog

from models.database import Database, database
from models.errors import Overloaded, Unavailable
from models.unended import Connection, is_closed, terminate

log = structlog.get_logger("openpractice.database")

ACQUIRE_SECONDS = 2

# What a connection that dies, or a server that restarts, has been seen to surface as. asyncpg's
# InternalClientError ("cannot switch to state") is no PostgresError.
LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InternalClientError,
)


_lent: dict[Connection, Database] = {}


class PassedOver(RuntimeError):
    """A statement failed inside a unit of work, nobody said so, and nothing was kept."""


def lost(connection: Connection, error: Exception) -> bool:
    """Whether the error means that the connection is gone, whatever else it says."""
    return isinstance(error, LOST) or is_closed(connection)


async def _taken() -> Connection:
    """A connection, in the transaction of a unit that has read what it wanted if one waits so.
    Raises Overloaded when none comes free in time, Unavailable when none can be made.

    Whoever comes first is first served: the pool itself lets newcomers overtake those who wait,
    so that under load some would wait until they are refused while others never wait.
    """
    practice = database()
    if practice.turns.locked():
        try:
            async with asyncio.timeout(ACQUIRE_SECONDS):
                await practice.turns.acquire()
        except TimeoutError as error:
            raise Overloaded from error
    else:
        await practice.turns.acquire()
    try:
        connection = practice.unended.take() or await _acquired(practice)
    except BaseException:
        practice.turns.release()
        raise
    _lent[connection] = practice
    return connection


async def _acquired(practice: Database) -> Connection:
    try:
        return await practice.pool.acquire(timeout=ACQUIRE_SECONDS)
    except (TimeoutError, asyncpg.TooManyConnectionsError) as error:
        raise Overloaded from error
    except (
        OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError,
    ) as error:  # fmt: skip
        raise Unavailable from error


async def give_back(connection: Connection) -> None:
    """Return it to the database it came from, whichever is the process's own by now."""
    practice = _lent.pop(connection)
    # The last wall: whoever gets a connection in mid-transaction reads what was true before.
    if not is_closed(connection) and connection.is_in_transaction():
        log.error("a connection came back in mid-transaction: whoever had it did not end it")
        terminate(connection)
    try:
        await practice.pool.release(connection)
    finally:
        practice.turns.release()


def leave(connection: Connection) -> None:
    """Let it wait for the next unit of work, in the transaction that has read what it wanted."""
    practice = _lent.pop(connection)
    practice.unended.keep(connection)
    practice.turns.release()


@asynccontextmanager
async def before_any_firm() -> AsyncIterator[Connection]:
    """A connection for the few questions that are asked before a firm is known."""
    connection = await _taken()
    try:
        if connection.is_in_transaction():
            await connection.execute("rollback")
        yield connection
    except Exception as error:
        if lost(connection, error):
            raise Unavailable from error
        raise
    except BaseException:  # a statement may have been cut off half-way
        terminate(connection)
        raise
    finally:
        await give_back(connection)


async def begin(statement: str) -> Connection:
    """A connection on which that transaction has begun."""
    connection = await _taken()
    try:
        if connection.is_in_transaction():  # it has waited: see `unended.py`
            statement = f"rollback; {statement}"
        await connection.execute(statement)
    except BaseException as error:
        gone = isinstance(error, Exception) and lost(connection, error)
        terminate(connection)
        await give_back(connection)
        if gone:
            raise Unavailable from error
        raise
    return connection


async def commit(connection: Connection) -> None:
    """COMMIT. Raises Unavailable when its answer was lost: what came of it is not known.

    What PostgreSQL refuses is raised as it is, and undone.
    """
    answered = False
    try:
        outcome = await connection.execute("commit")
        answered = True
    except Exception as error:
        if lost(connection, error):
            raise Unavailable("The answer was lost on the way. Ask again.") from error
        answered = True
        raise
    finally:
        if not answered:
            terminate(connection)
    if outcome != "COMMIT":
        raise PassedOver("A statement failed and its error was passed over: nothing was kept.")


async def roll_back(connection: Connection) -> None:
    """ROLLBACK; a connection that cannot even do that is terminated, which undoes as much."""
    try:
        await connection.execute("rollback")
    except Exception:  # noqa: BLE001
        terminate(connection)
    except BaseException:
        terminate(connection)
        raise
