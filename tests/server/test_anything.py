"""Whatever is sent: a clear answer, never a 500, never a socket that ends without a code."""

import asyncio
import json
from contextlib import suppress
from typing import Any

import orjson
import websockets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.decoding import decode_object
from server.errors import Refusal
from server.limits import STAFF
from server.sockets.frames import BadFrame, read_frame
from tests.server.talking import closed, enter, hear, say
from tests.server.wire import Served, wire

scraps = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
documents = st.sampled_from(
    [
        "{ greeting }",
        "query Q($n: Int!) { number(value: $n) }",
        "query Q($v: Amount!, $ids: [ID!]!) { amount(value: $v) nodes(ids: $ids) { name } }",
        'mutation { rename(name: "x") }',
        "mutation M($i: SignIn!) { signIn(input: $i) }",
        "subscription { ticks }",
        "{ person { friend { name } } }",
        "query Q($c: Clumsy!, $n: Int) { clumsy(value: $c) people(first: $n) { __typename } }",
    ]
)
pieces = st.sampled_from(
    [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ":",
        "!",
        "$n",
        "$v",
        "...",
        "on",
        "@include",
        "@skip",
        "query",
        "mutation",
        "subscription",
        "fragment",
        "F",
        "Query",
        "person",
        "name",
        "people",
        "first:",
        "-1",
        "1e999",
        '"x"',
        '"""x"""',
        '"\\ud800"',
        "\\",
        "#",
        ",",
        "\x00",
        "é",
        "__schema",
        "__typename",
        "true",
        "null",
        "Int",
    ]
)
texts = documents | st.lists(pieces, max_size=25).map(" ".join) | st.text(max_size=60)
variables = st.dictionaries(st.sampled_from(["n", "v", "ids", "i", "c", "x"]), scraps, max_size=5)
requests = st.fixed_dictionaries(
    {},
    optional={
        "query": texts | scraps,
        "variables": variables | scraps,
        "operationName": st.sampled_from(["Q", "M", "", None]) | scraps,
        "extensions": scraps,
        "documentId": scraps,
    },
)
frames = scraps | st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(
            ["connection_init", "ping", "pong", "subscribe", "complete", "start", "next"]
        )
        | scraps,
        "id": st.sampled_from(["1", "2", ""]) | scraps,
        "payload": requests | scraps,
    },
)

UNHURRIED = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def encoded(item: object) -> bytes:
    """JSON as it comes: with what no strict encoder would write."""
    return json.dumps(item).encode()


@given(raw=st.binary(max_size=200) | scraps.map(encoded))
@UNHURRIED
def test_any_bytes_are_an_object_or_a_refusal(raw: bytes) -> None:
    with suppress(Refusal):
        found = decode_object(raw, depth=20)
        assert isinstance(found, dict)
        assert encoded(found).decode().encode()


@given(message=st.one_of(
    st.text(max_size=100).map(lambda text: {"text": text}),
    st.binary(max_size=100).map(lambda raw: {"bytes": raw}),
    frames.map(lambda frame: {"text": encoded(frame).decode()}),
))  # fmt: skip
@UNHURRIED
def test_any_message_is_a_frame_or_a_reason_to_close(message: dict[str, Any]) -> None:
    with suppress(BadFrame):
        assert read_frame(message, STAFF) is not None


@given(body=requests | scraps)
@UNHURRIED
async def test_any_body_is_answered_clearly(body: object) -> None:
    wired = wire()
    async with wired.client(
        **{"content-type": "application/json", "accept": "application/graphql-response+json"}
    ) as client:
        response = await client.post("/graphql", content=encoded(body))

    assert response.status_code < 500
    told = orjson.loads(response.content)
    assert ("data" in told) == (response.status_code == 200)
    for error in told.get("errors", []):
        assert error["message"]
        assert error["extensions"]["requestId"]
        assert error["extensions"]["code"] != "INTERNAL"


@given(sent=st.lists(frames | st.text(max_size=40) | st.binary(max_size=40), max_size=6))
@settings(UNHURRIED, max_examples=60)
async def test_any_frames_leave_a_socket_that_answers_or_is_closed_with_a_code(
    server: Served, sent: list[object]
) -> None:
    async with server.connect() as socket:
        await enter(socket)
        try:
            for item in sent:
                await socket.send(
                    item if isinstance(item, (str, bytes)) else encoded(item).decode()
                )
            await say(socket, type="ping", payload={"still": "here"})
            async with asyncio.timeout(5):
                while (await hear(socket)) != {"type": "pong", "payload": {"still": "here"}}:
                    pass
        except websockets.ConnectionClosed:
            assert await closed(socket) in (4400, 4409, 4429)
