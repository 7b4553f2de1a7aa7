"""The cards of boards, added up behind the stream: by the worker, as the queue's role alone."""

from collections.abc import Callable
from uuid import UUID

import asyncpg

from models.connection import LOST
from models.database import Database


async def add_up(
    queue: Database, *, stopping: Callable[[], bool] = lambda: False
) -> dict[UUID, asyncpg.PostgresError]:
    """Let the sums take in what has happened in all firms since the last time, or until `stopping`.

    Firms take turns, so that none waits for another's backlog; those in which it failed come back,
    with the reason. What another worker adds up already is left to it. `queue` is open as role
    openpractice_queue. Raises what a lost database does.
    """
    failed: dict[UUID, asyncpg.PostgresError] = {}

    async def more(firm_id: UUID) -> bool:
        try:
            return bool(await queue.pool.fetchval("select tally_firm($1)", firm_id))
        except LOST:
            raise
        except asyncpg.PostgresError as error:
            failed[firm_id] = error
            return False

    behind = [row["id"] for row in await queue.pool.fetch("select id from untallied_firms() id")]
    while behind and not stopping():
        behind = [firm_id for firm_id in behind if await more(firm_id)]
    return failed
