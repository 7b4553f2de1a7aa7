"""uvicorn's side of a socket, where ASGI has no word for what has to be done.

ASGI can neither cut a connection off (a close waits behind everything the reader has not read)
nor close sockets one after the other when the server stops.
"""

import random
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server.sockets.frames import Close

LAST_CHANCE_SECONDS = 4


class CuttableProtocol(WebSocketsSansIOProtocol):
    """Aborts what does not read, and says goodbye at a random moment of `drain_seconds`.

    `drain_seconds` is taken from the lifespan's state; without it all are closed at once.
    """

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
