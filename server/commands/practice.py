"""A command's way into the practice: its servers, then database and bus, closed at the end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TypeVar

from models.constraints import VIOLATIONS, explained
from models.database import Database, install
from models.errors import PracticeError
from models.viewer import Viewer
from resolvers import operators
from server.cannot_start import CannotStart
from server.connecting import visiting
from server.external import check_database, migrate_database
from server.progress import console
from server.settings import Settings, read_settings
from server.storage import Storage
from server.work_queue import PgQueue
from subscriptions.bus import Bus

Answer = TypeVar("Answer")


@asynccontextmanager
async def practice(settings: Settings) -> AsyncIterator[None]:
    """The practice for as long as the block runs; servers at work hear of every change."""
    bus = Bus(settings.redis_url)
    await bus.start()
    files = Storage(settings) if settings.s3_endpoint_url else None
    database = await Database.open(
        settings.database_url, size=4, publisher=bus, queue=PgQueue(), files=files
    )
    try:
        await install(database)
        async with files.open() if files is not None else nullcontext():
            yield
    except PracticeError as error:
        raise CannotStart(error.message) from error
    except VIOLATIONS as error:
        raise CannotStart(explained(error).message) from error
    finally:
        await database.close()
        await bus.stop()


def in_practice(command: str, act: Callable[[], Awaitable[Answer]], folder: Path | None) -> Answer:
    """Run `act` in the practice, on whatever servers the settings lead to.

    Raises CannotStart with the sentence of what the practice refuses.
    """
    with visiting(read_settings(data=folder), command) as settings:
        return asyncio.run(_act(settings, act))


async def speaking_for(email: str, firm: str | None) -> Viewer:
    """The member on whose behalf a command acts; in which firm is said where there are several."""
    speaker = await operators.speaker_for(email, firm)
    if not speaker.alone:
        console.print(f"Acting in {speaker.firm}.", markup=False)
    return speaker.viewer


async def _act(settings: Settings, act: Callable[[], Awaitable[Answer]]) -> Answer:
    await check_database(settings)
    await migrate_database(settings)
    async with practice(settings):
        return await act()
