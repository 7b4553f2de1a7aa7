"""GraphQL over server-sent events, distinct connections: what is asked, and what is told."""

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Any

import pytest

from server.doors import Call
from server.limits import Bounds
from server.persisted import Persisted
from tests.server.practice import ANNA_TOKEN, BEN_TOKEN, SECRET
from tests.server.streaming import EVENTS, Told, listening
from tests.server.test_sockets import BAD_OPERATIONS
from tests.server.wire import Served, served, wire

DONE = Told("complete")


async def test_queries_mutations_and_subscriptions_all_run_as_streams(server: Served) -> None:
    asked = "query($n: String!) { greeting(name: $n) whoami }"
    async with listening(server.port, asked, token=BEN_TOKEN, n="Zoë\nB") as query:
        assert query.response.headers["content-type"] == "text/event-stream; charset=utf-8"
        [told, done] = await query.rest()
        assert told.says["data"] == {"greeting": "Hello Zoë\nB", "whoami": "staff"}
        assert told.says["extensions"]["cost"] == {"points": 0, "limit": 5000}
        assert done == DONE
    async with listening(server.port, 'mutation { rename(name: "New") }') as mutation:
        [told, done] = await mutation.rest()
        assert (told.says["data"], done) == ({"rename": "New"}, DONE)
        assert server.practice.names == ["New"]
    async with listening(server.port, "subscription { ticks(count: 2) }") as stream:
        ticks = await stream.rest()
        assert [one.says["data"] for one in ticks[:-1]] == [{"ticks": 0}, {"ticks": 1}]
        assert ticks[-1] == DONE


async def test_a_stream_is_kept_by_no_cache_and_held_back_by_no_proxy(server: Served) -> None:
    async with listening(server.port, "subscription { forever }") as stream:
        assert (await stream.hear()) is not None
        headers = stream.response.headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-accel-buffering"] == "no"
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert "accept" in headers["vary"].lower()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-request-id"]


async def test_a_persisted_subscription_is_followed_by_get_as_well() -> None:
    text = "subscription Ticks { ticks(count: 1) }"
    wired = wire(production=True, persisted=Persisted([text]))
    async with (
        served(wired) as server,
        wired.client(authorization=f"Bearer {ANNA_TOKEN}", accept=EVENTS) as anna,
    ):
        known = await anna.get("/graphql", params={"documentId": sha256(text.encode()).hexdigest()})
        other = await anna.get("/graphql", params={"query": "subscription { ticks }"})

        assert known.text.endswith('"limit":5000}}}\n\nevent: complete\ndata:\n\n')
        assert '{"ticks":0}' in known.text
        assert (other.status_code, server.practice.followers) == (405, [])


@pytest.mark.parametrize(
    "name", sorted(set(BAD_OPERATIONS) - {"type of query", "type of variables", "no query"})
)
async def test_what_is_wrong_with_an_operation_is_told_by_an_event(
    server: Served, name: str
) -> None:
    payload, code = BAD_OPERATIONS[name]
    sent: Any = {"query": payload} if isinstance(payload, str) else payload
    headers = {"authorization": f"Bearer {ANNA_TOKEN}", "accept": EVENTS}

    async with server.wire.client(**headers) as anna:
        answer = await anna.post("/graphql", json=sent)

    assert answer.status_code == 200
    assert f'"code":"{code}"' in answer.text
    assert answer.text.endswith("\n\nevent: complete\ndata:\n\n")


async def test_what_is_no_graphql_request_is_refused_by_its_status(server: Served) -> None:
    anna = {"authorization": f"Bearer {ANNA_TOKEN}", "accept": EVENTS}
    cookie = {"cookie": f"openpractice={ANNA_TOKEN}", "accept": EVENTS}
    forever = {"query": "subscription { forever }"}
    async with server.wire.client() as http:
        answers = {
            400: await http.post("/graphql", json={"query": 1}, headers=anna),
            401: await http.post("/graphql", json=forever, headers={"accept": EVENTS}),
            403: await http.post("/graphql", json=forever, headers=cookie),
            405: await http.put("/graphql", json=forever, headers=anna),
            413: await http.post("/graphql", json={"query": "#" * 100_001}, headers=anna),
            415: await http.post("/graphql", content="x", headers=anna),
        }

    for status, answer in answers.items():
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/json; charset=utf-8"
        assert answer.json()["errors"][0]["extensions"]["requestId"]
    assert server.practice.followers == []


async def test_a_page_of_ours_is_told_by_its_cookie(server: Served) -> None:
    ours = {
        "cookie": f"openpractice={ANNA_TOKEN}",
        "origin": f"http://127.0.0.1:{server.port}",
        "x-openpractice": "1",
    }
    async with listening(server.port, "{ whoami }", token=None, headers=ours) as stream:
        [told, _] = await stream.rest()
    assert told.says["data"] == {"whoami": "owner"}


