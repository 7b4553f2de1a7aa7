"""The real wire over a practice in small: as an application, and behind a real uvicorn."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import websockets
from starlette.applications import Starlette

from server.authentication import Sessions
from server.doors import Door
from server.health import Check
from server.routes import Site, build
from server.sockets.registry import Sockets
from tests.beside import beside
from tests.server.practice import ANNA_TOKEN, BEN_TOKEN, SCHEMA, SECRET, Practice

__all__ = ["ANNA_TOKEN", "BEN_TOKEN", "SECRET", "Served", "Wire", "eventually", "served", "wire"]


@dataclass
class Wire:
    """The site over a practice in small, before it is served."""

    practice: Practice
    site: Site
    app: Starlette
    client_address: str = "127.0.0.1"
    raise_faults: bool = True

    def client(self, **headers: str) -> httpx.AsyncClient:
        """An HTTP client; an exception that reaches the server's edge fails the test."""
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(
                self.app,
                raise_app_exceptions=self.raise_faults,
                client=(self.client_address, 50_000),
            ),
            base_url="http://practice.test",
            headers=headers,
        )


def wire(
    *,
    production: bool = False,
    recheck: float = 5,
    most_sockets: int = 100,
    checks: Mapping[str, Check] | None = None,
    client_address: str = "127.0.0.1",
    raise_faults: bool = True,
    **door: Any,
) -> Wire:
    """Build the site; `door` overrides what the one door says (bounds, budget, persisted …)."""
    practice = Practice()
    the_door = Door(
        **{
            "name": "staff",
            "path": "/graphql",
            "schema": SCHEMA,
            "execute": practice.execute,
            "subscribe": practice.subscribe,
            "sessions": Sessions(practice.holders_of),
            "open_house": not production,
            **door,
        }
    )
    sockets = Sockets(every=recheck, most=most_sockets)
    site = Site(
        doors=[the_door],
        sockets=sockets,
        production=production,
        checks=checks or {},
    )
    return Wire(practice, site, build(site), client_address, raise_faults)


async def eventually(condition: Callable[[], object], within: float = 15) -> None:
    """Wait for a state inside the server that it announces to nobody."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110  (there is no event to wait for)
            await asyncio.sleep(0.01)


@dataclass
class Served:
    """A wire that is being served by uvicorn on a free port."""

    wire: Wire
    port: int

    @property
    def practice(self) -> Practice:
        return self.wire.practice

    def connect(self, *, protocol: str | None = "graphql-transport-ws", **more: Any) -> Any:
        return websockets.connect(
            f"ws://127.0.0.1:{self.port}/graphql",
            subprotocols=[protocol] if protocol else None,  # type: ignore[list-item]
            **more,
        )


@asynccontextmanager
async def served(wired: Wire, *, drain_seconds: int = 0) -> AsyncIterator[Served]:
    """Serve the wire as `openpractice run` does."""
    async with beside(wired.app, lifespan="off") as server:
        watching = asyncio.create_task(wired.site.sockets.watch())
        server.lifespan.state["drain_seconds"] = drain_seconds
        try:
            yield Served(wired, server.port)
        finally:
            watching.cancel()
