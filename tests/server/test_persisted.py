"""Documents known beforehand: asked for by their SHA-256, by GET in production too."""

import hashlib
from pathlib import Path
from typing import Any

import orjson
import pytest

from server.persisted import Persisted
from tests.server.test_http import code_of
from tests.server.wire import wire

GREET = "query Greet($n: String!) { greeting(name: $n) }"
LONG = "{ " + " ".join(f'a{n}: greeting(name: "{n}")' for n in range(30)) + " }  # " + " , " * 5_000
CHANGE = 'mutation { rename(name: "x") }'
KNOWN = Persisted([GREET, LONG, CHANGE])


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def apollo(text: str) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": sha256(text)}}


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": sha256(GREET)},
        {"documentId": f"sha256:{sha256(GREET)}"},
        {"documentId": sha256(GREET).upper()},
        {"extensions": apollo(GREET)},
        {"extensions": apollo(GREET), "query": GREET},
    ],
    ids=", ".join,
)
async def test_a_known_document_runs_by_its_hash(body: dict[str, Any]) -> None:
    async with wire(production=True, persisted=KNOWN).client() as client:
        posted = await client.post("/graphql", json={**body, "variables": {"n": "Anna"}})
        parameters = {
            name: part if isinstance(part, str) else orjson.dumps(part).decode()
            for name, part in {**body, "variables": {"n": "Anna"}}.items()
        }
        got = await client.get("/graphql", params=parameters)

    assert posted.json()["data"] == got.json()["data"] == {"greeting": "Hello Anna"}


async def test_a_known_document_that_changes_something_is_not_run_by_get() -> None:
    wired = wire(production=True, persisted=KNOWN)
    async with wired.client() as client:
        response = await client.get("/graphql", params={"documentId": sha256(CHANGE)})

    assert (response.status_code, code_of(response)) == (405, "METHOD_NOT_ALLOWED")
    assert wired.practice.names == []


@pytest.mark.parametrize("asked", ["0" * 64, "sha256:", "x", "../../etc/passwd", "a\x00b", ""])
async def test_an_unknown_hash_is_told_in_the_words_that_clients_know(asked: str) -> None:
    async with wire(persisted=KNOWN).client() as client:
        response = await client.post("/graphql", json={"documentId": asked})

    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert code_of(response) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_hash_that_is_not_the_documents_is_refused() -> None:
    async with wire(persisted=KNOWN).client() as client:
        response = await client.post(
            "/graphql", json={"query": "{ greeting }", "extensions": apollo(GREET)}
        )

    assert (response.status_code, code_of(response)) == (400, "BAD_REQUEST")


async def test_a_client_cannot_teach_us_a_document() -> None:
    text = "{ greeting }"
    async with wire(production=True, persisted=KNOWN).client() as client:
        taught = await client.post("/graphql", json={"query": text, "extensions": apollo(text)})
        asked = await client.post("/graphql", json={"extensions": apollo(text)})

    assert taught.json()["data"] == {"greeting": "Hello you"}
    assert code_of(asked) == "PERSISTED_QUERY_NOT_FOUND"


async def test_known_documents_may_be_of_any_length_however_they_are_sent() -> None:
    many = "{ " + " ".join(["person { name }"] * 19) + " }" + " # comment\n" * 2_000
    async with wire(persisted=Persisted([many])).client() as client:
        by_hash = await client.post("/graphql", json={"documentId": sha256(many)})
        by_text = await client.post("/graphql", json={"query": many})
        unknown = await client.post("/graphql", json={"query": many + "#"})

    assert "errors" not in by_hash.json()
    assert "errors" not in by_text.json()
    assert code_of(unknown) == "GRAPHQL_PARSE_FAILED"


def test_a_folder_of_documents_and_apollo_manifests_is_read(tmp_path: Path) -> None:
    (tmp_path / "Greet.graphql").write_text(GREET)
    (tmp_path / "manifest.json").write_bytes(
        orjson.dumps({"format": "apollo-persisted-query-manifest", "version": 1,
                      "operations": [{"id": "1", "name": "C", "type": "mutation", "body": CHANGE}]})
    )  # fmt: skip

    known = Persisted.folder(tmp_path)

    assert len(known) == 2
    assert known.text(sha256(CHANGE)) == CHANGE
