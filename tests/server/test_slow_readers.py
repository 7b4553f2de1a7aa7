"""Sockets whose other end does not do its part: not reading, not leaving, not allowed any more."""

import asyncio
import socket as sockets
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import websockets
from prometheus_client import REGISTRY

from models.permissions import Role
from server.limits import Bounds
from tests.server.practice import ANNA, FIRM
from tests.server.talking import (
    PATIENCE,
    closed,
    enter,
    hear,
    say,
    still_answers,
    subscribe,
)
from tests.server.wire import ANNA_TOKEN, BEN_TOKEN, eventually, served, wire


async def test_a_reader_that_stops_reading_is_cut_off_and_costs_nobody_else_anything() -> None:
    cuts = REGISTRY.get_sample_value(
        "openpractice_socket_closes_total", {"door": "staff", "code": "4410"}
    )
    async with served(wire(bounds=Bounds(send_seconds=0.5))) as server, server.connect() as other:
        await enter(other, BEN_TOKEN)
        # A raw socket with a small window: what is sent to it piles up in the server at once.
        raw = sockets.socket()
        raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        raw.setblocking(False)
        await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", server.port))
        slow = await websockets.connect(
            f"ws://127.0.0.1:{server.port}/graphql",
            subprotocols=["graphql-transport-ws"],  # type: ignore[list-item]
            sock=raw,
            max_queue=1,
        )
        await enter(slow)
        await subscribe(slow, "1", "subscription { flood }")
        slow.transport.pause_reading()

        await subscribe(other, "1", "subscription { forever }")
        for _ in range(20):
            server.practice.tell("news")
            assert (await hear(other))["type"] == "next"

        await eventually(lambda: len(server.wire.site.sockets) == 1)
        assert (
            REGISTRY.get_sample_value(
                "openpractice_socket_closes_total", {"door": "staff", "code": "4410"}
            )
            == (cuts or 0) + 1
        )
        slow.transport.abort()
        assert await still_answers(server)


async def test_a_slow_reader_that_reads_on_in_time_hears_why_it_was_cut_off() -> None:
    patience = Bounds(send_seconds=0.3)
    async with served(wire(bounds=patience)) as server, server.connect(max_queue=1) as slow:
        await enter(slow)
        await subscribe(slow, "1", "subscription { flood }")
        slow.transport.pause_reading()
        await eventually(lambda: not len(server.wire.site.sockets))
        slow.transport.resume_reading()
        assert await closed(slow) == 4410


async def test_a_session_that_ends_closes_its_sockets_with_4403_and_says_nothing_more() -> None:
    async with (
        served(wire(recheck=0.1)) as server,
        server.connect() as anna,
        server.connect() as ben,
    ):
        await enter(anna)
        await enter(ben, BEN_TOKEN)
        await subscribe(anna, "1", "subscription { forever }")
        assert (await hear(anna))["type"] == "next"

        del server.practice.holders[ANNA_TOKEN]

        assert await closed(anna) == 4403
        await asyncio.wait_for(server.practice.left.wait(), PATIENCE)
        await say(ben, type="ping")
        assert await hear(ben) == {"type": "pong"}


async def test_a_changed_role_closes_with_4411_so_that_the_client_comes_back() -> None:
    async with served(wire(recheck=0.1)) as server, server.connect() as anna:
        await enter(anna)

        server.practice.holders[ANNA_TOKEN] = replace(ANNA, role=Role.STAFF)

        assert await closed(anna) == 4411
        async with server.connect() as again:
            await enter(again)
            await subscribe(again, "1", "{ whoami }")
            assert (await hear(again))["payload"]["data"] == {"whoami": "staff"}


async def test_a_hint_makes_the_end_of_a_session_felt_at_once() -> None:
    async with served(wire(recheck=3600)) as server, server.connect() as anna:
        await enter(anna)
        del server.practice.holders[ANNA_TOKEN]

        await server.wire.site.sockets.look_again(UUID(int=99))
        await say(anna, type="ping")
        assert await hear(anna) == {"type": "pong"}
        await server.wire.site.sockets.look_again(FIRM)

        assert await closed(anna) == 4403


