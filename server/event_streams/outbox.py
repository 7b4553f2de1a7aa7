"""What goes out on a stream: one piece after the other, none of them waiting for ever."""

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import Send

from server.event_streams.frames import HEADERS
from server.sockets.frames import Close, Closing


class Outbox:
    """Sends a response piece by piece; the first one sends its head before it."""

    def __init__(self, send: Send, *, patience: float) -> None:
        self._send = send
        self._patience = patience
        self._turn = asyncio.Lock()
        self.begun = False
        self.over = False

    async def send(self, piece: bytes, *, last: bool = False) -> None:
        """Raises Closing (4410) when the reader does not read, ClientDisconnect when gone."""
        async with self._turn:
            try:
                async with asyncio.timeout(self._patience):
                    if not self.begun:
                        await self._begin()
                    body = {"type": "http.response.body", "body": piece, "more_body": not last}
                    await self._send(body)
            except TimeoutError:
                raise Closing(Close.SLOW_CONSUMER, "Reading too slowly: resume by cursor") from None
            except OSError:
                raise ClientDisconnect from None
            self.over = last

    async def _begin(self) -> None:
        pairs = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        await self._send({"type": "http.response.start", "status": 200, "headers": pairs})
        self.begun = True
