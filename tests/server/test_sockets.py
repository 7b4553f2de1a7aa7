"""GraphQL over WebSocket, as graphql-transport-ws has it: what runs, and every wrong frame."""

import asyncio
import time
from typing import Any

import pytest

from tests.server.talking import PATIENCE, closed, enter, hear, say, still_answers, subscribe
from tests.server.wire import BEN_TOKEN, SECRET, Served, served, wire


async def test_queries_mutations_and_subscriptions_all_run_on_a_socket(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket, BEN_TOKEN)
        await subscribe(socket, "q", "query($n: String!) { greeting(name: $n) whoami }", n="Ben")
        told = await hear(socket)
        assert told["id"] == "q"
        assert told["payload"]["data"] == {"greeting": "Hello Ben", "whoami": "staff"}
        assert told["payload"]["extensions"]["cost"] == {"points": 0, "limit": 5000}
        assert await hear(socket) == {"id": "q", "type": "complete"}

        await subscribe(socket, "m", 'mutation { rename(name: "New") }')
        assert (await hear(socket))["payload"]["data"] == {"rename": "New"}
        assert await hear(socket) == {"id": "m", "type": "complete"}
        assert server.practice.names == ["New"]

        await subscribe(socket, "s", "subscription { ticks(count: 2) }")
        ticks = [await hear(socket) for _ in range(3)]
        assert [t.get("payload", {}).get("data") for t in ticks] == [
            {"ticks": 0},
            {"ticks": 1},
            None,
        ]
        assert ticks[-1] == {"id": "s", "type": "complete"}


async def test_a_ping_is_answered_with_its_payload_before_and_after_entering(
    server: Served,
) -> None:
    async with server.connect() as socket:
        await say(socket, type="ping", payload={"n": 1})
        assert await hear(socket) == {"type": "pong", "payload": {"n": 1}}
        await enter(socket)
        await say(socket, type="pong")
        await say(socket, type="ping")
        assert await hear(socket) == {"type": "pong"}


async def test_for_how_long_a_client_was_silent_is_told_by_their_last_frame(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket, BEN_TOKEN)
        await subscribe(socket, "s", "subscription { forever }")
        await hear(socket)
        call, heard_at = server.practice.followed, time.monotonic()
        assert call is not None
        assert call.silence() >= time.monotonic() - heard_at

        pinged_at = time.monotonic()
        await say(socket, type="ping")
        await hear(socket)

        assert call.silence() <= time.monotonic() - pinged_at


BAD_OPERATIONS = {
    "syntax": ({"query": "{ greeting"}, "GRAPHQL_PARSE_FAILED"),
    "validation": ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
    "name": ({"query": "query A { greeting }", "operationName": "B"}, "OPERATION_NOT_FOUND"),
    "variables": ({"query": "query($n: Int!) { number(value: $n) }"}, "BAD_INPUT"),
    "type of query": ({"query": 1}, "BAD_REQUEST"),
    "type of variables": ({"query": "{ greeting }", "variables": "x"}, "BAD_REQUEST"),
    "no query": ({}, "BAD_REQUEST"),
    "two changes": ('mutation { a: rename(name: "x") signOut }', "TOO_COMPLEX"),
    "too deep": ("{ person {" + "friend {" * 12 + "name" + "}" * 12 + "}}", "TOO_COMPLEX"),
    "refused stream": ("subscription { refuses }", "FORBIDDEN"),
    "unknown document": ({"documentId": "0" * 64}, "PERSISTED_QUERY_NOT_FOUND"),
}


