"""A small pool of a test's own, in place of the session's, and the proof that it is whole."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from models import database
from models.database import Database, install


class Hearing:
    """A publisher's other end: remembers which firms were hinted at."""

    def __init__(self) -> None:
        self.firms: list[UUID] = []

    def hint(self, firm_id: UUID) -> None:
        self.firms.append(firm_id)


@asynccontextmanager
async def small_pool(url: str, *, size: int = 2) -> AsyncIterator[tuple[Database, Hearing]]:
    """All units of work go through a pool of this size; what they hint at is heard."""
    before, hearing = database.database(), Hearing()
    small = await Database.open(url, size=size, publisher=hearing)
    await install(small)
    try:
        yield small, hearing
    finally:
        await install(before)
        small.pool.terminate()


async def must_be_whole(small: Database) -> None:
    """Every connection can be had, none is in a transaction, and none remembers a firm."""
    pool = small.pool
    connections = [await pool.acquire(timeout=2) for _ in range(pool.get_max_size())]
    for connection in connections:
        assert not connection.is_in_transaction()
        row = await connection.fetchrow(
            "select nullif(current_setting('app.firm_id', true), '') as firm,"
            " nullif(current_setting('app.member_id', true), '') as member,"
            " current_user::text as role"
        )
        assert row is not None
        assert dict(row) == {"firm": None, "member": None, "role": "openpractice_app"}
        await pool.release(connection)
    assert pool.get_idle_size() == pool.get_size() == pool.get_max_size()
    for _ in range(pool.get_max_size()):
        assert not small.turns.locked()
        await small.turns.acquire()
    for _ in range(pool.get_max_size()):
        small.turns.release()
