"""`openpractice restored`: what a backup of the server's files cannot tell by itself."""

import asyncio
import sys

import asyncpg

from models.epochs import begin_epochs
from server.commands.options import Data
from server.connecting import visiting
from server.external import check_database, migrate_database
from server.settings import Settings, read_settings


def restored(folder: Data = None) -> None:
    """Say that the database is a backup's: every page and program reads everything anew."""
    with visiting(read_settings(data=folder), "restored") as settings:
        streams = asyncio.run(_begin(settings))
    sys.stdout.write(f"{streams} firms begin anew.\n")


async def _begin(settings: Settings) -> int:
    await check_database(settings)
    await migrate_database(settings)
    owner = await asyncpg.connect(settings.migrate_database_url)
    try:
        return await begin_epochs(owner)
    finally:
        await owner.close()
