"""A stream's epoch: after a backup was restored, nobody goes on as if nothing had been.

Whoever followed has seen what the backup does not have. Another epoch makes them read anew.
"""

from typing import TypeAlias

import asyncpg
import structlog

log = structlog.get_logger("openpractice.database")

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_HOME = """
  select concat_ws('/', (select system_identifier from pg_control_system()),
    (select timeline_id from pg_control_checkpoint()),
    (select oid from pg_database where datname = current_database()), 'firm_stream'::regclass::oid)
"""


async def begin_epochs(connection: Owner) -> int:
    """Give every firm's stream a new epoch; returns how many there are."""
    rows = await connection.fetch(
        "update firm_stream set epoch = gen_random_uuid() returning firm_id"
    )
    return len(rows)


async def begin_epochs_if_restored(connection: Owner) -> None:
    """Do so when these tables were not made where they stand: a dump was read in, or the server
    went back to an earlier moment.

    Where they were made stands in the comment of the streams' table, which a dump takes along. Of
    a copy of the server's files nothing can be told: there `openpractice restored` is said by hand.
    """
    home = await connection.fetchval(_HOME)
    made_at = await connection.fetchval("select obj_description('firm_stream'::regclass)")
    if made_at == home:
        return
    if made_at is not None and await begin_epochs(connection):
        log.warning("a backup was restored: whoever follows reads everything anew")
    await connection.execute(f"comment on table firm_stream is '{home}'")
