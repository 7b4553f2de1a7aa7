"""What goes out on a socket: one frame after the other, none of them waiting for ever."""

import asyncio

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected

from server.sockets.frames import Close, Closing


class Outbox:
    """Sends frames in turn. A reader that takes nothing for `patience` seconds is cut off.

    Nothing piles up here: whoever has a frame to send waits for its turn, and so produces no
    further one. A follower that falls behind costs a read of the event table, not memory.
    """

    def __init__(self, socket: WebSocket, *, patience: float) -> None:
        self._socket = socket
        self._patience = patience
        self._turn = asyncio.Lock()

    async def send(self, text: str) -> None:
        """Raises Closing (4410) when the reader does not read, WebSocketDisconnect when gone."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._patience):
                    await self._socket.send_text(text)
            except TimeoutError:
                raise Closing(Close.SLOW_CONSUMER, "Reading too slowly: resume by cursor") from None
            except (WebSocketDisconnected, OSError):
                raise WebSocketDisconnect(code=1006) from None
