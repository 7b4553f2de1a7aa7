"""Who is asking: tokens, Basic, cookies; and what only a page of ours may do with a cookie."""

import base64
from collections.abc import Collection
from typing import Any

import httpx
import pytest

from models.errors import Overloaded
from models.viewer import Viewer
from server.authentication import Sessions
from server.errors import Throttled
from server.sign_ins import SignInThrottle
from tests.server.practice import ANNA, ANNA_TOKEN, BEN_TOKEN
from tests.server.test_http import code_of
from tests.server.wire import wire

WHOAMI = {"query": "{ whoami }"}
OURS = {"origin": "http://practice.test", "x-openpractice": "1"}
SIGN_IN = {"query": 'mutation { signIn(input: { email: "anna@firm.test", password: "secret" }) }'}


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


@pytest.mark.parametrize(
    "authorization",
    [
        f"Bearer {ANNA_TOKEN}",
        f"bearer  {ANNA_TOKEN}",
        basic("", ANNA_TOKEN),
        basic("power-bi", ANNA_TOKEN),
    ],
)
async def test_a_token_tells_who_is_asking(authorization: str) -> None:
    async with wire().client(authorization=authorization) as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": "owner"}


async def test_without_any_of_them_nobody_is_asking() -> None:
    async with wire().client() as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": None}


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer op_live_" + "z" * 43,
        "Bearer nonsense",
        "Bearer",
        f"Bearer {ANNA_TOKEN} x",
        "Basic nonsense",
        "Basic /w==",
        basic("anna", "op_live_short"),
        "Digest x",
        f"{ANNA_TOKEN}",
        "",
    ],
)
async def test_an_authorization_that_opens_nothing_is_refused(authorization: str) -> None:
    async with wire().client(authorization=authorization) as client:
        response = await client.post("/graphql", json=WHOAMI)

    assert (response.status_code, code_of(response)) == (401, "UNAUTHENTICATED")
    assert response.headers["www-authenticate"].startswith("Bearer")


async def test_a_page_of_ours_asks_by_its_cookie() -> None:
    async with wire().client(cookie=f"openpractice={ANNA_TOKEN}", **OURS) as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": "owner"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://practice.test"},
        {"x-openpractice": "1"},
        {"origin": "https://evil.test", "x-openpractice": "1"},
        {"origin": "null", "x-openpractice": "1"},
        {"origin": "http://practice.test.evil.test", "x-openpractice": "1"},
        {"origin": "http://practice.test:8080", "x-openpractice": "1"},
        {**OURS, "sec-fetch-site": "cross-site"},
        {**OURS, "sec-fetch-site": "same-site"},
        {**OURS, "x-openpractice": "0"},
    ],
    ids=str,
)
async def test_a_cookie_from_anywhere_else_is_refused_and_changes_nothing(
    headers: dict[str, str],
) -> None:
    wired = wire()
    async with wired.client(cookie=f"openpractice={ANNA_TOKEN}", **headers) as client:
        response = await client.post("/graphql", json={"query": 'mutation { rename(name: "x") }'})

    assert (response.status_code, code_of(response)) == (403, "CSRF_REFUSED")
    assert wired.practice.names == []


async def test_a_token_may_come_from_any_page_because_no_browser_adds_it() -> None:
    headers = {"authorization": f"Bearer {BEN_TOKEN}", "origin": "https://tool.test"}
    async with wire().client(cookie=f"openpractice={ANNA_TOKEN}", **headers) as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": "staff"}


async def test_behind_a_proxy_that_ends_tls_the_page_is_https_and_still_ours() -> None:
    headers = {**OURS, "origin": "https://practice.test"}
    async with wire(production=True).client(
        cookie=f"__Host-openpractice={ANNA_TOKEN}", **headers
    ) as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": "owner"}


async def test_in_production_only_the_host_bound_cookie_counts() -> None:
    async with wire(production=True).client(cookie=f"openpractice={ANNA_TOKEN}", **OURS) as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": None}


