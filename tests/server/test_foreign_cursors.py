"""Cursors that are not good for where they are sent: of another firm, too old, of nobody, none.

Over real sockets and HTTP against the whole contract, and so beside the server's other tests.
"""

import base64
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest

from schema.staff import staff
from subscriptions.cursors import StreamCursor
from tests.cast import House, two_firms
from tests.server.outside import Outside
from tests.server.talking import hear, subscribe
from tests.server.worlds import World, code_of, told
from tests.stock import Stock, stock_of
from tests.subscriptions.deeds import head, raise_floor
from tests.walk import Root, roots, streams

LISTS = [root for root in roots(staff(), "query") if "after" in root.field.args]
STREAMS = streams(staff())

# ----------------------------------------------------------------------------------- page cursors


def cursor_of_nobody(cursor: str) -> str:
    """The same place in a list, right beside the thing that was there."""
    key, id = orjson.loads(base64.urlsafe_b64decode(cursor))
    beside = UUID(int=UUID(id).int ^ 1)
    return base64.urlsafe_b64encode(orjson.dumps([key, beside.hex])).decode()


@pytest.mark.parametrize("root", LISTS, ids=str)
async def test_another_firms_page_cursor_shows_what_one_of_nobody_shows(
    outside: Outside, harbour: World, root: Root
) -> None:
    page = f"{{ {root.name}(first: 2) {{ pageInfo {{ endCursor }} }} }}"
    theirs = (await outside.ask(harbour.strange.house.ada, page))[root.name]["pageInfo"][
        "endCursor"
    ]
    nobodys = cursor_of_nobody(theirs)

    for end in ("after", "before"):
        unknown = await told(outside, harbour, root, root.place(end), nobodys)
        assert await told(outside, harbour, root, root.place(end), theirs) == unknown
        assert code_of(unknown) == "DONE"


@pytest.mark.parametrize(("board", "cards"), [("jobBoard", "jobs"), ("taskBoard", "tasks")])
async def test_another_firms_column_and_its_cursors_are_unknown_here(
    outside: Outside, harbour: World, board: str, cards: str
) -> None:
    query = f"""query ($column: String, $after: Cursor) {{ {board}(groupBy: PERSON, column: $column,
        filter: {{ scope: EVERYTHING, due: ANY }}) {{ columns {{ key {cards}(first: 1, after: $after)
        {{ nodes {{ id }} pageInfo {{ endCursor }} }} }} }} }}"""
    theirs = await outside.ask(harbour.strange.house.ada, query)
    filled = next(c for c in theirs[board]["columns"] if c[cards]["pageInfo"]["endCursor"])
    cursor = filled[cards]["pageInfo"]["endCursor"]

    assert (await outside.ask(harbour.person, query, column=filled["key"]))[board]["columns"] == []
    assert (await outside.ask(harbour.person, query))[board]["columns"] != []
    assert await outside.ask(harbour.person, query, after=cursor) == await outside.ask(
        harbour.person, query, after=cursor_of_nobody(cursor)
    )


# --------------------------------------------------------------------------------- stream cursors


async def ahead(here: House, there: House) -> StreamCursor:
    now = await head(here)
    return now.at(now.seq + 1)


async def too_old(here: House, there: House) -> StreamCursor:
    return (await head(here)).at(0)


async def of_a_restored_backup(here: House, there: House) -> StreamCursor:
    return StreamCursor(uuid4(), 1)


async def of_another_firm(here: House, there: House) -> StreamCursor:
    return (await head(there)).at(1)


Made = Callable[[House, House], Awaitable[StreamCursor]]
UNFIT: list[tuple[Made, str]] = [
    (ahead, "CURSOR_AHEAD"),
    (too_old, "CURSOR_TOO_OLD"),
    (of_a_restored_backup, "EPOCH_CHANGED"),
    (of_another_firm, "EPOCH_CHANGED"),
]
GARBAGE: list[tuple[Any, str]] = [
    ("", "INVALID"),
    ("nonsense", "INVALID"),
    ("A" * 33, "INVALID"),
    ("é" * 32, "INVALID"),
    ("x" * 1001, "BAD_INPUT"),
    (7, "BAD_INPUT"),
    ({"seq": 1}, "BAD_INPUT"),
]
CHANGES = """query ($since: StreamCursor!) {
    changes(since: $since) { cursor changes { seq } } streamCursor }"""


@pytest.fixture(scope="module")
async def old(outside: Outside) -> Stock:
    """A firm from whose first event on nobody can resume any more."""
    house = (await two_firms()).harbour
    owner = await asyncpg.connect(outside.database.migrate_url)
    await raise_floor(owner, house, 1)
    await owner.close()
    await outside.key_of(house.ada)
    return await stock_of(house, house.ada, house.bakery, "Old")


@pytest.mark.parametrize("root", STREAMS, ids=str)
@pytest.mark.parametrize(("made", "reason"), UNFIT)
async def test_a_stream_that_cannot_go_on_from_there_says_why_and_from_where_it_can(
    outside: Outside, old: Stock, root: Root, made: Made, reason: str
) -> None:
    house = old.house
    since = await made(house, house.neighbour)
    request = root.request(old, root.place("since"), str(since))

    async with outside.socket(house.ada) as socket:
        await subscribe(socket, "1", request["query"], **request["variables"])
        said, end = await hear(socket), await hear(socket)
        told = said["payload"]["data"][root.name]
        request["variables"]["since"] = told["cursor"]
        await subscribe(socket, "2", request["query"], **request["variables"])
        again = (await hear(socket))["payload"]["data"][root.name]

    assert told == {
        "__typename": "Resync", "reason": reason, "cursor": str(await head(house))
    }  # fmt: skip
    assert end == {"type": "complete", "id": "1"}
    assert again["__typename"] == "Heartbeat"


@pytest.mark.parametrize(("made", "reason"), UNFIT)
async def test_changes_cannot_be_listed_from_there_either(
    outside: Outside, old: Stock, made: Made, reason: str
) -> None:
    since = await made(old.house, old.house.neighbour)

    answer = await outside.post(old.house.ada, query=CHANGES, variables={"since": str(since)})

    assert answer.json()["data"] is None
    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == reason
    assert error["extensions"]["argument"] == ["since"]


@pytest.mark.parametrize("root", STREAMS, ids=str)
async def test_what_is_no_cursor_ends_its_own_stream_alone(
    outside: Outside, old: Stock, root: Root
) -> None:
    async with outside.socket(old.house.ada) as socket:
        for garbage, code in GARBAGE:
            request = root.request(old, root.place("since"), garbage)
            await subscribe(socket, "1", request["query"], **request["variables"])
            refused = await hear(socket)
            assert refused["type"] == "error", garbage
            assert refused["payload"][0]["extensions"]["code"] == code, garbage

            asked = {"since": garbage}
            answer = await outside.post(old.house.ada, query=CHANGES, variables=asked)
            assert answer.json()["errors"][0]["extensions"]["code"] == code, garbage
