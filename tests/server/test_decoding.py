"""Bodies that are wrong, huge, cut off or hostile: a clear 4xx, and the server goes on."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.decoding import decode_object
from server.errors import Refusal
from server.limits import Bounds
from tests.server.test_http import code_of
from tests.server.wire import Wire, served, wire

JSON = {"content-type": "application/json"}


async def post(wired: Wire, content: Any) -> Any:
    async with wired.client(**JSON) as client:
        response = await client.post("/graphql", content=content)
        alive = await client.post("/graphql", json={"query": "{ greeting }"})
    assert alive.status_code == 200
    return response


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"1",
        b"null",
        b"true",
        b'"x"',
        b"nonsense",
        b'{"query"',
        b"\xff\xfe",
        b"\x00",
        b'{"query": NaN}',
        b'{"query": "{greeting}", "variables": {"a": 1e400}}',
        b'{"query": "{greeting}", "variables": {"a": -Infinity}}',
        b'{"a": ' + b"9" * 50_000 + b"}",
        b"[" * 50_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"query": "{greeting}", "query": "{fault}"}',
        b'{"query": "{greeting}", "variables": {"a": 1, "a": 2}}',
        b'{"query": "\\ud800"}',
        b'{"query": "{greeting}", "operationName": "\\udfff\\ud800"}',
        '{"query": "{greeting}"}'.encode("utf-16"),
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_body_that_is_no_json_object_is_a_bad_request(body: bytes) -> None:
    response = await post(wire(), body)

    assert response.status_code == 400
    assert code_of(response) in ("BAD_REQUEST", "BATCHING_REFUSED")


async def test_a_body_of_more_than_100_kb_is_cut_off_while_it_is_still_coming() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 10_000
            yield b"x" * 10_000

    wired = wire()
    async with wired.client(**JSON) as client:
        response = await client.post("/graphql", content=endless())

    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LARGE")
    assert sent <= 120_000


async def test_a_body_announced_as_too_large_is_not_read_at_all() -> None:
    async with served(wire()) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(
            b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 1000000000\r\n\r\n"
        )
        answer = await reader.read()
        writer.close()

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"BODY_TOO_LARGE" in answer


async def test_a_body_that_drips_is_cut_off_in_time() -> None:
    bounds = Bounds(body_seconds=0.3)
    async with served(wire(bounds=bounds)) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(
            b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 1000\r\n\r\n{"
        )
        answer = await asyncio.wait_for(reader.read(), 5)
        writer.close()

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"BODY_TOO_SLOW" in answer


async def test_a_request_cut_off_in_its_body_leaves_the_server_answering() -> None:
    async with served(wire()) as server:
        _, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(
            b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 1000\r\n\r\n{"
        )
        writer.close()
        await writer.wait_closed()
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        writer.close()


@pytest.mark.parametrize(
    "text",
    [
        "\uffff",
        "\u202egnp.exe",
        "👩‍👩‍👧",
        "é",
        "e\u0301",
        "x" * 90_000,
        "\u0378",
    ],
    ids=ascii,
)
async def test_odd_text_comes_back_as_it_was_sent(text: str) -> None:
    async with wire().client() as client:
        response = await client.post(
            "/graphql",
            json={"query": "query($n: String!) { greeting(name: $n) }", "variables": {"n": text}},
        )

    assert response.json()["data"] == {"greeting": f"Hello {text}"}


async def test_text_with_a_nul_in_it_is_bad_input_wherever_it_stands() -> None:
    asked = [
        {"query": '{ greeting(name: "a\\u0000b") }'},
        {"query": 'mutation { signIn(input: { email: "a\\u0000b", password: "x" }) }'},
        {"query": "query($n: String!) { greeting(name: $n) }", "variables": {"n": "a\0b"}},
        {
            "query": "query($ids: [ID!]!) { nodes(ids: $ids) { name } }",
            "variables": {"ids": ["a", "\0"]},
        },
    ]
    async with wire().client() as client:
        for body in asked:
            assert code_of(await client.post("/graphql", json=body)) == "BAD_INPUT"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "2147483648"),
        ("number", "9007199254740993"),
        ("number", "1" + "0" * 400),
        ("number", "1.5"),
        ("number", '"1,00"'),
        ("number", "true"),
        ("amount", "1e5"),
        ("amount", "12.50"),
        ("amount", '"1,00"'),
        ("amount", '"NaN"'),
    ],
)
async def test_numbers_that_do_not_fit_are_bad_input_and_never_rounded(
    field: str, value: str
) -> None:
    kind = {"number": "Int!", "amount": "Amount!"}[field]
    document = f"query($v: {kind}) {{ {field}(value: $v) }}"
    body = f'{{"query": "{document}", "variables": {{"v": {value}}}}}'

    response = await post(wire(), body.encode())

    assert code_of(response) == "BAD_INPUT"
    if value != "true":
        literal = await post(wire(), b'{"query": "{ %s(value: %s) }"}' % (
            field.encode(), value.replace('"', '\\"').encode()
        ))  # fmt: skip
        assert code_of(literal) == "BAD_INPUT"


def test_integers_keep_every_digit() -> None:
    assert decode_object(b'{"n": 18446744073709551617}', depth=20) == {"n": 2**64 + 1}


def test_brackets_inside_strings_are_no_depth() -> None:
    text = '{"a": "' + "[" * 100 + '\\"{{{{"}'

    assert decode_object(text.encode(), depth=2)


def test_depth_is_counted_to_the_level() -> None:
    assert decode_object(b'{"a":' * 20 + b"1" + b"}" * 20, depth=20)
    with pytest.raises(Refusal, match="nested deeper than 20"):
        decode_object(b'{"a":' * 21 + b"1" + b"}" * 21, depth=20)
