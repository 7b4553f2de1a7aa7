"""GraphQL over HTTP: how a request may be put, and how it is answered."""

from typing import Any

import httpx
import pytest

from tests.server.wire import ANNA_TOKEN, wire

GRAPHQL = "application/graphql-response+json"


async def ask(body: Any, **headers: str) -> httpx.Response:
    async with wire().client(**headers) as client:
        return await client.post("/graphql", json=body)


def code_of(response: httpx.Response) -> str:
    found: str = response.json()["errors"][0]["extensions"]["code"]
    return found


async def test_a_query_is_answered_with_its_data_and_its_cost() -> None:
    response = await ask({"query": '{ greeting(name: "Anna") report }'})

    assert response.status_code == 200
    assert response.json() == {
        "data": {"greeting": "Hello Anna", "report": "figures"},
        "extensions": {"cost": {"points": 40, "limit": 5000}},
    }


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, application/json;q=0.9", GRAPHQL),
        (f"{GRAPHQL};q=0.2, application/json;q=0.3", "application/json"),
        (f"application/json, {GRAPHQL}", "application/json"),
        (f"*/*, {GRAPHQL};q=1.0", GRAPHQL),
        (f"text/html, {GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL};q=nonsense, application/json", "application/json"),
    ],
)
async def test_the_answer_is_of_the_kind_the_client_likes_best(accept: str, answered: str) -> None:
    response = await ask({"query": "{ greeting }"}, accept=accept)

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{answered}; charset=utf-8"


@pytest.mark.parametrize(
    "accept", ["text/html", "image/png", f"{GRAPHQL};q=0", f"{GRAPHQL};charset=latin-1"]
)
async def test_a_client_that_accepts_nothing_we_write_is_told_so(accept: str) -> None:
    response = await ask({"query": "{ greeting }"}, accept=accept)

    assert (response.status_code, code_of(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{ greeting"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": ""}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "fragment F on Query { greeting }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { greeting } query B { greeting }"}, "OPERATION_NOT_FOUND"),
        ({"query": "query A { greeting }", "operationName": "B"}, "OPERATION_NOT_FOUND"),
        ({"query": "query($n: Int!) { number(value: $n) }"}, "BAD_INPUT"),
    ],
)
async def test_what_cannot_be_run_has_no_data_and_status_400_only_for_clients_that_know_it(
    body: dict[str, Any], code: str
) -> None:
    modern = await ask(body, accept=GRAPHQL)
    plain = await ask(body, accept="application/json")

    assert (modern.status_code, plain.status_code) == (400, 200)
    assert code_of(modern) == code_of(plain) == code
    assert "data" not in modern.json()


async def test_an_error_of_a_field_is_a_partial_answer_and_not_a_failed_request() -> None:
    response = await ask({"query": "{ greeting forbidden }"}, accept=GRAPHQL)

    assert response.status_code == 200
    assert response.json()["data"] == {"greeting": "Hello you", "forbidden": None}
    error = response.json()["errors"][0]
    assert error["message"] == "This needs the permission clients:edit."
    assert error["path"] == ["forbidden"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]


@pytest.mark.parametrize(
    "body",
    [
        {"query": 1},
        {"query": ["{ greeting }"]},
        {"query": None},
        {},
        {"query": "{ greeting }", "variables": "x"},
        {"query": "{ greeting }", "variables": [1]},
        {"query": "{ greeting }", "operationName": 1},
        {"query": "{ greeting }", "extensions": "x"},
        {"query": "{ greeting }", "extensions": {"persistedQuery": 1}},
        {"documentId": {"a": 1}},
    ],
)
async def test_parameters_of_the_wrong_type_are_named(body: dict[str, Any]) -> None:
    for accept in (GRAPHQL, "application/json"):
        response = await ask(body, accept=accept)
        assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


