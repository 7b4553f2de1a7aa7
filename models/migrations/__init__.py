"""Numbered SQL, applied in order, each in its own transaction, once, by one process at a time."""

import hashlib
from pathlib import Path

import asyncpg

from models.epochs import begin_epochs_if_restored

FOLDER = Path(__file__).parent
_ALSO_APPLIED = {
    "0029_time_by_month": "320a095b2f7ce329035f6aacf67f5302663904659a335e476623ef5e815442b7",
}
"""Texts that stood under a name for a while; with what follows they come to the same."""
_LOCK = 0x6F70656E  # one migrating process a database; the others wait, then find nothing to do


class MigrationChanged(RuntimeError):
    """A file that was applied before reads differently now: write a new migration instead."""


async def migrate(url: str) -> list[str]:
    """Bring the database up to date; returns the names applied now.

    `url` logs in as a role that owns the database and bypasses row-level security; where it may
    create roles too, the roles of `roles.sql` are made first. Where a backup was restored every
    firm's stream begins a new epoch.
    """
    connection = await asyncpg.connect(url, server_settings={"client_min_messages": "warning"})
    try:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        return await _apply_all(connection)
    finally:
        await connection.close()


async def pending(url: str) -> list[str]:
    """The names of the migrations that this database has not seen."""
    connection = await asyncpg.connect(url)
    try:
        applied = await _applied(connection)
    finally:
        await connection.close()
    return [path.stem for path in _files() if path.stem not in applied]


async def _apply_all(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    may_create_roles = await connection.fetchval(
        "select rolsuper or rolcreaterole from pg_roles where rolname = session_user"
    )
    if may_create_roles:
        await connection.execute((FOLDER / "roles.sql").read_text())
    await connection.execute(
        "create table if not exists migration (name text primary key, checksum text not null,"
        " applied_at timestamptz not null default now())"
    )
    applied, made = await _applied(connection), []
    for path in _files():
        sql = path.read_text()
        checksum = hashlib.sha256(sql.encode()).hexdigest()
        if path.stem not in applied:
            async with connection.transaction():
                await connection.execute(sql)
                await connection.execute(
                    "insert into migration (name, checksum) values ($1, $2)", path.stem, checksum
                )
            made.append(path.stem)
        elif applied[path.stem] not in (checksum, _ALSO_APPLIED.get(path.stem)):
            raise MigrationChanged(f"{path.name} was applied before and has been edited since.")
    await begin_epochs_if_restored(connection)
    return made


async def _applied(connection: "asyncpg.Connection[asyncpg.Record]") -> dict[str, str]:
    if await connection.fetchval("select to_regclass('migration')") is None:
        return {}
    rows = await connection.fetch("select name, checksum from migration")
    return {row["name"]: row["checksum"] for row in rows}


def _files() -> list[Path]:
    return sorted(FOLDER.glob("[0-9]*.sql"))
