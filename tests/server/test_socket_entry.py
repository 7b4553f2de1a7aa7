"""Being let into a socket: every way in, and the close code of every way to fail."""

from typing import Any

import pytest
import websockets

from models.errors import Overloaded, Unavailable
from server.limits import Bounds
from tests.server.talking import closed, enter, hear, say, subscribe
from tests.server.wire import ANNA_TOKEN, SECRET, Served, served, wire


async def test_a_socket_without_our_protocol_is_closed_with_4406(server: Served) -> None:
    for protocol in ("graphql-ws", None):
        async with server.connect(protocol=protocol) as socket:
            assert await closed(socket) == 4406


async def test_a_foreign_page_is_refused_at_the_handshake(server: Served) -> None:
    headers = {"cookie": f"openpractice={ANNA_TOKEN}"}
    for origin in ("https://evil.test", "null", "http://127.0.0.1:1", "nonsense://["):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await server.connect(origin=origin, additional_headers=headers)
        assert refused.value.response.status_code == 403


async def test_a_page_of_ours_enters_by_its_cookie(server: Served) -> None:
    headers = {"cookie": f"openpractice={ANNA_TOKEN}"}
    origin = f"http://127.0.0.1:{server.port}"
    async with server.connect(origin=origin, additional_headers=headers) as socket:
        await say(socket, type="connection_init")
        assert (await hear(socket))["type"] == "connection_ack"
        await subscribe(socket, "1", "{ whoami }")
        assert (await hear(socket))["payload"]["data"] == {"whoami": "owner"}


async def test_a_cookie_without_an_origin_lets_nobody_in(server: Served) -> None:
    headers = {"cookie": f"openpractice={ANNA_TOKEN}"}
    async with server.connect(additional_headers=headers) as socket:
        await say(socket, type="connection_init")
        assert await closed(socket) == 4403


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"token": "nonsense"},
        {"token": "op_live_" + "z" * 43},
        {"token": 1},
        {"authorization": "Bearer nonsense"},
        {"authorization": "Basic nonsense"},
    ],
)
async def test_who_brings_nothing_that_opens_is_closed_with_4403(
    server: Served, payload: dict[str, Any]
) -> None:
    async with server.connect() as socket:
        await say(socket, type="connection_init", payload=payload)
        assert await closed(socket) == 4403


async def test_an_authorization_in_the_payload_is_as_good_as_a_token(server: Served) -> None:
    async with server.connect() as socket:
        await say(socket, type="connection_init", payload={"Authorization": f"Bearer {ANNA_TOKEN}"})
        assert (await hear(socket))["type"] == "connection_ack"


async def test_a_fault_while_somebody_enters_closes_with_4500(
    server: Served, logged: list[Any]
) -> None:
    server.practice.broken = RuntimeError(SECRET)
    async with server.connect() as socket:
        await say(socket, type="connection_init", payload={"token": ANNA_TOKEN})
        assert await closed(socket) == 4500
        assert SECRET not in str(socket.close_reason)
    assert any(entry["event"] == "socket fault" for entry in logged)


@pytest.mark.parametrize("away", [Unavailable(), Overloaded(), TimeoutError()], ids=repr)
async def test_while_the_database_is_away_one_is_asked_to_come_back(
    server: Served, away: Exception
) -> None:
    server.practice.broken = away
    async with server.connect() as socket:
        await say(socket, type="connection_init", payload={"token": ANNA_TOKEN})
        assert await closed(socket) == 1013  # after 4500 no client of graphql-ws would try again


async def test_nobody_enters_by_what_is_remembered_of_their_session(server: Served) -> None:
    bearer = {"authorization": f"Bearer {ANNA_TOKEN}"}
    async with server.wire.client(**bearer) as http:
        await http.post("/graphql", json={"query": "{ whoami }"})
        del server.practice.holders[ANNA_TOKEN]
        still = await http.post("/graphql", json={"query": "{ whoami }"})
        assert still.json()["data"] == {"whoami": "owner"}, "HTTP remembers for some seconds"

    async with server.connect() as socket:
        await say(socket, type="connection_init", payload={"token": ANNA_TOKEN})
        assert await closed(socket) == 4403


async def test_subscribing_before_entering_is_closed_with_4401(server: Served) -> None:
    async with server.connect() as socket:
        await subscribe(socket, "1", "{ greeting }")
        assert await closed(socket) == 4401


async def test_entering_twice_is_closed_with_4429(server: Served) -> None:
    async with server.connect() as socket:
        await enter(socket)
        await say(socket, type="connection_init", payload={"token": ANNA_TOKEN})
        assert await closed(socket) == 4429


async def test_entering_twice_at_once_is_closed_with_4429(server: Served) -> None:
    async with server.connect() as socket:
        for _ in range(2):
            await say(socket, type="connection_init", payload={"token": ANNA_TOKEN})
        assert await closed(socket) == 4429


async def test_who_does_not_enter_in_time_is_closed_with_4408() -> None:
    async with served(wire(bounds=Bounds(init_seconds=0.2))) as server, server.connect() as socket:
        await say(socket, type="ping")
        assert await closed(socket) == 4408


async def test_a_full_server_asks_to_come_back_later() -> None:
    wired = wire(most_sockets=1)
    async with served(wired) as server, server.connect() as first:
        await enter(first)
        async with server.connect() as second:
            assert await closed(second) == 1013
        await say(first, type="ping")
        assert (await hear(first))["type"] == "pong"
