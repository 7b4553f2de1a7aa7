"""An application behind a real uvicorn, in the loop of the tests."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Literal

import uvicorn

from server.event_streams.transport import StreamProtocol
from server.request_heads import BoundedHeads
from server.sockets.transport import QuickProtocol


class Beside(uvicorn.Server):
    """A server beside the tests: signals are the test runner's."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    def capture_signals(self) -> Any:
        return nullcontext()

    @property
    def port(self) -> int:
        number: int = self.servers[0].sockets[0].getsockname()[1]
        return number


@asynccontextmanager
async def beside(
    app: Any, *, lifespan: Literal["on", "off"] = "on", http: type[BoundedHeads] = StreamProtocol
) -> AsyncIterator[Beside]:
    """Serve the application on a free port, as `openpractice run` does."""
    config = uvicorn.Config(
        app,
        port=0,
        http=http,
        ws=QuickProtocol,
        ws_max_size=262_144,
        ws_per_message_deflate=False,
        lifespan=lifespan,
        log_config=None,
        timeout_graceful_shutdown=5,
    )
    server = Beside(config)
    serving = asyncio.create_task(server.serve())
    await server.up.wait()
    try:
        yield server
    finally:
        server.should_exit = True
        await serving
