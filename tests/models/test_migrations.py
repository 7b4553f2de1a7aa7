"""Migrations: all of them, once, and again nothing."""

import asyncio

import asyncpg
import pytest

from models.migrations import _ALSO_APPLIED, MigrationChanged, migrate, pending
from tests.server.launcher import say
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


async def epochs(url: str) -> dict[str, str]:
    """The epoch of each firm's stream."""
    owner = await asyncpg.connect(url)
    try:
        rows = await owner.fetch("select firm_id::text, epoch::text from firm_stream")
    finally:
        await owner.close()
    return {row["firm_id"]: row["epoch"] for row in rows}


async def test_where_a_backup_was_read_in_every_stream_begins_a_new_epoch_once(
    make_database: DatabaseMaker,
) -> None:
    async with make_database() as practice:
        await migrate(practice.migrate_url)
        owner = await asyncpg.connect(practice.migrate_url)
        for name in ("Harbour", "Alpine"):
            await owner.execute(
                "insert into firm (firm_id, id, created_at, updated_at, name, country, currency,"
                " locale, time_zone) select id, id, now(), now(), $1, 'GB', 'GBP', 'en-GB', 'UTC'"
                " from (select gen_random_uuid() as id) made",
                name,
            )
        await owner.close()
        before = await epochs(practice.migrate_url)
        await migrate(practice.migrate_url)
        assert await epochs(practice.migrate_url) == before, "nothing was restored"

        # All rows and their comments somewhere else, as a dump that was read in leaves them.
        async with make_database(like=practice.name) as restored:
            assert await epochs(restored.migrate_url) == before
            await migrate(restored.migrate_url)
            after = await epochs(restored.migrate_url)
            await migrate(restored.migrate_url)
            assert await epochs(restored.migrate_url) == after

            said = await say(
                "restored",
                DATABASE_URL=restored.url,
                MIGRATE_DATABASE_URL=restored.migrate_url,
            )
            assert said == (0, "2 firms begin anew.\n", "")
            by_hand = await epochs(restored.migrate_url)

    assert before.keys() == after.keys() == by_hand.keys()
    assert len({*before.values(), *after.values(), *by_hand.values()}) == 6
