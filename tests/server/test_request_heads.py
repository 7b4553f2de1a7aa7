"""Heads of requests that do not end, spoken byte by byte to a real server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
import pytest

from server.request_heads import HEAD_BYTES, BoundedHeads
from tests.beside import beside
from tests.server.wire import wire

BEGIN = b"POST /graphql HTTP/1.1\r\nhost: x\r\n"
ASKED = b'{"query": "{ greeting }"}'
WHOLE = b"content-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(ASKED), ASKED)


class Hasty(BoundedHeads):
    head_seconds = 0.2


@asynccontextmanager
async def line(
    http: type[BoundedHeads] = BoundedHeads,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    async with beside(wire().app, lifespan="off", http=http) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        async with asyncio.timeout(5):
            yield reader, writer
        writer.close()


def refusal(answer: bytes) -> tuple[int, str]:
    """Its status and code."""
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), orjson.loads(body)["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    "endless",
    [BEGIN + b"x: " + b"a" * 2 * HEAD_BYTES, BEGIN + b"x: a\r\n" * HEAD_BYTES, b"GET /" + b"a" * 2 * HEAD_BYTES],
    ids=["one header", "many headers", "an address"],
)  # fmt: skip
async def test_a_head_without_end_is_refused_at_its_limit(endless: bytes) -> None:
    async with line() as (reader, writer):
        writer.write(endless[:1000])
        await writer.drain()
        for start in range(1000, len(endless), 1000):
            writer.write(endless[start : start + 1000])
        answer = await reader.read()

    assert refusal(answer) == (431, "BAD_REQUEST")


@pytest.mark.parametrize("begun", [b"P", BEGIN, BEGIN + b"x: "])
async def test_a_head_that_drips_is_refused_in_time(begun: bytes) -> None:
    async with line(Hasty) as (reader, writer):
        writer.write(begun)

        assert refusal(await reader.read()) == (408, "BAD_REQUEST")


async def test_a_line_on_which_nothing_is_said_is_closed_without_a_word() -> None:
    async with line(Hasty) as (reader, _):
        assert await reader.read() == b""


async def test_requests_in_time_are_answered_one_after_the_other_on_one_line() -> None:
    async with line(Hasty) as (reader, writer):
        for number in range(3):
            writer.write(BEGIN)
            await writer.drain()
            writer.write(b"x-number: %d\r\n%s" % (number, WHOLE))
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ")
            length = next(h for h in head.lower().split(b"\r\n") if h.startswith(b"content-length"))
            assert b"Hello you" in await reader.readexactly(int(length.split(b":")[1]))
