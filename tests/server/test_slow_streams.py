"""Event streams whose other end does not do its part: not reading, not there, not allowed any more."""

import asyncio
import socket as sockets
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from prometheus_client import REGISTRY

from models.permissions import Role
from server.limits import Bounds
from tests.server.practice import ANNA, FIRM, THE_END
from tests.server.streaming import PATIENCE, listening
from tests.server.talking import closed, enter, still_answers
from tests.server.wire import ANNA_TOKEN, BEN_TOKEN, Served, eventually, served, wire

FOREVER = "subscription { forever }"


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, {"door": "staff", **labels}) or 0


async def raw_stream(
    server: Served, query: str, *, then: str = "", less: int = 0, window: int = 4096
) -> sockets.socket:
    """A connection that asked for a stream, with a small window unless said, which nobody reads."""
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, window)
    raw.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(raw, ("127.0.0.1", server.port))
    body = f'{{"query": "{query}"}}'
    head = (
        "POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: text/event-stream\r\n"
        f"content-type: application/json\r\nauthorization: Bearer {ANNA_TOKEN}\r\n"
        f"content-length: {len(body)}\r\n\r\n{body}"
    )
    await loop.sock_sendall(raw, (head[: len(head) - less] + then).encode())
    return raw


async def read_out(raw: sockets.socket) -> bytes:
    """All that comes until the server closes the line."""
    read = b""
    async with asyncio.timeout(PATIENCE):
        while piece := await asyncio.get_running_loop().sock_recv(raw, 65536):
            read += piece
    raw.close()
    return read


async def test_a_reader_that_stops_reading_is_cut_off_and_costs_nobody_else_anything() -> None:
    cuts = counted("openpractice_event_stream_closes_total", code="4410")
    async with (
        served(wire(bounds=Bounds(send_seconds=0.3))) as server,
        listening(server.port, FOREVER, token=BEN_TOKEN) as other,
    ):
        assert await other.hear()
        slow = await raw_stream(server, "subscription { flood }")
        await eventually(lambda: len(server.wire.site.sockets) == 2)
        for _ in range(20):
            server.practice.tell("news")
            assert await other.hear()

        await eventually(lambda: len(server.wire.site.sockets) == 1)
        slow.close()

    assert counted("openpractice_event_stream_closes_total", code="4410") == cuts + 1


async def test_a_slow_reader_that_reads_on_in_time_hears_why_it_was_cut_off() -> None:
    async with served(wire(bounds=Bounds(send_seconds=0.2))) as server:
        slow = await raw_stream(server, "subscription { flood }", window=500_000)
        await eventually(lambda: len(server.wire.site.sockets) == 1)
        await eventually(lambda: not len(server.wire.site.sockets))
        read = await read_out(slow)

    assert b": 4410 Reading too slowly: resume by cursor\n\n\r\n" in read
    assert b"event: complete" not in read


async def test_a_session_that_ends_ends_its_streams_and_says_that_it_is_over() -> None:
    async with (
        served(wire(recheck=3600)) as server,
        listening(server.port, FOREVER) as anna,
        listening(server.port, FOREVER, token=BEN_TOKEN) as ben,
    ):
        assert await anna.hear()
        assert await ben.hear()

        del server.practice.holders[ANNA_TOKEN]
        await server.wire.site.sockets.look_again(UUID(int=99))
        server.practice.tell("still heard")
        assert (await anna.hear()) == (await ben.hear())
        await server.wire.site.sockets.look_again(FIRM)
        server.practice.tell("not for Anna")

        [over, done] = await anna.rest()
        assert (over.code, done.event) == ("UNAUTHENTICATED", "complete")
        assert "data" not in over.says
        told = await ben.hear()
        assert told is not None
        assert told.says["data"] == {"forever": "not for Anna"}


async def test_a_stream_that_ends_as_its_session_does_says_that_this_is_over() -> None:
    async with served(wire(recheck=3600)) as server, listening(server.port, FOREVER) as anna:
        assert await anna.hear()

        del server.practice.holders[ANNA_TOKEN]
        server.practice.tell(THE_END)

        [over, done] = await anna.rest()
        assert (over.code, done.event) == ("UNAUTHENTICATED", "complete")


async def test_a_changed_role_ends_a_stream_so_that_the_client_comes_back() -> None:
    async with served(wire(recheck=0.05)) as server, listening(server.port, FOREVER) as anna:
        assert await anna.hear()

        server.practice.holders[ANNA_TOKEN] = replace(ANNA, role=Role.STAFF)

        assert await anna.rest() == []  # and no `complete`: it is not over
        assert anna.comments[-1] == "4411 Access has changed: connect again"
        async with listening(server.port, "{ whoami }") as again:
            [told, _] = await again.rest()
        assert told.says["data"] == {"whoami": "staff"}


