"""What is wrong with a request or a frame, told by the whole application over the real contract.

The small practice's tests go into each detail; here everything that the application is composed
of stands behind the wire: its own limits, its sessions, its throttle.
"""

import asyncio
import time
from typing import Any

import orjson
import pytest
import websockets

from tests.cast import House, one_firm
from tests.server.outside import Outside, events_of
from tests.server.talking import closed, hear, say, subscribe
from tests.server.test_sockets import MALFORMED

CREATE = 'mutation { createTeam(input: { name: "Sneaked in" }) { errors { code } } }'
TIME = "{ serverTime }"


@pytest.fixture(scope="module")
async def house(outside: Outside) -> House:
    house = await one_firm()
    await outside.key_of(house.ada)
    return house


# --------------------------------------------------------------------------------------- sockets


@pytest.mark.parametrize("protocol", ["graphql-ws", None])
async def test_a_socket_of_another_protocol_is_closed(outside: Outside, protocol: Any) -> None:
    async with outside.connect(protocol=protocol) as socket:
        assert await closed(socket) == 4406


async def test_a_socket_is_entered_once_and_before_anything_else(
    outside: Outside, house: House
) -> None:
    async with outside.connect() as early, outside.socket(house.ada) as twice:
        await subscribe(early, "1", TIME)
        assert await closed(early) == 4401
        await say(twice, type="connection_init", payload={"token": await outside.key_of(house.ada)})
        assert await closed(twice) == 4429


@pytest.mark.parametrize("frame", MALFORMED, ids=lambda frame: repr(frame[:48]))
async def test_a_malformed_frame_closes_its_socket_alone(
    outside: Outside, house: House, frame: str | bytes, logged: list[Any]
) -> None:
    async with outside.socket(house.ada) as other, outside.socket(house.ada) as socket:
        await socket.send(frame)
        assert await closed(socket) == 4400
        await subscribe(other, "1", TIME)
        assert (await hear(other))["type"] == "next"
    assert not [entry for entry in logged if "exc_info" in entry]


async def test_a_frame_of_300_kb_closes_its_socket(outside: Outside, house: House) -> None:
    async with outside.socket(house.ada) as socket:
        await say(socket, type="ping", payload={"x": "x" * 300_000})
        assert await closed(socket) == 1009


async def test_one_bad_operation_of_ten_fails_alone(outside: Outside, house: House) -> None:
    async with outside.socket(house.ada) as socket:
        for number in range(10):
            await subscribe(socket, str(number), "{ serverTime" if number == 4 else TIME)
        said = [await hear(socket) for _ in range(19)]

    failed = [one["id"] for one in said if one["type"] == "error"]
    assert failed == ["4"]
    assert {one["id"] for one in said if one["type"] == "complete"} == set("012356789")


async def test_a_foreign_page_cannot_open_a_socket_with_somebodys_cookie(
    outside: Outside, house: House
) -> None:
    cookie = {"cookie": f"openpractice={await outside.key_of(house.ada)}"}
    ours = f"http://127.0.0.1:{outside.port}"
    async with outside.connect(origin=ours, additional_headers=cookie) as socket:
        await say(socket, type="connection_init")
        assert (await hear(socket))["type"] == "connection_ack"

    for origin in ("https://evil.example", "null", f"https://127.0.0.1:{outside.port}0"):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await outside.connect(origin=origin, additional_headers=cookie)
        assert refused.value.response.status_code == 403


# ------------------------------------------------------------------------------------------- HTTP


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/jsonfoo", "application/json-patch+json", ""],
)  # fmt: skip
async def test_a_body_of_another_kind_changes_nothing(
    outside: Outside, house: House, kind: str
) -> None:
    before = await events_of(house)
    headers = {"authorization": f"Bearer {await outside.key_of(house.ada)}", "content-type": kind}

    answer = await outside.http.post(
        "/graphql", content=orjson.dumps({"query": CREATE}), headers=headers
    )

    assert answer.status_code == 415
    assert await events_of(house) == before


async def test_a_mutation_by_get_changes_nothing(outside: Outside, house: House) -> None:
    before = await events_of(house)
    headers = {"authorization": f"Bearer {await outside.key_of(house.ada)}"}

    answer = await outside.http.get("/graphql", params={"query": CREATE}, headers=headers)

    assert answer.status_code in (400, 405)
    assert await events_of(house) == before


def nested(field: str, leaf: str, depth: int) -> str:
    return (field + " { ") * depth + leaf + " }" * depth


