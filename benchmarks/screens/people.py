"""The firm whose screens these are: everybody in it is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import firm
from benchmarks.screens.items import Row, open_tasks
from models.database import Database, install
from models.migrations import migrate
from models.permissions import READING, Permission
from models.tasks import Task
from models.viewer import Viewer
from resolvers import api_tokens, operators
from server.embedded import Servers
from server.progress import Advance, bar
from subscriptions.bus import Bus

_SCOPES = (*sorted(READING), Permission.EDIT_WORK)


@dataclass(frozen=True)
class People:
    """A firm at work."""

    acts: Viewer
    """Whose transactions the events are."""
    tokens: Sequence[str]
    """Of everybody else, one each."""
    tasks: Sequence[Task]
    """The cards that change."""
    items: Sequence[Row]
    """What a screen is told of each."""
    theirs: Sequence[Row]
    """Of further cards, which everybody else changes by the API."""


async def furnish(servers: Servers, members: int, tasks: int) -> tuple[Database, Bus, People]:
    """Migrate, make the firm and sign everybody in; what is open then is the caller's to close.

    Three of ten tasks are open, and change.
    """
    await migrate(servers.migrate_database_url)
    bus = Bus(servers.redis_url)
    database = await Database.open(servers.database_url, publisher=bus)
    await install(database)
    await bus.start()
    size = firm.Size(tasks=tasks, jobs=tasks // 10, clients=200, members=members + 2)
    with bar(f"Making a firm of {members:,} people with {size.tasks:,} tasks") as advance:
        await firm.make(size, advance, servers.migrate_database_url)
    await firm.settle(servers.migrate_database_url)
    acts = (await operators.speaker_for(firm.ASKS.format("bench"))).viewer
    with bar("Signing everybody in") as advance:
        tokens = [await _token(number, members, advance) for number in range(2, members + 2)]
    cards, items = await open_tasks(acts)
    kept = len(items) * 4 // 5
    return database, bus, People(acts, tokens, cards[:kept], items[:kept], items[kept:])


async def _token(number: int, members: int, advance: Advance) -> str:
    member = await operators.speaker_for(f"member-{number}@bench.example")
    advance(number - 1, members)
    return await api_tokens.create_for(member.viewer, "benchmark", _SCOPES)
