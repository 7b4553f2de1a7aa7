"""How far back one may resume, in all firms: raised by the worker, as the queue's role alone."""

from datetime import datetime

from models.database import Database


async def raise_floors(queue: Database, at: datetime | None = None) -> int:
    """Let nobody resume from what is, at `at` or now, two weeks old or a million events back.

    Returns in how many firms that has moved. `queue` is open as role openpractice_queue.
    """
    moved: int = await queue.pool.fetchval(
        "select raise_floors(coalesce($1, clock_timestamp()))", at
    )
    return moved