async def test_null_parameters_are_as_good_as_absent_ones() -> None:
    absent = dict.fromkeys(["variables", "operationName", "extensions", "documentId"])

    response = await ask({"query": "{ greeting }", **absent})

    assert response.json()["data"] == {"greeting": "Hello you"}


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonfoo",
        "application/json; charset=latin-1",
        "application/graphql",
    ],
)
async def test_a_body_that_is_not_json_by_its_name_is_refused_and_changes_nothing(
    content_type: str | None,
) -> None:
    wired = wire()
    body = b'{"query": "mutation { rename(name: \\"x\\") }"}'
    async with wired.client() as client:
        request = client.build_request("POST", "/graphql", content=body)
        if content_type:
            request.headers["content-type"] = content_type
        response = await client.send(request)

    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert wired.practice.names == []


async def test_a_compressed_body_is_refused() -> None:
    response = await ask({"query": "{ greeting }"}, **{"content-encoding": "gzip"})

    assert (response.status_code, code_of(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("body", [[], [{"query": "{ greeting }"}] * 1000])
async def test_a_batch_is_refused_by_its_name(body: list[Any]) -> None:
    response = await ask(body)

    assert (response.status_code, code_of(response)) == (400, "BATCHING_REFUSED")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
async def test_other_methods_are_told_which_ones_there_are(method: str) -> None:
    async with wire().client() as client:
        response = await client.request(method, "/graphql")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


async def test_a_query_may_come_by_get_in_development() -> None:
    async with wire().client() as client:
        response = await client.get(
            "/graphql",
            params={
                "query": "query($n: String) { greeting(name: $n) }",
                "variables": '{"n": "Anna"}',
                "operationName": "",
            },
        )

    assert response.json()["data"] == {"greeting": "Hello Anna"}


async def test_a_mutation_by_get_is_refused_and_changes_nothing() -> None:
    wired = wire()
    async with wired.client() as client:
        response = await client.get("/graphql", params={"query": 'mutation { rename(name: "x") }'})

    assert (response.status_code, code_of(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "POST"
    assert wired.practice.names == []


@pytest.mark.parametrize(
    "query",
    [
        "query=%7Bgreeting%7D&query=%7Bgreeting%7D",
        "query=%ff%fe",
        "query=%7Bgreeting%7D&variables=%5B1%5D",
        "query=%7Bgreeting%7D&variables=nonsense",
        "&".join(f"a{n}=1" for n in range(100)),
        "nothing=1",
    ],
)
async def test_a_query_string_that_cannot_be_read_is_a_bad_request(query: str) -> None:
    async with wire().client() as client:
        response = await client.get(f"/graphql?{query}")

    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


async def test_a_subscription_over_http_is_sent_to_the_socket() -> None:
    response = await ask({"query": "subscription { ticks }"})

    assert (response.status_code, code_of(response)) == (400, "USE_A_SOCKET")


async def test_in_production_get_takes_persisted_documents_alone() -> None:
    async with wire(production=True).client() as client:
        response = await client.get("/graphql", params={"query": "{ greeting }"})

    assert (response.status_code, code_of(response)) == (405, "PERSISTED_QUERY_REQUIRED")


async def test_in_production_strangers_get_neither_schema_nor_suggestions() -> None:
    wired = wire(production=True)
    async with (
        wired.client() as stranger,
        wired.client(authorization=f"Bearer {ANNA_TOKEN}") as anna,
    ):
        schema = {"query": "{ __schema { queryType { name } } }"}
        typo = {"query": "{ greetin }"}
        assert code_of(await stranger.post("/graphql", json=schema)) == "INTROSPECTION_CLOSED"
        assert (await anna.post("/graphql", json=schema)).json()["data"]
        assert "Did you mean" not in (await stranger.post("/graphql", json=typo)).text
        assert "Did you mean" in (await anna.post("/graphql", json=typo)).text
        page = await stranger.get("/graphql", headers={"accept": "text/html"})
        assert page.status_code == 406


async def test_every_answer_carries_its_request_id_and_closes_the_browsers_doors() -> None:
    async with wire(production=True).client() as client:
        taken = await client.get("/health/live", headers={"x-request-id": "trace-12345678"})
        made = await client.get("/nowhere", headers={"x-request-id": "bad id\t<script>"})

    assert taken.headers["x-request-id"] == "trace-12345678"
    assert len(made.headers["x-request-id"]) == 32
    for response in (taken, made):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["strict-transport-security"].startswith("max-age=63072000")
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert "unsafe-inline" not in response.headers["content-security-policy"]
