"""Migrations: all of them, once, and again nothing."""

import asyncio

import pytest

from models import migrations
from models.migrations import FOLDER, MigrationChanged, migrate, pending


async def test_nothing_is_pending_after_migrating(migrate_database_url: str) -> None:
    assert await pending(migrate_database_url) == []
    assert await migrate(migrate_database_url) == []


async def test_two_that_migrate_at_once_do_not_collide(migrate_database_url: str) -> None:
    assert await asyncio.gather(*(migrate(migrate_database_url) for _ in range(3))) == [[], [], []]


async def test_a_migration_edited_after_it_was_applied_is_refused(
    migrate_database_url: str, tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    copy = tmp_path_factory.mktemp("migrations")
    for path in FOLDER.glob("*.sql"):
        (copy / path.name).write_text(path.read_text() + "-- edited\n")
    monkeypatch.setattr(migrations, "FOLDER", copy)

    with pytest.raises(MigrationChanged, match="edited since"):
        await migrate(migrate_database_url)
