"""The rest of the site: pages, their files, health, metrics."""

import gzip
from typing import Any

import pytest

import web
from server.envelope import page_policy
from tests.server.wire import ANNA_TOKEN, Wire, wire


async def get(wired: Wire, path: str, **headers: str) -> Any:
    async with wired.client(**headers) as client:
        return await client.get(path)


async def test_who_is_not_signed_in_is_led_to_the_sign_in_page_and_back() -> None:
    wired = wire()

    led = await get(wired, "/board?due=SOON")
    stale = await get(wired, "/board", cookie="openpractice=op_live_" + "z" * 43)

    assert led.status_code == stale.status_code == 303
    assert led.headers["location"].startswith("/sign-in?next=%2Fboard")
    assert (await get(wired, "/sign-in")).status_code == 200


async def test_a_page_is_shown_to_who_is_signed_in_and_loads_from_here_alone() -> None:
    page = await get(wire(), "/board", cookie=f"openpractice={ANNA_TOKEN}")

    assert page.status_code == 200
    policy = page.headers["content-security-policy"]
    assert f"script-src 'self' '{web.IMPORT_MAP_SHA256}'" in policy
    assert "https:" not in policy


def test_with_a_file_store_a_page_may_send_there_and_nowhere_else() -> None:
    policy = page_policy("https://files.example:8333/some/where")

    assert policy.endswith("; connect-src 'self' https://files.example:8333")
    assert "connect-src" not in page_policy("")


async def test_a_page_travels_compressed_to_who_can_unpack_it() -> None:
    wired = wire()
    plain = await get(wired, "/sign-in", **{"accept-encoding": "identity"})
    small = await get(wired, "/sign-in", **{"accept-encoding": "gzip"})

    assert plain.text == small.text == web.page("sign-in")
    assert "content-encoding" not in plain.headers
    assert int(small.headers["content-length"]) < len(plain.content) // 2


async def test_the_root_leads_to_the_first_page() -> None:
    led = await get(wire(), "/")

    assert (led.status_code, led.headers["location"]) == (303, next(iter(web.PAGES)))


async def test_a_file_is_served_compressed_and_not_again_while_it_is_the_same() -> None:
    wired = wire()
    path = "/assets/web/pages/theme.js"
    async with wired.client() as client:
        plain = await client.get(path, headers={"accept-encoding": "identity"})
        small = await client.get(path, headers={"accept-encoding": "gzip"})
        again = await client.get(path, headers={"if-none-match": plain.headers["etag"]})

    assert plain.content == small.content == (web.FOLDER / "pages" / "theme.js").read_bytes()
    assert plain.headers["content-type"].startswith("text/javascript")
    assert int(small.headers["content-length"]) == len(gzip.compress(plain.content, 6, mtime=0))
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/assets/web/__init__.py",
        "/assets/web/../server/settings.py",
        "/assets/web/%2e%2e/pyproject.toml",
        "/assets/web//etc/passwd",
        "/assets/npm/../pyproject.toml",
        "/assets/npm/axe-core/axe.js",
        "/assets/web/pages/theme.js%00.css",
        "/assets/web/pages",
        "/assets/",
        "/assets/nothing",
    ],
)
async def test_no_other_file_can_be_had(path: str) -> None:
    assert (await get(wire(), path)).status_code == 404


async def test_graphiqls_files_are_served_in_development_alone() -> None:
    path = "/assets/npm/graphiql/graphiql.min.js"

    assert (await get(wire(), path)).status_code == 200
    assert (await get(wire(production=True), path)).status_code == 404


async def test_health_tells_alive_from_ready() -> None:
    async def away() -> None:
        raise ConnectionError("secret host")

    wired = wire(checks={"database": away})

    live, ready = await get(wired, "/health/live"), await get(wired, "/health/ready")

    assert (live.status_code, ready.status_code) == (200, 503)
    assert "secret host" not in ready.text
    assert (await get(wire(), "/health/ready")).status_code == 200


async def test_metrics_count_operations_and_are_told_on_this_machine_only() -> None:
    wired = wire()
    async with wired.client() as client:
        await client.post("/graphql", json={"query": "{ greeting }"})
        await client.post("/graphql", json={"query": "{ fault }"})
        told = (await client.get("/metrics")).text
    stranger = await get(wire(client_address="203.0.113.7"), "/metrics")

    assert 'openpractice_operations_total{door="staff",kind="query",outcome="OK"}' in told
    assert 'openpractice_operations_total{door="staff",kind="query",outcome="INTERNAL"}' in told
    assert "openpractice_operation_seconds_bucket" in told
    assert stranger.status_code == 403


async def test_a_fault_in_any_route_is_masked_and_carries_its_request_id(
    logged: list[Any],
) -> None:
    wired = wire(raise_faults=False)
    wired.practice.broken = RuntimeError("secret")

    response = await get(wired, "/board", cookie=f"openpractice={ANNA_TOKEN}")

    assert response.status_code == 500
    assert response.json()["errors"][0]["message"] == "Something went wrong on our side."
    assert response.headers["x-request-id"]
    assert "secret" not in response.text
    assert "secret" in str(logged)