async def test_all_sockets_are_looked_at_in_one_question() -> None:
    async with (
        served(wire(recheck=3600)) as server,
        server.connect() as anna,
        server.connect() as too,
        server.connect() as ben,
    ):
        for socket, token in ((anna, ANNA_TOKEN), (too, ANNA_TOKEN), (ben, BEN_TOKEN)):
            await enter(socket, token)
        server.practice.asked.clear()
        del server.practice.holders[ANNA_TOKEN]

        await server.wire.site.sockets.look_again(FIRM)

        assert server.practice.asked == [2]
        assert (await closed(anna), await closed(too)) == (4403, 4403)
        await say(ben, type="ping")
        assert await hear(ben) == {"type": "pong"}


@pytest.mark.parametrize("gone_by", ["its client", "its session"])
async def test_a_mutation_that_was_begun_comes_to_its_end_whatever_becomes_of_its_socket(
    gone_by: str,
) -> None:
    async with served(wire(recheck=3600)) as server, server.connect() as anna:
        await enter(anna)
        await subscribe(anna, "1", "subscription { forever }")
        assert (await hear(anna))["type"] == "next"
        await subscribe(anna, "2", 'mutation { renameInTime(name: "New") }')
        await asyncio.wait_for(server.practice.begun.wait(), PATIENCE)

        if gone_by == "its client":
            anna.transport.abort()
        else:
            del server.practice.holders[ANNA_TOKEN]
            await server.wire.site.sockets.look_again(FIRM)
            assert await closed(anna) == 4403  # which waits for nothing

        await asyncio.wait_for(server.practice.left.wait(), PATIENCE)
        assert not server.practice.names
        server.practice.go_on.set()
        await asyncio.wait_for(server.practice.ended.wait(), PATIENCE)
        assert server.practice.names == ["New"]
        await eventually(lambda: not len(server.wire.site.sockets))


async def test_nobody_is_thrown_out_while_the_database_is_away(logged: list[Any]) -> None:
    async with served(wire(recheck=0.05)) as server, server.connect() as anna:
        await enter(anna)
        server.practice.broken = ConnectionError("gone")

        await eventually(lambda: any(e["event"] == "sessions cannot be looked at" for e in logged))
        await say(anna, type="ping")
        assert await hear(anna) == {"type": "pong"}


async def test_draining_closes_every_socket_with_1012_and_takes_no_more() -> None:
    async with served(wire()) as server, server.connect() as anna:
        await enter(anna)
        await subscribe(anna, "1", "subscription { forever }")
        assert (await hear(anna))["type"] == "next"

        server.wire.site.sockets.drain()

        assert await closed(anna) == 1012
        async with server.connect() as late:
            assert await closed(late) == 1013


async def test_a_stopping_server_says_goodbye_with_1012_at_different_moments() -> None:
    moments: list[float] = []

    async def leave(connection: Any) -> None:
        assert await closed(connection) == 1012
        moments.append(asyncio.get_running_loop().time())

    async with served(wire(), drain_seconds=1) as server:
        connections = [await server.connect() for _ in range(20)]
        for connection in connections:
            await enter(connection)
        leaving = [asyncio.create_task(leave(connection)) for connection in connections]
    await asyncio.wait_for(asyncio.gather(*leaving), PATIENCE)

    assert max(moments) - min(moments) > 0.3
    assert len({int(moment * 100) for moment in moments}) > 5


@pytest.mark.parametrize("count", [200])
async def test_sockets_that_come_and_go_leave_nothing_behind(count: int) -> None:
    async with served(wire()) as server:
        before = len(asyncio.all_tasks())
        for number in range(count):
            connection = await server.connect()
            await enter(connection)
            await subscribe(connection, "1", "subscription { forever }")
            assert (await hear(connection))["type"] == "next"
            if number % 2:
                connection.transport.abort()
            else:
                await connection.close()
        await eventually(lambda: not len(server.wire.site.sockets))
        await eventually(lambda: len(asyncio.all_tasks()) <= before)
        assert server.practice.followers == []
