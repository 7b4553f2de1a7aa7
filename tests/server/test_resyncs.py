"""Why a stream cannot go on, each reason over a real socket and at both doors.

What a cursor of the staff's can be wrong in stands in `test_foreign_cursors.py`, what changes
somebody's access in `test_access_changes.py`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from models.database import Database
from models.sign_in import Session
from models.unit_of_work import unit_of_work
from portal.schema import portal
from schema.staff import staff
from server.app import portal_door, staff_door
from server.budgets import Unlimited
from server.routes import Site, build
from server.running import Runner
from server.sockets.registry import Sockets
from subscriptions.bus import Bus
from subscriptions.cursors import StreamCursor
from subscriptions.feed import Feeds
from subscriptions.follower import Pace
from tests.beside import beside
from tests.cast import House, one_firm, two_firms
from tests.guests import come_in, invited
from tests.server.outside import Outside
from tests.server.talking import enter, hear, subscribe
from tests.subscriptions.deeds import head, raise_floor, restore_backup, write

STREAMS = {"/graphql": "changes", "/portal/graphql": "portalChanges"}
BOTH = pytest.mark.parametrize("path", STREAMS)


async def follow(port: int, path: str, token: str, since: str | None = None) -> ClientConnection:
    """A socket that follows all it may, from there on."""
    socket = await websockets.connect(
        f"ws://127.0.0.1:{port}{path}", subprotocols=[Subprotocol("graphql-transport-ws")]
    )
    await enter(socket, token)
    query = f"""subscription ($since: StreamCursor) {{ {STREAMS[path]}(since: $since) {{
      __typename ... on Heartbeat {{ cursor }} ... on Resync {{ reason cursor }} }} }}"""
    await subscribe(socket, "1", query, since=since)
    return socket


async def told(socket: ClientConnection, path: str) -> dict[str, Any]:
    said: dict[str, Any] = (await hear(socket))["payload"]["data"][STREAMS[path]]
    return said


async def resync(socket: ClientConnection, path: str) -> dict[str, Any]:
    """What the stream's last word is; its end follows at once, and nothing of the socket's."""
    while (said := await told(socket, path))["__typename"] != "Resync":
        pass
    assert await hear(socket) == {"type": "complete", "id": "1"}
    return said


async def token_of(house: House, path: str) -> str:
    if path == "/portal/graphql":
        return await come_in(house, await invited(house, house.bakery))
    async with unit_of_work(house.ada):
        return (await Session.open(house.ada.id))[1]


async def too_old(house: House) -> StreamCursor:
    here = await head(house)
    return here.at(here.seq - 1)


async def ahead(house: House) -> StreamCursor:
    here = await head(house)
    return here.at(here.seq + 1)


async def of_another_epoch(house: House) -> StreamCursor:
    return StreamCursor(uuid4(), 1)


async def of_another_firm(house: House) -> StreamCursor:
    return await head(house.neighbour)


UNFIT: dict[Callable[[House], Awaitable[StreamCursor]], str] = {
    too_old: "CURSOR_TOO_OLD",
    ahead: "CURSOR_AHEAD",
    of_another_epoch: "EPOCH_CHANGED",
    of_another_firm: "EPOCH_CHANGED",
}


async def test_a_contacts_cursor_that_is_not_good_for_their_stream_is_told_why(
    outside: Outside,
) -> None:
    path, house = "/portal/graphql", (await two_firms()).harbour
    token = await token_of(house, path)
    owner = await asyncpg.connect(outside.database.migrate_url)
    await raise_floor(owner, house, (await write(house, 2)).seq)
    await owner.close()
    for made, reason in UNFIT.items():
        async with await follow(outside.port, path, token, str(await made(house))) as socket:
            said = await resync(socket, path)
        assert (said["reason"], said["cursor"]) == (reason, str(await head(house)))
        async with await follow(outside.port, path, token, said["cursor"]) as socket:
            assert (await told(socket, path))["__typename"] == "Heartbeat"


@BOTH
async def test_whoever_follows_while_a_backup_is_restored_begins_anew(
    outside: Outside, path: str
) -> None:
    house = await one_firm()
    async with await follow(outside.port, path, await token_of(house, path)) as socket:
        assert (await told(socket, path))["__typename"] == "Heartbeat"
        owner = await asyncpg.connect(outside.database.migrate_url)
        await restore_backup(owner, house)
        await owner.close()

        said = await resync(socket, path)

    assert (said["reason"], said["cursor"]) == ("EPOCH_CHANGED", str(await head(house)))


@asynccontextmanager
async def impatient(url: str) -> AsyncIterator[int]:
    """Both doors of a server that lets nobody stay behind its ring; its port."""
    bus = Bus("memory://")
    watching = await Database.open(url, role="openpractice_feed", size=1)
    feeds = Feeds(watching, bus, pace=Pace(patience=timedelta(0)))
    await bus.start()
    await feeds.start()
    doors = [
        staff_door(Runner(staff(), feeds), Unlimited(), open_house=True),
        portal_door(Runner(portal(), feeds), Unlimited(), open_house=True),
    ]
    try:
        async with beside(build(Site(doors=doors, sockets=Sockets())), lifespan="off") as server:
            yield server.port
    finally:
        await feeds.stop()
        await bus.stop()
        await watching.close()


async def test_who_reads_too_slowly_to_keep_up_begins_anew(
    practice: Database, database_url: str
) -> None:
    house = await one_firm()
    tokens = {path: await token_of(house, path) for path in STREAMS}
    since = str(await head(house))
    await write(house, 1000)
    async with impatient(database_url) as port:
        for path, token in tokens.items():
            async with await follow(port, path, token, since) as socket:
                said = await resync(socket, path)
            assert (said["reason"], said["cursor"]) == ("SLOW_CONSUMER", str(await head(house)))
