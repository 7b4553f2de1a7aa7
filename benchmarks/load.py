"""A load generator that costs next to nothing: raw requests over connections that stay open.

Bytes go out as they are and answers are told by their length and compared with the one that was
checked; nothing is parsed, so that what is measured is the server.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)


class WrongAnswer(Exception):
    """Under load a server said something else than before."""


@dataclass(frozen=True)
class Asking:
    """Where a server answers, what it is sent, and the body that comes back."""

    port: int
    request: bytes
    body: bytes = b""
    busy: bytes = b'"OVERLOADED"'
    """What stands in an answer by which a server says that it has too much to do."""


@dataclass(frozen=True)
class Answers:
    """How many right answers came, how many refusals of a busy server, and in what time."""

    right: int
    refused: int
    seconds: float


class Caller(asyncio.Protocol):
    """One connection: the next request goes out when the last answer is whole."""

    def __init__(self, asking: Asking, goes_on: Callable[[], bool]) -> None:
        self.right = self.refused = 0
        self.body = b""
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asking = asking
        self._goes_on = goes_on
        self._came = bytearray()
        self._whole = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._asking.request)

    def data_received(self, data: bytes) -> None:
        self._came += data
        if not self._whole:
            self._whole = self._length()
        if self._whole and len(self._came) >= self._whole:
            self._came_whole()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.over.done():
            self.over.set_exception(error or WrongAnswer("The server hung up."))

    def _length(self) -> int:
        """How long head and body are together; 0 while the head is not there yet."""
        head = self._came.find(b"\r\n\r\n")
        if head < 0:
            return 0
        stated = _LENGTH.search(self._came, 0, head + 2)
        return head + 4 + (int(stated[1]) if stated else 0)

    def _came_whole(self) -> None:
        head, _, body = bytes(self._came).partition(b"\r\n\r\n")
        self._came.clear()
        self._whole = 0
        if body != (self._asking.body or body) or not head.startswith(b"HTTP/1.1 200 "):
            if self._asking.busy not in body:
                self._end(WrongAnswer(f"{head.splitlines()[0].decode()}: {body[:500].decode()}"))
                return
            self.refused += 1
        else:
            self.right, self.body = self.right + 1, body
        if self._goes_on():
            self._transport.write(self._asking.request)
        else:
            self._end(None)

    def _end(self, error: Exception | None) -> None:
        if error is None:
            self.over.set_result(None)
        else:
            self.over.set_exception(error)
        self._transport.close()


async def ask(asking: Asking) -> bytes:
    """One answer's body."""
    return (await _call(asking, 1, lambda: False))[0].body


async def keep_asking(asking: Asking, connections: int, seconds: float) -> Answers:
    """Ask over so many connections for so long; what is under way at the end is waited for."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    callers = await _call(asking, connections, lambda: loop.time() < began + seconds)
    return Answers(
        sum(caller.right for caller in callers),
        sum(caller.refused for caller in callers),
        loop.time() - began,
    )


async def _call(asking: Asking, connections: int, goes_on: Callable[[], bool]) -> list[Caller]:
    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: Caller(asking, goes_on), "127.0.0.1", asking.port)
        for _ in range(connections)
    ]
    callers = [caller for _, caller in opened]
    await asyncio.gather(*(caller.over for caller in callers))
    return callers
