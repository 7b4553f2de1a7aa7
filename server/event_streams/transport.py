"""uvicorn's side of an event stream, where ASGI has no word for what has to be done.

ASGI can neither cut a response off whose reader does not read, nor tell one that goes on without
end that the server stops. What is needed for that lies in the state of each request.
"""

import asyncio
import random
import socket
from typing import Any, Protocol

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

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
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

    def cut(self, last: bytes) -> None:
        """Close with these words, which stand behind all that was not read yet."""
        if not self._transport.is_closing():
            if last:
                self._transport.write(b"%x\r\n%b\r\n" % (len(last), last))
            self._transport.close()
            loop = asyncio.get_running_loop()
            loop.call_later(LAST_CHANCE_SECONDS, self._transport.abort)


class StreamProtocol(BoundedHeads):
    """Ends the stream with its connection, and at a random moment of `drain_seconds` when the
    server stops; those are in the lifespan's state, without it all end at once."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.line = Line(transport)
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
