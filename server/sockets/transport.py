"""uvicorn's side of a socket, where ASGI has no word for what has to be done.

ASGI can neither cut a connection off (a close waits behind everything the reader has not read)
nor close sockets one after the other when the server stops.
"""

import random
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server.sockets.frames import Close
from server.sockets.pushes import Gate

LAST_CHANCE_SECONDS = 4


GATE = "openpractice.gate"
"""The ASGI extension under which a socket's scope has its Gate."""


class QuickProtocol(WebSocketsSansIOProtocol):
    """Writes frames at once, aborts what does not read, and says goodbye at a random moment of
    `drain_seconds`.

    `drain_seconds` is taken from the lifespan's state; without it all are closed at once.
    """

    _gate: Gate | None = None
    """Open while its reader has read what was written before, and it may be told anything."""
    _paused = _close_sent = False

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._gate = Gate(transport.write)

    def connection_lost(self, exc: Exception | None) -> None:
        self._hush()
        super().connection_lost(exc)

    def handle_close(self, event: Any) -> None:
        self._hush()
        super().handle_close(event)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._paused = True
        self._set_gate()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._paused = False
        self._set_gate()

    @property
    def close_sent(self) -> bool:
        """Whether nothing more may be written since we closed the socket: uvicorn's own word, which
        it does not say where they did, or the server stops."""
        return self._close_sent

    @close_sent.setter
    def close_sent(self, sent: bool) -> None:
        self._close_sent = sent
        self._set_gate()

    def _hush(self) -> None:
        if self._gate is not None:
            self._gate.hush()

    def _set_gate(self) -> None:
        if self._gate is not None:
            self._gate.set(open=not (self._paused or self._close_sent))

    async def run_asgi(self) -> None:
        extensions: dict[str, Any] = dict(self.scope.get("extensions") or {})
        self.scope["extensions"] = extensions | {GATE: self._gate}
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
            self._shut_down()
            return
        self.loop.call_later(random.uniform(0, spread), self._shut_down_late)  # noqa: S311

    def _shut_down_late(self) -> None:
        if not self.transport.is_closing():
            self._shut_down()

    def _shut_down(self) -> None:
        self._hush()
        super().shutdown()

    def _cut(self, code: int) -> None:
        # The close frame stands behind what is buffered: who reads on within the time gets it.
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code})
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
        self.close_timer = self.loop.call_later(LAST_CHANCE_SECONDS, self.transport.abort)
