"""What people do in these tests, and what is really in the table."""

from contextlib import suppress

import asyncpg

from models.events import EventKind
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from subscriptions import cursors
from subscriptions.cursors import StreamCursor
from tests.cast import House


async def head(house: House) -> StreamCursor:
    """Where the firm's stream stands in the database."""
    async with reading(house.system):
        return await cursors.head()


async def write(house: House, count: int = 1) -> StreamCursor:
    """That many tasks, one event each, in one transaction; where the stream stands then."""
    async with unit_of_work(house.ada):
        await Task.record_all(EventKind.TASK_CREATED, [
            {"title": f"Task {number}", "status": "ready", "position": "a0", "notes": ""}
            for number in range(count)
        ])  # fmt: skip
    return await head(house)


async def write_and_roll_back(house: House) -> None:
    """One task that never was."""
    with suppress(ChangedMyMindError):
        async with unit_of_work(house.ada):
            await Task.add(title="Never mind")
            raise ChangedMyMindError


class ChangedMyMindError(Exception):
    pass


async def numbers_after(house: House, since: StreamCursor) -> list[int]:
    """The numbers of the events that are there."""
    async with reading(house.system) as unit:
        rows = await unit.fetch("select seq from event where seq > $1 order by seq", since.seq)
    return [row["seq"] for row in rows]


async def raise_floor(owner: "asyncpg.Connection[asyncpg.Record]", house: House, seq: int) -> None:
    """Nobody resumes below that number any more."""
    await owner.execute("update firm_stream set floor = $2 where firm_id = $1", house.id, seq)


async def restore_backup(owner: "asyncpg.Connection[asyncpg.Record]", house: House) -> None:
    """What a restored backup does to a stream: a new epoch."""
    await owner.execute(
        "update firm_stream set epoch = gen_random_uuid() where firm_id = $1", house.id
    )
