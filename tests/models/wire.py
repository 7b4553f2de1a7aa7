"""The wire between the practice and PostgreSQL, which a test can cut where it likes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit


class Wire:
    """Carries bytes both ways until it is told to drop a connection at certain words."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._words: bytes | None = None
        self._arrives = False
        self._silent = False
        self.cuts = 0

    def cut_at(self, words: bytes, *, arrives: bool = False) -> None:
        """Drop the connection that says this next: before PostgreSQL hears it, or `arrives`,
        when the answer is on its way."""
        self._words, self._arrives = words, arrives

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(self._host, self._port)
        ways = (
            asyncio.create_task(_pass(reader, back, self._asks)),
            asyncio.create_task(_pass(there, writer, self._answers)),
        )
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        back.close()
        writer.transport.abort()

    def _asks(self, said: bytes) -> bool:
        if self._words is None or self._words not in said:
            return True
        self._words = None
        self.cuts += 1
        self._silent = self._arrives
        return self._arrives

    def _answers(self, _: bytes) -> bool:
        silent, self._silent = self._silent, False
        return not silent


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, goes_on: Callable[[bytes], bool]
) -> None:
    while (said := await reader.read(65536)) and goes_on(said):
        writer.write(said)


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[tuple[Wire, str]]:
    """A wire to that database, and the address of its near end."""
    parts = urlsplit(url)
    wire = Wire(parts.hostname or "", parts.port or 5432)
    server = await asyncio.start_server(wire.carry, "127.0.0.1")
    near = server.sockets[0].getsockname()[1]
    login = parts.netloc.rpartition("@")[0]
    yield wire, parts._replace(netloc=f"{login}@127.0.0.1:{near}").geturl()
    server.close()
