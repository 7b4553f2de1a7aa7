"""A page on a socket, by which it follows all that it shows."""

import asyncio
from contextlib import suppress
from itertools import count
from typing import Any

import orjson
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from tests.chaos.asking import FaultError, SignedOutError
from tests.chaos.following import Following
from tests.chaos.proxy import Road
from tests.chaos.screen import Screen, together

_ASK_AFTER = 3.0
_ANSWER_WITHIN = 4.0
_FINAL = (4400, 4401, 4403, 4406, 4409, 4429, 4500)
"""Where a page gives up: its session is over, or it or the server did what must not be."""


class SocketScreen(Screen):
    """Asks a silent line whether it lives."""

    lost = (OSError, EOFError, TimeoutError, websockets.WebSocketException)

    def __init__(self, *facts: Any, stalls: bool = False, **more: Any) -> None:
        super().__init__(*facts, **more)
        self._stalls = stalls
        self._numbers = count(1)
        self._running: dict[str, Following] = {}
        self._beginning: set[asyncio.Task[None]] = set()

    def judge(self, lost: Exception) -> None:
        close = lost.rcvd if isinstance(lost, websockets.ConnectionClosed) else None
        if close is None:
            super().judge(lost)
            return
        self.breaks[f"close {close.code}"] += 1
        if close.code in _FINAL:
            self.thrown_out = f"{close.code} {close.reason}"

    async def once(self, road: Road) -> None:
        self._running.clear()
        async with websockets.connect(
            f"ws://127.0.0.1:{road.port}{self.door}",
            subprotocols=[Subprotocol("graphql-transport-ws")],
            open_timeout=_ANSWER_WITHIN, close_timeout=0.2, ping_interval=None, max_queue=4,
            compression=None, proxy=None,
        ) as socket:  # fmt: skip
            await _say(socket, type="connection_init", payload={"token": self.key})
            async with asyncio.timeout(_ANSWER_WITHIN):
                await socket.recv()
            await together(*(self._subscribe(socket, one) for one in self.follows))
            self.seated.set()
            try:
                while True:
                    await self._obey(socket, await self._frame(socket))
            finally:
                for begun in self._beginning:
                    begun.cancel()

    async def _subscribe(self, socket: ClientConnection, follow: Following) -> None:
        if follow.cursor is None:
            await follow.begin()
        id = str(next(self._numbers))
        self._running[id] = follow
        await _say(socket, type="subscribe", id=id, payload=follow.request)

    async def _frame(self, socket: ClientConnection) -> dict[str, Any]:
        if self._stalls and self.chance.random() < 0.03:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.chance.choice([0.5, 3, 25])):
                    await self.calm.wait()
        try:
            async with asyncio.timeout(_ASK_AFTER):
                text = await socket.recv()
        except TimeoutError:
            await _say(socket, type="ping")
            async with asyncio.timeout(_ANSWER_WITHIN):
                text = await socket.recv()
        frame: dict[str, Any] = orjson.loads(text)
        return frame

    async def _obey(self, socket: ClientConnection, frame: dict[str, Any]) -> None:
        if frame["type"] == "ping":
            await _say(socket, type="pong")
        follow = self._running.get(frame.get("id", ""))
        if follow is not None and not self.goes_on(follow, frame["type"], frame.get("payload")):
            del self._running[frame["id"]]
            begun = asyncio.create_task(self._begin_again(socket, follow))
            self._beginning.add(begun)
            begun.add_done_callback(self._beginning.discard)

    async def _begin_again(self, socket: ClientConnection, follow: Following) -> None:
        """Beside the reading: others do not wait for it."""
        try:
            await asyncio.sleep(self.chance.uniform(0.01, 0.2))
            await self._subscribe(socket, follow)
        except (FaultError, SignedOutError) as told:
            self.thrown_out = repr(told)
            socket.transport.abort()
        except self.lost:  # the reading ends with it
            pass


async def _say(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(orjson.dumps(frame).decode())