async def test_nobody_is_thrown_out_while_the_database_is_away(logged: list[Any]) -> None:
    async with served(wire(recheck=0.05)) as server, listening(server.port, FOREVER) as anna:
        assert await anna.hear()
        server.practice.broken = ConnectionError("gone")

        await eventually(lambda: any(e["event"] == "sessions cannot be looked at" for e in logged))
        server.practice.tell("news")
        assert await anna.hear()


async def test_draining_ends_streams_and_sockets_together_and_takes_no_more() -> None:
    async with (
        served(wire()) as server,
        server.connect() as socket,
        listening(server.port, FOREVER) as stream,
    ):
        await enter(socket)
        assert await stream.hear()

        server.wire.site.sockets.drain()

        assert await closed(socket) == 1012
        assert await stream.rest() == []
        assert stream.comments[-1] == "1012 Restarting: connect again"
        async with listening(server.port, FOREVER) as late:
            assert late.response.status_code == 503


async def test_a_stopping_server_ends_its_streams_at_different_moments() -> None:
    moments: list[float] = []
    begun = asyncio.Barrier(21)

    async def follow(port: int) -> None:
        async with listening(port, FOREVER) as stream:
            assert await stream.hear()
            await begun.wait()
            assert await stream.rest() == []
            moments.append(asyncio.get_running_loop().time())
            assert stream.comments[-1].startswith("1012")

    async with served(wire(), drain_seconds=1) as server, asyncio.timeout(PATIENCE):
        following = [asyncio.create_task(follow(server.port)) for _ in range(20)]
        await begun.wait()
    await asyncio.wait_for(asyncio.gather(*following), PATIENCE)

    assert max(moments) - min(moments) > 0.3
    assert len({int(moment * 100) for moment in moments}) > 5


async def test_a_stream_that_is_asked_for_while_the_server_stops_ends_at_once() -> None:
    async def say_the_rest_once_nobody_comes_in_any_more(raw: sockets.socket, port: int) -> bytes:
        with suppress(ConnectionError):
            while True:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                await writer.wait_closed()
        await asyncio.get_running_loop().sock_sendall(raw, b"}")
        return await read_out(raw)

    async with served(wire()) as server:
        raw = await raw_stream(server, FOREVER, less=1)
        assert await still_answers(server)  # so what came before it has been read
        asked = say_the_rest_once_nobody_comes_in_any_more(raw, server.port)
        asking = asyncio.create_task(asked)

    assert b": 1012 Restarting" in await asking
    assert server.practice.followers == []


async def test_a_client_that_leaves_or_vanishes_leaves_no_stream_behind(server: Served) -> None:
    for vanishes in (False, True):
        server.practice.left.clear()
        raw = await raw_stream(server, FOREVER)
        await eventually(lambda: server.practice.followers)
        if vanishes:
            raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # by RST
        raw.close()
        await asyncio.wait_for(server.practice.left.wait(), PATIENCE)
        await eventually(lambda: not len(server.wire.site.sockets))
    assert server.practice.followers == []


async def test_who_asks_on_behind_a_stream_and_leaves_leaves_nothing_behind(
    server: Served,
) -> None:
    raw = await raw_stream(server, FOREVER, then="GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n")
    await eventually(lambda: server.practice.followers)
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    raw.close()
    server.practice.tell("news")
    await eventually(lambda: not len(server.wire.site.sockets))
    assert server.practice.followers == []


async def test_no_stream_is_for_ever_and_who_is_there_comes_back() -> None:
    soon = Bounds(beat_seconds=0.02, stream_seconds=0.1)
    async with served(wire(bounds=soon)) as server, listening(server.port, FOREVER) as stream:
        assert await stream.hear()
        assert await stream.rest() == []
        assert stream.comments[-1] == "1000 Long enough: connect again"


@pytest.mark.parametrize("count", [50])
async def test_streams_that_come_and_go_leave_nothing_behind(count: int) -> None:
    async with served(wire()) as server:
        before = len(asyncio.all_tasks())
        for _ in range(count):
            async with listening(server.port, FOREVER) as stream:
                assert await stream.hear()
        await eventually(lambda: not len(server.wire.site.sockets))
        await eventually(lambda: len(asyncio.all_tasks()) <= before)
        assert server.practice.followers == []
        assert counted("openpractice_event_streams") == 0
