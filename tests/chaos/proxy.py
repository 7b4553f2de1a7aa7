"""A road to a host on which lines are cut, slow, or vanish without a word to either end."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

_PIECE = 16_384
# A transport of uvloop that was cut off meanwhile refuses by a RuntimeError.
_GONE = (OSError, RuntimeError)


class Line:
    """One connection through a road."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self._ends = near, far
        self._passes = asyncio.Event()
        self._passes.set()
        self.delay = 0.0

    def cut(self) -> None:
        """Both ends hear of it at once."""
        for end in self._ends:
            end.transport.abort()

    def swallow(self) -> None:
        """Nothing comes through any more, in neither direction, and nobody is told."""
        self._passes.clear()

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Carry one direction until its source ends."""
        while piece := await source.read(_PIECE):
            if self.delay:
                await asyncio.sleep(self.delay)
            await self._passes.wait()
            target.write(piece)
            await target.drain()
        await self._passes.wait()
        target.close()


class Road:
    """A port that stays the same in front of a host that comes back at other ports."""

    def __init__(self) -> None:
        self.port = 0
        self.leads_to: int | None = None
        """The host's port; None while there is none."""
        self._lines: set[Line] = set()
        self._carriers: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._lines)

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Road"]:
        """Take connections, until all of them are cut off at the end."""
        server = await asyncio.start_server(self._take, "127.0.0.1", self.port, limit=_PIECE)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for carrier in list(self._carriers):
                carrier.cancel()
            await asyncio.gather(*self._carriers, return_exceptions=True)

    def some(self, chance: random.Random, share: float) -> list[Line]:
        """About that share of the lines that are open now."""
        return [line for line in self._lines if chance.random() < share]

    async def _take(self, source: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        carrier = asyncio.current_task()
        assert carrier is not None
        self._carriers.add(carrier)
        with suppress(*_GONE, asyncio.CancelledError):
            await self._lead(source, near)
        near.transport.abort()
        self._carriers.discard(carrier)

    async def _lead(self, source: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        if self.leads_to is None:
            return
        back, far = await asyncio.open_connection("127.0.0.1", self.leads_to, limit=_PIECE)
        _hold_little(near)
        _hold_little(far)
        line = Line(near, far)
        self._lines.add(line)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_quietly(line.carry(source, far)))
                both.create_task(_quietly(line.carry(back, near)))
        finally:
            self._lines.discard(line)
            far.transport.abort()


def _hold_little(end: asyncio.StreamWriter) -> None:
    """Whoever does not read is soon felt at the other end."""
    end.transport.set_write_buffer_limits(_PIECE)
    connection = end.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _PIECE)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _PIECE)


async def _quietly(carrying: Coroutine[Any, Any, None]) -> None:
    with suppress(*_GONE):
        await carrying