DOUBLED = " ".join(
    f"fragment F{n} on Member {{ a: reportsTo {{ ...F{n + 1} }} b: reportsTo {{ ...F{n + 1} }} }}"
    for n in range(40)
)
HOSTILE = {
    "5,000 aliases": "{" + " ".join(f"a{n}: serverTime" for n in range(5000)) + "}",
    "31 aliases": "{" + " ".join(f"a{n}: serverTime" for n in range(31)) + "}",
    "depth 500": f"{{ viewer {{ member {{ {nested('reportsTo', 'name', 500)} }} }} }}",
    "depth 13": f"{{ viewer {{ member {{ {nested('reportsTo', 'name', 11)} }} }} }}",
    "20,000 directives": "{ serverTime " + "@include(if: true) " * 20_000 + "}",
    "fragments doubled 40 times": "{ viewer { member { ...F0 } } } " + DOUBLED
    + " fragment F40 on Member { name }",
    "a square of inline fragments": "{ firm {" + " ... on Firm { name offices { name } }" * 110 + "}}",
    "a circle in the schema": "{ __schema { types { fields { type { fields { type { fields"
    " { name } } } } } } } }",
    "the schema 140 times": "{" + " __schema { types { name } }" * 140 + "}",
    "a fragment in itself": "{ ...A } fragment A on Query { ...A }",
    "200 sign-ins": "mutation {" + " ".join(
        f'a{n}: signIn(input: {{ email: "ada@harbour.example", password: "{n}" }}) {{ token }}'
        for n in range(200)
    ) + "}",
    "two sign-ins": 'mutation { a: signIn(input: { email: "a@b.example", password: "x" }) { token }'
    ' b: signIn(input: { email: "a@b.example", password: "y" }) { token } }',
    "two changes": CREATE.replace("mutation { createTeam", "mutation { a: createTeam")[:-1]
    + ' b: createTeam(input: { name: "Too" }) { errors { code } } }',
    "too many points": "{ clients(first: 250) { nodes { openJobs { tasks { comments { body } } } } } }",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_document_is_refused_soon_and_does_nothing(
    outside: Outside, house: House, name: str
) -> None:
    before, began = await events_of(house), time.process_time()

    answer = await outside.post(house.ada, query=HOSTILE[name])

    # A hundred times what a good document takes; what this is about would take for ever.
    assert time.process_time() - began < 1
    assert answer.status_code in (200, 400, 413)
    assert "data" not in answer.json()
    assert answer.json()["errors"][0]["extensions"]["code"] in (
        "BODY_TOO_LARGE", "TOO_COMPLEX", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED",
    )  # fmt: skip
    assert await events_of(house) == before


async def test_a_batch_of_a_thousand_is_refused(outside: Outside) -> None:
    answer = await outside.http.post("/graphql", json=[{"query": TIME}] * 1000)

    assert answer.json()["errors"][0]["extensions"]["code"] == "BATCHING_REFUSED"


@pytest.mark.parametrize("first", [10**9, 251, 0, -1, -(10**9), 2**31])
@pytest.mark.parametrize(
    "list_of", ["members", "clients", "contacts", "jobs", "tasks", "timeEntries"]
)
async def test_a_page_of_a_wrong_size_is_bad_input(
    outside: Outside, house: House, list_of: str, first: int
) -> None:
    said = await outside.post(house.ada, query=f"{{ {list_of}(first: {first}) {{ totalCount }} }}")
    given = await outside.post(
        house.ada, query=f"query ($n: Int) {{ {list_of}(first: $n) {{ totalCount }} }}",
        variables={"n": first},
    )  # fmt: skip

    for answer in (said, given):
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(("count", "code"), [(251, "BAD_INPUT"), (10_000, "BODY_TOO_LARGE")])
async def test_too_many_nodes_at_once_are_refused(
    outside: Outside, house: House, count: int, code: str
) -> None:
    answer = await outside.post(
        house.ada, query="query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
        variables={"ids": [f"task_{n:032x}" for n in range(count)]},
    )  # fmt: skip

    assert answer.json()["errors"][0]["extensions"]["code"] == code


async def test_a_body_without_end_is_cut_off_at_its_limit(outside: Outside) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", outside.port)
    writer.write(b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                 b"transfer-encoding: chunked\r\n\r\n")  # fmt: skip
    answer = asyncio.create_task(reader.read(12))
    async with asyncio.timeout(10):
        while not answer.done():
            writer.write(b"2710\r\n" + b" " * 10_000 + b"\r\n")
            await asyncio.wait([answer], timeout=0.001)
    writer.close()

    assert await answer == b"HTTP/1.1 413"


async def test_strangers_are_let_in_nowhere(outside: Outside) -> None:
    async with outside.connect() as socket:
        await say(socket, type="connection_init", payload={"token": "op_live_" + "x" * 43})
        assert await closed(socket) == 4403
    answer = await outside.post(None, query=CREATE)
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
