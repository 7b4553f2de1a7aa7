"""uvicorn's side of an event stream, where ASGI has no word for what has to be done.

ASGI can neither write without waiting, nor cut a response off whose reader does not read, nor tell
one that goes on without end that the server stops. What can, lies in the state of each request.
"""

import asyncio
import random
import socket
from typing import Any, Protocol

from uvicorn.protocols.http.flow_control import FlowControl

from server.request_heads import BoundedHeads
from server.sockets.frames import Close, Closing

LINE = "line"
LAST_CHANCE_SECONDS = 4
# What was sent and not acknowledged for so long goes to nobody: their machine or network is away.
UNHEARD_SECONDS = 30
GOODBYE = Closing(Close.DRAINING, "Restarting: connect again")


class Listening(Protocol):
    """The stream that a line carries."""

    def end(self, closing: Closing) -> None:
        """The server wants no more of it."""

    def leave(self) -> None:
        """Nobody is there to be told anything."""


class Line:
    """One connection, and the stream on it if there is one."""

    def __init__(self, transport: asyncio.Transport, flow: FlowControl) -> None:
        self._transport = transport
        self._flow = flow
        self.stream: Listening | None = None
        self.stopping = False

    def carry(self, stream: Listening | None) -> None:
        """Tell this stream what happens to the connection; None: no stream any more."""
        self.stream = stream
        if stream is None:
            return
        if self._transport.is_closing():
            stream.leave()
        elif self.stopping:
            stream.end(GOODBYE)
        elif hasattr(socket, "TCP_USER_TIMEOUT"):
            wire = self._transport.get_extra_info("socket")
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD_SECONDS * 1000)

    def push(self, piece: bytes) -> bool:
        """Write a piece of the response now; False, and nothing is written, where its reader has
        not read what was written before, or is gone."""
        if self._flow.write_paused or self._transport.is_closing():
            return False
        self._transport.write(_chunk(piece))
        return True

    def cut(self, last: bytes) -> None:
        """Close with these words, which stand behind all that was not read yet."""
        if not self._transport.is_closing():
            if last:
                self._transport.write(_chunk(last))
            self._transport.close()
            loop = asyncio.get_running_loop()
            loop.call_later(LAST_CHANCE_SECONDS, self._transport.abort)


class StreamProtocol(BoundedHeads):
    """Ends the stream with its connection, and at a random moment of `drain_seconds` when the
    server stops; those are in the lifespan's state, without it all end at once."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.line = Line(transport, self.flow)
        self.app_state = {**self.app_state, LINE: self.line}

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self.line.stream is not None:
            self.line.stream.leave()

    def shutdown(self) -> None:
        super().shutdown()
        self.line.stopping = True
        if self.line.stream is not None:
            moment = random.uniform(0, self.app_state.get("drain_seconds", 0))  # noqa: S311
            self.loop.call_later(moment, self.line.stream.end, GOODBYE)


def _chunk(piece: bytes) -> bytes:
    """A piece of a response whose length nobody knows (RFC 9112, 7.1)."""
    return b"%x\r\n%b\r\n" % (len(piece), piece)
