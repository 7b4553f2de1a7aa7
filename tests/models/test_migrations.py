"""Migrations: all of them, once, and again nothing."""

import asyncio

import asyncpg
import pytest

from models.migrations import _ALSO_APPLIED, MigrationChanged, migrate, pending
from tests.servers import DatabaseMaker


async def test_nothing_is_pending_after_migrating(migrate_database_url: str) -> None:
    assert await pending(migrate_database_url) == []
    assert await migrate(migrate_database_url) == []


async def test_two_that_migrate_at_once_do_not_collide(migrate_database_url: str) -> None:
    assert await asyncio.gather(*(migrate(migrate_database_url) for _ in range(3))) == [[], [], []]


async def test_a_migration_edited_after_it_was_applied_is_refused(
    make_database: DatabaseMaker,
) -> None:
    async with make_database() as database:
        owner = await asyncpg.connect(database.migrate_url)
        await owner.execute(
            "update migration set checksum = 'of another text' where name like '0001%'"
        )
        await owner.close()

        with pytest.raises(MigrationChanged, match="edited since"):
            await migrate(database.migrate_url)


async def test_a_text_that_stood_there_for_a_while_is_taken_for_the_migration_it_comes_to(
    make_database: DatabaseMaker,
) -> None:
    async with make_database() as database:
        owner = await asyncpg.connect(database.migrate_url)
        (changed,) = _ALSO_APPLIED
        await owner.execute(
            "update migration set checksum = $2 where name = $1", changed, _ALSO_APPLIED[changed]
        )
        await owner.close()

        assert await migrate(database.migrate_url) == []