async def test_a_bad_operation_fails_alone_among_ten(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        for number in range(9):
            await subscribe(socket, f"good {number}", "subscription { forever }")
            assert (await hear(socket))["payload"]["data"] == {"forever": "ready"}
        for name, (payload, code) in BAD_OPERATIONS.items():
            sent = {"query": payload} if isinstance(payload, str) else payload
            await say(socket, type="subscribe", id=name, payload=sent)
            failed = await hear(socket)
            assert (failed["id"], failed["type"]) == (name, "error")
            assert failed["payload"][0]["extensions"]["code"] == code
            assert failed["payload"][0]["extensions"]["requestId"]
        server.practice.tell("news")
        heard = {(await hear(socket))["id"] for _ in range(9)}
        assert heard == {f"good {number}" for number in range(9)}


async def test_an_id_that_failed_or_completed_may_be_used_again(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        await subscribe(socket, "1", "{ nothing }")
        assert (await hear(socket))["type"] == "error"
        for _ in range(2):
            await subscribe(socket, "1", "{ greeting }")
            assert (await hear(socket))["type"] == "next"
            assert (await hear(socket))["type"] == "complete"


async def test_an_id_in_use_is_closed_with_4409(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        for _ in range(2):
            await subscribe(socket, "twice", "subscription { forever }")
        assert await closed(socket) == 4409
        assert socket.close_reason == "Subscriber for twice already exists"


async def test_the_101st_operation_fails_and_the_hundred_go_on() -> None:
    async with served(wire()) as server, server.connect() as socket:
        await enter(socket)
        for number in range(100):
            await subscribe(socket, str(number), "subscription { forever }")
            assert (await hear(socket))["type"] == "next"
        await subscribe(socket, "one more", "{ greeting }")
        [failed] = (await hear(socket))["payload"]
        assert failed["extensions"]["code"] == "TOO_MANY_OPERATIONS"
        assert failed["message"] == (
            "100 operations run on this socket already; at most 100 are allowed."
            " End one, or open another socket."
        )
        server.practice.tell("news")
        assert {(await hear(socket))["id"] for _ in range(100)} == {str(n) for n in range(100)}
        await say(socket, type="complete", id="0")
        await subscribe(socket, "one more", "{ greeting }")
        assert (await hear(socket))["type"] == "next"


async def test_completing_ends_the_stream_on_the_server(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        await subscribe(socket, "1", "subscription { forever }")
        assert (await hear(socket))["type"] == "next"
        await say(socket, type="complete", id="never was")
        await say(socket, type="complete", id="1")
        await asyncio.wait_for(server.practice.left.wait(), PATIENCE)
        await subscribe(socket, "1", "{ greeting }")
        assert (await hear(socket))["id"] == "1"


async def test_a_client_that_vanishes_leaves_no_stream_behind(server: Served) -> None:
    socket = await server.connect()
    await enter(socket)
    await subscribe(socket, "1", "subscription { forever }")
    assert (await hear(socket))["type"] == "next"

    socket.transport.abort()

    await asyncio.wait_for(server.practice.left.wait(), PATIENCE)
    assert server.practice.followers == []
    assert await still_answers(server)


async def test_a_fault_in_a_stream_ends_that_stream_masked(
    server: Served, logged: list[Any]
) -> None:
    async with server.connect() as socket:
        await enter(socket)
        await subscribe(socket, "1", "subscription { breaks }")
        assert (await hear(socket))["payload"]["data"] == {"breaks": 1}
        failed = await hear(socket)
        assert failed["type"] == "error"
        assert failed["payload"][0]["message"] == "Something went wrong on our side."
        request_id = failed["payload"][0]["extensions"]["requestId"]
        [fault] = [entry for entry in logged if entry["event"] == "fault"]
        assert fault["request_id"] == request_id
        assert SECRET in str(fault["exc_info"])
        await subscribe(socket, "2", "{ greeting }")
        assert (await hear(socket))["id"] == "2"


# ------------------------------------------------------------------------------- wrong frames

MALFORMED = [
    "[]",
    "1",
    "null",
    '"x"',
    "nonsense",
    "",
    "{}",
    '{"type": 1}',
    '{"type": "start"}',
    '{"type": "subscribe"}',
    '{"type": "subscribe", "id": "1"}',
    '{"type": "subscribe", "id": "1", "payload": null}',
    '{"type": "subscribe", "id": "1", "payload": "x"}',
    '{"type": "subscribe", "id": [1], "payload": {}}',
    '{"type": "subscribe", "id": {}, "payload": {}}',
    '{"type": "subscribe", "id": "", "payload": {}}',
    '{"type": "subscribe", "id": "' + "x" * 129 + '", "payload": {}}',
    '{"type": "complete"}',
    '{"type": "complete", "id": 1}',
    '{"type": "ping", "payload": 1}',
    '{"type": "pong", "payload": []}',
    '{"type": "connection_init", "payload": "x"}',
    '{"type": "ping", "type": "pong"}',
    '{"type": "ping", "payload": ' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "}",
    '{"type": "ping", "payload": {"n": NaN}}',
    '{"type": "ping", "payload": {"n": "\\ud800"}}',
    b'{"type": "ping"}',
    b"\x00\xff",
]


@pytest.mark.parametrize("frame", MALFORMED, ids=lambda frame: repr(frame[:48]))
async def test_a_malformed_frame_closes_its_socket_with_4400(
    server: Served, frame: str | bytes
) -> None:
    async with server.connect() as other, server.connect() as socket:
        await enter(other)
        await enter(socket)
        await socket.send(frame)
        assert await closed(socket) == 4400
        await say(other, type="ping")
        assert await hear(other) == {"type": "pong"}


@pytest.mark.parametrize("frame", MALFORMED[:4], ids=repr)
async def test_a_malformed_first_frame_is_closed_with_4400_too(server: Served, frame: str) -> None:
    async with server.connect() as socket:
        await socket.send(frame)
        assert await closed(socket) == 4400


async def test_a_frame_of_300_kb_is_closed_with_1009(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        await say(socket, type="ping", payload={"x": "x" * 300_000})
        assert await closed(socket) == 1009
    assert await still_answers(server)


async def test_text_that_is_not_utf8_is_closed(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        await socket.send(b"\xff\xfe", text=True)
        assert await closed(socket) == 1007
    assert await still_answers(server)
