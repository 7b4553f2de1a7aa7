"""What goes out on a socket: one frame after the other, none of them waiting for ever."""

import asyncio

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from server.sockets.frames import Close, Closing
from server.sockets.pushes import Gate, Push
from server.sockets.transport import GATE


class Outbox:
    """Sends frames in turn. A reader that takes nothing for `patience` seconds is cut off.

    Nothing piles up here: whoever has a frame to send waits for its turn, and so produces no
    further one; what is pushed goes out at once or not at all. A follower that falls behind costs a
    read of the event table, not memory.
    """

    def __init__(self, socket: WebSocket, *, patience: float) -> None:
        self._socket = socket
        self._patience = patience
        self._turn = asyncio.Lock()
        self._shut = False
        self._gate: Gate | None = socket.scope.get("extensions", {}).get(GATE)

    def shut(self) -> None:
        """Send no more: what ends a socket may be why its holder is to hear nothing."""
        self._shut = True
        if self._gate is not None:
            self._gate.hush()

    def pushing(self, operation_id: str) -> Push | None:
        """What sends an event of that operation at once, where the server at the port can."""
        return None if self._gate is None else self._gate.push(operation_id)

    async def send(self, text: str) -> None:
        """Raises Closing (4410) when the reader does not read, WebSocketDisconnect when gone."""
        async with self._turn:
            if self._shut:
                raise WebSocketDisconnect(code=1006)
            try:
                async with asyncio.timeout(self._patience):
                    await self._socket.send_text(text)
            except TimeoutError:
                raise Closing(Close.SLOW_CONSUMER, "Reading too slowly: resume by cursor") from None
            except (WebSocketDisconnected, OSError):
                raise WebSocketDisconnect(code=1006) from None
