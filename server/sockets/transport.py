"""uvicorn's side of a socket, where ASGI has no word for what has to be done.

ASGI can neither cut a connection off (a close waits behind everything the reader has not read)
nor close sockets one after the other when the server stops.
"""

import random
from functools import lru_cache
from typing import Any, Protocol

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server.sockets.frames import Close
from subscriptions.telling import Push

LAST_CHANCE_SECONDS = 4


PUSH = "openpractice.push"
"""The ASGI extension under which a socket's scope has its protocol, a `Pushing`."""


class Pushing(Protocol):
    """What can write to a socket at once."""

    def pushing(self, before: bytes, after: bytes) -> Push:
        """What writes a text between these two as one text frame, now. It says False, and nothing
        is written, where its reader has not read what was written before, or goes, or is hushed."""

    def hush(self) -> None:
        """Push no more."""


class QuickProtocol(WebSocketsSansIOProtocol):
    """Writes frames at once, aborts what does not read, and says goodbye at a random moment of
    `drain_seconds`.

    `drain_seconds` is taken from the lifespan's state; without it all are closed at once.
    """

    paused = False
    """Whether its reader has not read what was written before."""
    hushed = False

    def pause_writing(self) -> None:
        super().pause_writing()
        self.paused = True

    def resume_writing(self) -> None:
        super().resume_writing()
        self.paused = False

    def hush(self) -> None:
        self.hushed = True

    def pushing(self, before: bytes, after: bytes) -> Push:
        around, write = len(before) + len(after), self.transport.write

        # A thousand of these are called for each event: whatever they look at counts.
        def push(text: bytes) -> bool:
            if self.paused or self.hushed or self.close_sent:
                return False
            try:
                write(b"".join((_header(around + len(text)), before, text, after)))
            except RuntimeError:  # what uvloop says of a line that is gone
                return False
            return True

        return push

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = dict(self.scope.get("extensions") or {})
        self.scope["extensions"] = extensions | {PUSH: self}
        await super().run_asgi()

    async def send(self, message: Any) -> None:
        if message["type"] == "websocket.close" and not self.writable.is_set():
            self._cut(message.get("code", Close.NORMAL))
            return
        await super().send(message)

    def keepalive_timeout(self) -> None:
        # The peer is gone: waiting until it has read everything would be for ever.
        super().keepalive_timeout()
        self.transport.abort()

    def shutdown(self) -> None:
        spread = self.app_state.get("drain_seconds", 0)
        if not self.handshake_complete or self.close_sent or not spread:
            super().shutdown()
            return
        self.loop.call_later(random.uniform(0, spread), self._shut_down_late)  # noqa: S311

    def _shut_down_late(self) -> None:
        if not self.transport.is_closing():
            super().shutdown()

    def _cut(self, code: int) -> None:
        # The close frame stands behind what is buffered: who reads on within the time gets it.
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
        self.close_timer = self.loop.call_later(LAST_CHANCE_SECONDS, self.transport.abort)


@lru_cache(maxsize=1024)
def _header(size: int) -> bytes:
    """What stands before an unfragmented text frame that a server sends (RFC 6455, 5.2)."""
    if size < 126:
        return b"\x81" + size.to_bytes(1)
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2)
    return b"\x81\x7f" + size.to_bytes(8)
