"""How far one could go in Python: sockets on uvloop, and one frame written to each of them.

No protocol, nobody signed in, nothing buffered with bounds: `limit` in the figures.
"""

import asyncio
import base64
import hashlib
import os
import re
import sys
from typing import cast

import uvloop
from redis.asyncio import Redis

from benchmarks.screens.wire import unmasked

_KEY = re.compile(rb"\r\nsec-websocket-key: *([^\r]+)\r\n", re.IGNORECASE)
_MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_BEFORE = b'{"id":"%s","type":"next","payload":{"data":{"taskChanges":' % (b"0" * 36)


class Bare(asyncio.Protocol):
    """A socket that was let in."""

    def __init__(self, let_in: set[asyncio.Transport]) -> None:
        self._let_in = let_in

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        key = _KEY.search(data)
        if key is None:
            return  # what a client says later is of no interest
        accept = base64.b64encode(hashlib.sha1(key[1] + _MAGIC).digest())
        self._transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
        )
        self._let_in.add(self._transport)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        self._let_in.discard(self._transport)


async def serve(redis_url: str, channel: str) -> None:
    """Serve on a free port, which is told, until stopped."""
    let_in: set[asyncio.Transport] = set()
    server = await asyncio.get_running_loop().create_server(
        lambda: Bare(let_in), "127.0.0.1", 0, backlog=2048
    )
    redis = Redis.from_url(redis_url)
    async with redis, redis.pubsub() as heard:
        await heard.subscribe(channel)
        sys.stdout.write(f"running at http://127.0.0.1:{server.sockets[0].getsockname()[1]}\n")
        sys.stdout.flush()
        async for message in heard.listen():
            if message["type"] == "message":
                frame = unmasked(_BEFORE + message["data"] + b"}}}")
                for transport in let_in:
                    transport.write(frame)


if __name__ == "__main__":
    uvloop.run(serve(os.environ["REDIS_URL"], os.environ["FANOUT_CHANNEL"]))
