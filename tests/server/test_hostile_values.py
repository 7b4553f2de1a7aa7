"""Every place of every root field, given what nobody sane would send, where all else fits.

Over real HTTP and sockets. Whatever is sent is refused in clear words, or kept and given back
exactly as it came: it is never a fault of ours and never quietly something else.
"""

import base64
import json
from collections import Counter
from dataclasses import replace
from typing import Any

import orjson
import pytest
import websockets

from schema.staff import staff
from server.errors import Code
from tests.cast import one_firm
from tests.server.outside import Outside
from tests.server.talking import hear
from tests.server.worlds import code_of
from tests.stock import Stock, stock_of
from tests.walk import Place, Root, roots

ODD = "\u0378 \u202e \uffff 👩‍👩‍👧 é e\u0301 '; --%s"
"""Unassigned, turning round what follows, no character, joined, composed and decomposed."""
SHAPES: list[Any] = [None, {"a": 1}]
TEXTS = [ODD, "", "a\0b", "\ud800", "x" * 25_000, 7]
NUMBERS = [-1, 0, 251, 2**31, 2**53 + 1, 2**63, 10**400, 1.5, 1e300, float("inf"), float("nan"),
           "1,00", "1"]  # fmt: skip
DATES = ["0001-01-01", "9999-12-31", "10000-01-01", "-001-01-01", "2026-02-30", "2026-W01-1",
         "２０２６-01-05", ODD, 20260105]  # fmt: skip
KEYS = ['["", "{id}"]', '["9999999-01-01", "{id}"]', '["a\\u0000b", "{id}"]', '[null, "{id}"]',
        '["infinity", "{id}"]', "[1, 2]", "[[], {}]", "null", '["a", "x"]']  # fmt: skip
CURSORS = [
    base64.urlsafe_b64encode(key.replace("{id}", "0" * 32).encode()).decode() for key in KEYS
]
VALUES: dict[str, list[Any]] = {
    "String": TEXTS,
    "ID": ["a\0b", "\ud800", "x" * 25_000, "task_zz"],
    "Int": NUMBERS,
    "Long": NUMBERS,
    "Boolean": ["true"],
    "Decimal": [
        *NUMBERS,
        "1e5",
        "NaN",
        "-1",
        "0.0000001",
        "9" * 18,
        "9" * 400,
        "１",
        "+1",
        " 1",
        ODD,
    ],
    "Date": DATES,
    "Cursor": [*CURSORS, *TEXTS, "===="],
    "StreamCursor": [*TEXTS, "===="],
}
UNSEEN = (
    "idempotencyKey", "password", "currentPassword", "overrideReason", "expectedVersion", "unlinkContact input.role",
    "assignClientRole input.fromDate", "relateClients input.fromDate", "startTimer input.note",
    "endClientRole input.untilDate", "moveJob input.what", "removeExternalId input.system", "removeExternalId input.key",
    "createTemplate input.steps.0.due.count", "setTemplateSteps input.steps.0.due.count",
)  # fmt: skip
"""What no answer shows, or what changes nothing that is so already."""
FORMED = (
    "email", "currency", "timeZone", "locale", "password", "idempotencyKey", "rule", "mediaType",
    "sha256", "startUpload input.name", "updateDocument input.name", "rejectItem input.reason",
    "signOffReview input.note", "postalCode", "country",
)  # fmt: skip
"""Texts that have a form of their own, or that come with what can be done but once, or only
after what others do."""

ROOTS = roots(staff(), "query", "mutation", "subscription")

ENOUGH = 3
_REFUSED: Counter[tuple[str, str]] = Counter()
"""How often a type itself refused a value, before anything ran: the next place cannot differ."""


pytestmark = pytest.mark.files


@pytest.fixture(scope="module")
async def outside(filing: Outside) -> Outside:
    """With a place for files: every call finds all that it needs."""
    return filing


@pytest.fixture(scope="module")
async def untouched(outside: Outside) -> Stock:
    """For all who only ask."""
    return await whole_stock(outside)


@pytest.fixture
async def stock(outside: Outside, untouched: Stock, root: Root) -> Stock:
    return await whole_stock(outside) if root.kind == "mutation" else untouched


async def whole_stock(outside: Outside) -> Stock:
    """A firm of which whatever is done may be done; who asks is not the first of its members."""
    house = await one_firm()
    await outside.key_of(house.ada)
    found = await stock_of(house, house.ada, house.bakery, "Own")
    return replace(found, ids={**found.ids, "member": found.ids["member"][1:]})


async def answer_to(
    outside: Outside, stock: Stock, root: Root, place: Place, value: Any
) -> tuple[int, str]:
    """The status and the answer; of a socket 200, or the code with which it was closed."""
    body = json.dumps(root.request(stock, place, value, 2 if root.kind == "mutation" else 0))
    if root.kind != "subscription":
        key = await outside.key_of(stock.house.ada)
        headers = {"authorization": f"Bearer {key}", "content-type": "application/json"}
        answer = await outside.http.post("/graphql", content=body, headers=headers)
        return answer.status_code, answer.text
    async with outside.socket(stock.house.ada) as socket:
        await socket.send(f'{{"type": "subscribe", "id": "1", "payload": {body}}}')
        try:
            return 200, json.dumps(await hear(socket))
        except websockets.ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else 1006, ""


@pytest.mark.parametrize("root", [root for root in ROOTS if root.places], ids=str)
async def test_it_is_refused_in_clear_words_or_kept_as_it_came(
    outside: Outside, stock: Stock, root: Root, logged: list[Any]
) -> None:
    for place in root.places:
        for value in (*VALUES.get(place.type_name, ("NOPE",)), *SHAPES):
            known = place.type_name, f"{value!r} {place.required}"
            if _REFUSED[known] >= ENOUGH:
                continue
            status, answer = await answer_to(outside, stock, root, place, value)
            said = f"{root} {place} = {value!r:.60}: {status} {answer[:600]}"
            assert status in (200, 400, 429, 4400), said
            _REFUSED[known] += status == 400
            assert Code.INTERNAL not in answer, (said, logged)
            assert Code.UNAUTHENTICATED not in answer, said
            if root.kind == "mutation" and code_of(answer) == "DONE":
                assert _is_given_back(root, place, value, answer), said
            elif value is ODD and place.type_name == "String" and root.kind == "mutation":
                assert {place.path[-1], f"{root.name} {place}"} & {*FORMED}, said


def _is_given_back(root: Root, place: Place, value: Any, answer: str) -> bool:
    """Whether the very same value is in the answer, where it could be."""
    if place.type_name not in ("String", "Int", "Long", "Date") or value in (None, []):
        return True
    unseen = place.path[-1] in UNSEEN or f"{root.name} {place}" in UNSEEN
    return unseen or (type(value), value) in _leaves(orjson.loads(answer)["data"])


def _leaves(data: Any) -> list[tuple[type, Any]]:
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        return [leaf for value in data for leaf in _leaves(value)]
    return [(type(data), data)]


async def test_a_text_of_a_megabyte_is_too_large_for_any_request(
    outside: Outside, untouched: Stock
) -> None:
    root = next(root for root in ROOTS if root.name == "addComment")

    status, answer = await answer_to(
        outside, untouched, root, root.place("input", "body"), "x" * 2**20
    )

    assert (status, code_of(answer)) == (413, Code.BODY_TOO_LARGE)
