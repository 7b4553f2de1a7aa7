"""A browser page: one socket with what it follows, opened again after every loss."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from itertools import count
from typing import Any

import orjson
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.typing import Subprotocol

from tests.chaos.asking import Asking, FaultError, SignedOutError
from tests.chaos.following import Following
from tests.chaos.proxy import Road

_ANSWER_WITHIN = 4.0
_FINAL = (4400, 4401, 4403, 4406, 4409, 4429, 4500)
"""Where a page gives up: its session is over, or it or the server did what must not be."""
_LOST = (OSError, EOFError, TimeoutError, websockets.WebSocketException)


class Manner(Enum):
    """How somebody reads."""

    READS = "reads what comes"
    STALLS = "stops reading now and then"


class Screen:
    """Somebody's page at one door, as web/live/ keeps it going; `ask_after` seconds of silence it
    asks whether the line lives."""

    def __init__(
        self,
        name: str,
        key: str,
        follows: Sequence[Following],
        roads: Sequence[Road],
        chance: random.Random,
        *,
        ask: Asking,
        door: str = "/graphql",
        manner: Manner = Manner.READS,
        ask_after: float = 3,
    ) -> None:
        self.name = name
        self.follows = follows
        self.thrown_out: str | None = None
        """Why it will never come back, though nobody closed it."""
        self.breaks = Counter[str]()
        """How its lines ended, and its operations."""
        self.seated = asyncio.Event()
        """Set once it follows all that it shows."""
        self.calm = asyncio.Event()
        """Once set, whoever stops reading does so no more."""
        self._ask = ask
        self._key = key
        self._roads = roads
        self._chance = chance
        self._door = door
        self._manner = manner
        self._ask_after = ask_after
        self._numbers = count(1)
        self._running: dict[str, Following] = {}
        self._beginning: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        """Follow until cancelled, or thrown out."""
        try:
            while self.thrown_out is None:
                try:
                    await self._once()
                except _LOST as lost:
                    self._judge(lost)
                except (FaultError, SignedOutError) as told:
                    self.thrown_out = repr(told)
                await asyncio.sleep(self._chance.uniform(0.05, 0.5))
        finally:
            for follow in self.follows:
                follow.stop()
            await self._ask.close()

    def _judge(self, lost: Exception) -> None:
        close = lost.rcvd if isinstance(lost, websockets.ConnectionClosed) else None
        self.breaks[f"close {close.code}" if close else type(lost).__name__] += 1
        if close is not None and close.code in _FINAL:
            self.thrown_out = f"{close.code} {close.reason}"

    async def _once(self) -> None:
        road = self._chance.choice(self._roads)
        self._running.clear()
        async with websockets.connect(
            f"ws://127.0.0.1:{road.port}{self._door}",
            subprotocols=[Subprotocol("graphql-transport-ws")],
            open_timeout=_ANSWER_WITHIN, close_timeout=0.2, ping_interval=None, max_queue=4,
            compression=None, proxy=None,
        ) as socket:  # fmt: skip
            await _say(socket, type="connection_init", payload={"token": self._key})
            async with asyncio.timeout(_ANSWER_WITHIN):
                await socket.recv()
            await asyncio.gather(*(self._subscribe(socket, one) for one in self.follows))
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
        variables = {**follow.variables, "since": follow.cursor}
        payload = {"query": follow.subscription, "variables": variables}
        await _say(socket, type="subscribe", id=id, payload=payload)

    async def _frame(self, socket: ClientConnection) -> dict[str, Any]:
        if self._manner is Manner.STALLS and self._chance.random() < 0.03:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._chance.choice([0.5, 3, 25])):
                    await self.calm.wait()
        try:
            async with asyncio.timeout(self._ask_after):
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
        if follow is None:
            return
        if not self._goes_on(follow, frame):
            del self._running[frame["id"]]
            begun = asyncio.create_task(self._begin_again(socket, follow))
            self._beginning.add(begun)
            begun.add_done_callback(self._beginning.discard)

    async def _begin_again(self, socket: ClientConnection, follow: Following) -> None:
        """Beside the reading: others do not wait for it."""
        try:
            await asyncio.sleep(self._chance.uniform(0.01, 0.2))
            await self._subscribe(socket, follow)
        except (FaultError, SignedOutError) as told:
            self.thrown_out = repr(told)
            socket.transport.abort()
        except _LOST:  # the reading ends with it
            pass

    def _goes_on(self, follow: Following, frame: dict[str, Any]) -> bool:
        """Whether the operation does; where it stopped without a word, one resumes."""
        payload: Any = frame.get("payload")
        errors = payload if frame["type"] == "error" else payload and payload.get("errors")
        if errors:
            # Also where it comes with data: what could not be read is null there, and not gone.
            self.breaks[f"{frame['type']} with {errors[0]['extensions']['code']}"] += 1
            follow.refused(errors)
            return False
        return frame["type"] == "next" and follow.hear(payload["data"][follow.field])


async def _say(socket: ClientConnection, **frame: Any) -> None:
    await socket.send(orjson.dumps(frame).decode())