async def test_a_session_that_is_over_leaves_a_cookie_that_counts_as_nobody() -> None:
    async with wire().client(cookie="openpractice=op_live_" + "z" * 43, **OURS) as client:
        assert (await client.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": None}


async def test_signing_in_on_a_page_of_ours_sets_the_cookie_and_signing_out_ends_it() -> None:
    async with wire(production=True).client(**{**OURS, "origin": "https://practice.test"}) as page:
        signed_in = await page.post("/graphql", json=SIGN_IN)
        assert signed_in.headers["set-cookie"] == (
            f"__Host-openpractice={ANNA_TOKEN}; Path=/; HttpOnly; SameSite=Lax;"
            " Max-Age=2592000; Secure"
        )
        page.headers["cookie"] = f"__Host-openpractice={ANNA_TOKEN}"
        signed_out = await page.post("/graphql", json={"query": "mutation { signOut }"})
        assert "Max-Age=0" in signed_out.headers["set-cookie"]


async def test_over_plain_http_in_development_the_cookie_is_not_bound_to_tls() -> None:
    async with wire().client(**OURS) as page:
        cookie = (await page.post("/graphql", json=SIGN_IN)).headers["set-cookie"]

    assert cookie.startswith(f"openpractice={ANNA_TOKEN}; Path=/; HttpOnly; SameSite=Lax")
    assert "Secure" not in cookie


@pytest.mark.parametrize("headers", [{}, {**OURS, "origin": "https://evil.test"}], ids=str)
async def test_nobody_elses_page_can_sign_a_browser_in(headers: dict[str, str]) -> None:
    async with wire().client(**headers) as client:
        response = await client.post("/graphql", json=SIGN_IN)

    assert response.json()["data"] == {"signIn": True}
    assert "set-cookie" not in response.headers


async def test_signing_out_is_felt_at_once_although_look_ups_are_kept() -> None:
    wired = wire()
    async with wired.client(cookie=f"openpractice={ANNA_TOKEN}", **OURS) as page:
        assert (await page.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": "owner"}
        await page.post("/graphql", json={"query": "mutation { signOut }"})
        del wired.practice.holders[ANNA_TOKEN]
        assert (await page.post("/graphql", json=WHOAMI)).json()["data"] == {"whoami": None}


async def test_failing_to_sign_in_is_throttled_by_account_and_success_is_not_counted() -> None:
    wired = wire(sign_ins=SignInThrottle(account=3, address=100))
    bad = {"query": 'mutation M($i: SignIn!) { s: signIn(input: $i) }',
           "variables": {"i": {"email": " ANNA@firm.test", "password": "wrong"}}}  # fmt: skip

    async def tries(client: httpx.AsyncClient, body: dict[str, Any], count: int) -> list[int]:
        return [(await client.post("/graphql", json=body)).status_code for _ in range(count)]

    async with wired.client() as client:
        assert await tries(client, SIGN_IN, 10) == [200] * 10
        assert await tries(client, bad, 3) == [200] * 3
        throttled = await client.post("/graphql", json=bad)
        assert (throttled.status_code, code_of(throttled)) == (429, "THROTTLED")
        assert int(throttled.headers["retry-after"]) > 200
        assert throttled.json()["errors"][0]["extensions"]["retryAfterMs"] > 200_000
        assert (await client.post("/graphql", json=SIGN_IN)).status_code == 429
        other = SIGN_IN["query"].replace("anna@", "other@")
        assert await tries(client, {"query": other}, 1) == [200]
    assert len(wired.practice.tries) == 14


async def test_failing_to_sign_in_is_throttled_by_address_over_many_accounts() -> None:
    wired = wire(sign_ins=SignInThrottle(account=3, address=5))
    statuses = []
    async with wired.client() as client:
        for number in range(7):
            query = (
                f'mutation {{ signIn(input: {{ email: "p{number}@x.test", password: "wrong" }}) }}'
            )
            statuses.append((await client.post("/graphql", json={"query": query})).status_code)

    assert statuses == [200] * 5 + [429] * 2


async def test_guessing_from_elsewhere_does_not_keep_the_owner_out() -> None:
    throttle = SignInThrottle(account=3)
    for _ in range(3):
        await throttle.attempt("anna@firm.test", "10.6.6.6")
    with pytest.raises(Throttled):
        await throttle.attempt("anna@firm.test", "10.6.6.6")

    await throttle.attempt("anna@firm.test", "10.0.0.1")


async def test_a_look_up_is_kept_a_short_while_and_at_most_so_many_are() -> None:
    asked: list[str] = []

    async def look_up(tokens: Collection[str]) -> dict[str, Viewer]:
        asked.extend(tokens)
        return dict.fromkeys(tokens, ANNA)

    sessions = Sessions(look_up, keep=60, size=2)
    tokens = [f"op_live_{letter * 43}" for letter in "abc"]
    for token in [*tokens, *tokens[1:], tokens[0]]:
        assert await sessions.viewer(token) is ANNA
    assert asked == [*tokens, tokens[0]]
    brief = Sessions(look_up, keep=0)
    await brief.viewer(tokens[0])
    await brief.viewer(tokens[0])
    assert asked[-2:] == [tokens[0]] * 2


async def test_what_is_no_token_of_ours_never_reaches_the_database() -> None:
    async def look_up(tokens: Collection[str]) -> dict[str, Viewer]:
        raise AssertionError(tokens)

    sessions = Sessions(look_up)
    for token in ("", "x", "op_live_", "op_live_" + "ü" * 43, "op_live_" + "a" * 500, "\ud800"):
        assert await sessions.viewer(token) is None


async def test_a_database_too_busy_to_say_who_asks_is_a_503_that_may_be_tried_again() -> None:
    wired = wire()
    for broken in (TimeoutError(), Overloaded()):
        wired.practice.broken = broken
        async with wired.client(authorization=f"Bearer {ANNA_TOKEN}") as client:
            response = await client.post("/graphql", json=WHOAMI)
        assert (response.status_code, code_of(response)) == (503, "OVERLOADED")
        assert response.headers["retry-after"] == "1"
        assert response.json()["errors"][0]["extensions"]["retryable"] is True