async def test_signing_in_by_a_stream_gives_the_cookie(server: Served) -> None:
    ours = {"origin": f"http://127.0.0.1:{server.port}", "x-openpractice": "1"}
    sign_in = 'mutation { signIn(input: { email: "a@b.example", password: "secret" }) }'
    async with listening(server.port, sign_in, token=None, headers=ours) as stream:
        assert await stream.rest()
    assert f"openpractice={ANNA_TOKEN}" in stream.response.headers["set-cookie"]


async def test_a_fault_in_a_stream_ends_it_masked(server: Served, logged: list[Any]) -> None:
    async with listening(server.port, "subscription { breaks }") as stream:
        [good, bad, done] = await stream.rest()

    assert good.says["data"] == {"breaks": 1}
    assert bad.says["errors"][0]["message"] == "Something went wrong on our side."
    assert done == DONE
    [fault] = [entry for entry in logged if entry["event"] == "fault"]
    assert fault["request_id"] == bad.says["errors"][0]["extensions"]["requestId"]
    assert SECRET in str(fault["exc_info"])


async def test_a_silent_stream_gives_signs_of_life() -> None:
    async with (
        served(wire(bounds=Bounds(beat_seconds=0.05))) as server,
        listening(server.port, "subscription { forever }") as stream,
    ):
        assert (await stream.hear()) is not None
        await stream.until_beat()
        await stream.until_beat()
        server.practice.tell("news")
        told = await stream.hear()
    assert told is not None
    assert told.says["data"] == {"forever": "news"}


async def test_a_full_server_asks_to_come_back_later() -> None:
    async with (
        served(wire(most_sockets=1)) as server,
        listening(server.port, "subscription { forever }") as first,
    ):
        assert (await first.hear()) is not None
        async with listening(server.port, "subscription { forever }") as second:
            assert second.response.status_code == 503
            assert second.response.headers["retry-after"] == "1"
        async with listening(server.port, "{ greeting }") as query:
            assert len(await query.rest()) == 2


# ----------------------------------------------------------------------------------- where it stood


async def test_an_event_has_its_cursor_as_its_id(server: Served) -> None:
    asked = "subscription($since: String) { news: log(since: $since) { cursor entry } }"
    async with listening(server.port, asked, since="1") as stream:
        ids = [one.id for one in await stream.rest()]
    assert ids == ["2", "3", None]


async def test_a_client_that_was_cut_off_goes_on_after_the_last_event_it_heard(
    server: Served,
) -> None:
    asked = "subscription($since: String) { log(since: $since) { cursor entry } }"
    cut_off = {"last-event-id": "2"}
    async with listening(server.port, asked, headers=cut_off, since="0") as stream:
        told = await stream.rest()
    assert [one.says["data"]["log"]["entry"] for one in told[:-1]] == ["entry 3"]


@pytest.mark.parametrize(
    "asked",
    [
        'subscription { log(since: "0") { cursor entry } }',
        "subscription { log { cursor entry } }",
        "subscription($since: String) { log(since: $since) { entry } }",
        "subscription($since: String) { log(since: $since) { cursor: entry } }",
        "subscription($since: String) { log(since: $since) { cursor reason: entry } }",
    ],
)
async def test_what_cannot_be_resumed_by_it_has_no_id(server: Served, asked: str) -> None:
    async with listening(server.port, asked) as stream:
        told = await stream.rest()
    assert len(told) == 4
    assert [one.id for one in told] == [None] * 4


async def test_who_would_miss_events_by_a_last_event_id_is_refused(server: Served) -> None:
    asked, cut_off = "subscription { log { cursor entry } }", {"last-event-id": "2"}
    async with listening(server.port, asked, headers=cut_off) as stream:
        assert stream.response.status_code == 400


PAYLOADS = ['{"data":{"log":{"cursor":"7","entry":"ü"}}}'.encode(), b'{"data":{"log":null}}']


async def test_what_many_are_told_alike_comes_as_it_was_written_at_once_or_in_turn() -> None:
    taken: list[bool] = []

    async def alike(*_: Any, call: Call, **__: Any) -> AsyncIterator[bytes]:
        async def told() -> AsyncIterator[bytes]:
            for payload in PAYLOADS:
                taken.append(call.push is not None and call.push(payload))
                if not taken[-1]:
                    yield payload

        return told()

    asked = "subscription($since: String) { log(since: $since) { cursor entry } }"
    wired = wire(subscribe=alike)
    async with served(wired) as server, listening(server.port, asked) as stream:
        told = await stream.rest()
    anna = {"authorization": f"Bearer {ANNA_TOKEN}", "accept": EVENTS}
    async with wired.client(**anna) as plain:  # an ASGI server that is not ours
        answer = await plain.post("/graphql", json={"query": asked})

    assert taken == [True, True, False, False]
    assert [one.id for one in told] == ["7", None, None]
    assert told[0].says == {"data": {"log": {"cursor": "7", "entry": "ü"}}}
    assert answer.text == (
        ':\n\nevent: next\nid: 7\ndata: {"data":{"log":{"cursor":"7","entry":"ü"}}}\n\n'
        'event: next\ndata: {"data":{"log":null}}\n\nevent: complete\ndata:\n\n'
    )
