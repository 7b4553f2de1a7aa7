"""An SMTP server in small, to which letters are really sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Letterbox:
    """What came in; it is `busy` for so many letters before it takes one."""

    busy: int = 0
    port: int = 0
    commands: list[str] = field(default_factory=list)
    letters: "asyncio.Queue[EmailMessage]" = field(default_factory=asyncio.Queue)

    async def next(self) -> EmailMessage:
        return await asyncio.wait_for(self.letters.get(), 5)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 letterbox\r\n")
        async for line in reader:
            verb = line.split()[0].decode().upper()
            self.commands.append(verb)
            if verb == "DATA":
                writer.write(b"354 go on\r\n")
                await self._take(await reader.readuntil(b"\r\n.\r\n"))
                writer.write(b"250 taken\r\n")
            elif verb == "MAIL" and self.busy:
                self.busy -= 1
                writer.write(b"451 busy\r\n")
            else:
                writer.write(b"221 bye\r\n" if verb == "QUIT" else b"250 letterbox\r\n")
        writer.close()

    async def _take(self, data: bytes) -> None:
        mail = message_from_bytes(data.removesuffix(b".\r\n"), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        await self.letters.put(mail)


@asynccontextmanager
async def letterbox(*, busy: int = 0) -> AsyncIterator[Letterbox]:
    box = Letterbox(busy)
    server = await asyncio.start_server(box.serve, "127.0.0.1", 0)
    async with server:
        box.port = server.sockets[0].getsockname()[1]
        yield box
