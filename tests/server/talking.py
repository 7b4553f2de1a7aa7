"""Talking graphql-transport-ws by hand, frame by frame."""

import asyncio
from typing import Any

import orjson
import pytest
import websockets
from websockets.asyncio.client import ClientConnection

from tests.server.wire import ANNA_TOKEN, Served

PATIENCE = 5


async def say(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(orjson.dumps(frame).decode())


async def hear(socket: ClientConnection) -> dict[str, Any]:
    text = await asyncio.wait_for(socket.recv(), PATIENCE)
    assert isinstance(text, str)
    found: dict[str, Any] = orjson.loads(text)
    return found


async def enter(socket: ClientConnection, token: str = ANNA_TOKEN) -> None:
    await say(socket, type="connection_init", payload={"token": token})
    assert await hear(socket) == {"type": "connection_ack"}


async def subscribe(socket: ClientConnection, id: str, query: str, **variables: Any) -> None:
    payload = {"query": query, "variables": variables}
    await say(socket, type="subscribe", id=id, payload=payload)


async def closed(socket: ClientConnection) -> int:
    """The code with which the server closes, whatever it still says before."""
    with pytest.raises(websockets.ConnectionClosed) as end:
        await asyncio.wait_for(_hear_everything(socket), PATIENCE)
    return end.value.rcvd.code if end.value.rcvd else 1006


async def _hear_everything(socket: ClientConnection) -> None:
    while True:
        await socket.recv()


async def still_answers(server: Served) -> bool:
    async with server.connect() as socket:
        await enter(socket)
        await subscribe(socket, "1", "{ greeting }")
        return bool((await hear(socket))["payload"]["data"] == {"greeting": "Hello you"})
