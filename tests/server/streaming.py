"""Reading event streams by hand, as a client that fetches does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson

from tests.server.wire import ANNA_TOKEN

PATIENCE = 5
EVENTS = "text/event-stream"


@dataclass(frozen=True)
class Told:
    """One event: `next` with what it says, or `complete`."""

    event: str
    says: Any = None
    id: str | None = None

    @property
    def code(self) -> str:
        """Of its first error."""
        found: str = self.says["errors"][0]["extensions"]["code"]
        return found


@dataclass
class Stream:
    """An answer that is being read."""

    response: httpx.Response
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = self.response.aiter_lines()

    async def hear(self) -> Told | None:
        """The next event; None when the server has ended the stream."""
        async with asyncio.timeout(PATIENCE):
            while (fields := await self._block()) is not None:
                if "event" in fields:
                    says = orjson.loads(fields["data"]) if fields["data"] else None
                    return Told(fields["event"], says, fields.get("id"))
        return None

    async def rest(self) -> list[Told]:
        """All events until the server ends the stream."""
        told = []
        while (one := await self.hear()) is not None:
            told.append(one)
        return told

    async def until_beat(self) -> None:
        """Wait for the next sign of life."""
        before = len(self.comments)
        async with asyncio.timeout(PATIENCE):
            while len(self.comments) == before:
                assert await self._block() == {}

    async def _block(self) -> dict[str, str] | None:
        """The fields up to the next empty line, each at most once; None at the end."""
        found: dict[str, str] = {}
        async for line in self._lines:
            name, _, text = line.partition(":")
            if not line:
                return found
            if not name:
                self.comments.append(text.strip())
                continue
            assert name not in found
            found[name] = text.removeprefix(" ")
        assert found == {}
        return None


@asynccontextmanager
async def listening(
    port: int,
    query: str,
    *,
    token: str | None = ANNA_TOKEN,
    path: str = "/graphql",
    headers: dict[str, str] | None = None,
    **variables: Any,
) -> AsyncIterator[Stream]:
    """Ask for a stream over a connection of its own, which is closed at the end."""
    sent = {"accept": EVENTS, **(headers or {})}
    if token is not None:
        sent["authorization"] = f"Bearer {token}"
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
        http.stream(
            "POST", path, json={"query": query, "variables": variables}, headers=sent
        ) as response,
    ):
        yield Stream(response)
