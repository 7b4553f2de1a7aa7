"""Columns: a page of cards each, however many boards are asked for at once."""

import base64
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import orjson
import pytest
from graphql import parse

from models.clients import firm_today
from models.errors import ValidationError
from models.tasks import Task
from models.unit_of_work import Row, current, reading, unit_of_work
from models.viewer import Viewer
from models.visibility import visible
from resolvers.boards import JOBS, TASKS, Kind, board, columns, scope
from resolvers.boards.cards import of_columns
from resolvers.filters import Where
from resolvers.pages import Window, page_info
from schema.execution import Context, execute
from schema.staff import staff
from tests.cast import Cast, House
from tests.many_cards import fill


async def test_a_column_is_loaded_further_from_where_it_was_left(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for number in range(7):
            await Task.add(title=f"Task {number}")
    told: list[str] = []
    cursor = None
    while True:
        async with reading(house.dan):
            shown = await board(TASKS, {"due": "any", "scope": "everything"}, "category", "READY")
            (column,) = shown["columns"]
            (page,) = await of_columns([column], Window(3, after=cursor))
            assert await page["count"]() == column["count"] == 11
        told += [row["title"] for row in page["nodes"]]
        cursor = page_info(page)["end_cursor"]
        if not page["has_next_page"]:
            break
    assert told == ["Gather", "Draft", "Ring", "Tidy", *(f"Task {n}" for n in range(7))]


async def test_two_boards_asked_for_in_one_document_keep_apart(cast: Cast) -> None:
    document = parse("""query {
      mine: taskBoard(filter: { scope: MINE, due: ANY }) { ...cards }
      all: taskBoard(filter: { scope: EVERYTHING, due: ANY }) { ...cards }
      jobs: jobBoard(filter: { scope: EVERYTHING, due: ANY }) {
        columns { key count jobs { nodes { title } } }
      }
    }
    fragment cards on TaskBoard { columns { key count tasks { nodes { title } } } }""")
    result = await execute(staff(), document, context=Context(cast.harbour.eve, "test"))
    assert result.errors is None
    assert result.data is not None
    shown = {
        alias: {
            column["key"]: [
                node["title"] for node in (column.get("tasks") or column["jobs"])["nodes"]
            ]
            for column in answer["columns"]
        }
        for alias, answer in result.data.items()
    }
    assert shown["mine"]["PLANNED"] == ["Reconcile"]
    assert shown["mine"]["READY"] == []
    assert shown["all"]["READY"] == ["Gather", "Draft", "Seal", "Ring", "Tidy"]
    assert shown["jobs"]["PLANNED"] == ["Books", "Year end", "Secret"]


async def test_a_column_sums_what_is_left_to_do_on_its_cards(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for id, seconds in ((house.gather, 3600), (house.post, 1800), (house.ring, 60)):
            await (await Task.load(id)).change({"estimate_seconds": seconds}, None)
    assert await remaining(house, TASKS) == {"PLANNED": 1800, "READY": 3660}
    assert await remaining(house, JOBS) == {"PLANNED": 5400}
    async with unit_of_work(house.dan):
        await (await Task.load(house.gather)).complete()
    assert await remaining(house, TASKS) == {"READY": 1860}
    assert await remaining(house, JOBS) == {"IN_PROGRESS": 1800}


async def remaining(house: House, kind: Kind) -> dict[str, int]:
    async with reading(house.ada):
        asked = {"due": "any", "scope": "everything"}
        columns: list[Row] = (await board(kind, asked, "category", None))["columns"]
    return {
        column["key"]: seconds for column in columns if (seconds := column["remaining_seconds"])
    }


GROUPINGS = ("category", "person", "due_week")
SCOPES = ("everything", "my_teams", "mine", "my_clients")


def boards(house: House) -> Iterator[tuple[Viewer, str, dict[str, Any]]]:
    """Who asks for a board, what its columns are, and its filter: all that is due in each scope,
    for everybody; and less of it in two of them, for all but the owner."""
    some: tuple[dict[str, Any], ...] = (
        *({"due": due} for due in ("soon", "overdue", "this_week", "next_week")),
        {"due": "any", "include_done": False}, {"due": "any", "text": "1"},
        *({"due": "any", "team_id": id} for id in (house.taxes, house.ledgers)),
        {"due": "any", "member_id": house.eve.id}, {"due": "any", "client_id": house.vault},
    )  # fmt: skip
    people = (house.ada, house.cleo, house.dan, house.eve, house.finn)  # the owner first
    for viewer, by, whose in product(people, GROUPINGS, SCOPES):
        yield viewer, by, {"scope": whose, "due": "any"}
    for viewer, by, whose, asked in product(people[1:], GROUPINGS, SCOPES[:2], some):
        yield viewer, by, {"scope": whose, **asked}


async def looked_through(kind: Kind, by: str, asked: Mapping[str, Any]) -> dict[str, list[UUID]]:
    """What stands in each column, and in what order, found by looking at every card there is."""
    today, in_teams, where = await firm_today(), await scope.in_teams(asked), Where()
    where.add(visible(kind.model, current().viewer))
    scope.narrow(where, kind, asked, today, in_teams=in_teams)
    people = scope.people(asked, today, in_teams=in_teams)
    found = {}
    for column in await columns.of(kind, by, people, today):
        rows = await current().fetch(
            f"select t.* from {kind.table} t where {where.sql} and ({column.cards})", *where.values
        )
        found[column.key] = [row["id"] for row in in_order(kind, by, rows)]
    return found


def in_order(kind: Kind, by: str, rows: list[Row]) -> list[Row]:
    """By place, of a week by day first; then what was done, the latest first."""
    still_open = [row for row in rows if row[kind.status] != "done"]
    done = [row for row in rows if row[kind.status] == "done"]

    def day(row: Row) -> date:
        return (by == "due_week" and row["due_date"]) or date.min

    return [
        *sorted(still_open, key=lambda row: (day(row), row["position"].encode(), row["id"])),
        *sorted(done, key=lambda row: (row["completed_at"], row["id"]), reverse=True),
    ]


async def page_by_page(kind: Kind, by: str, asked: Mapping[str, Any]) -> dict[str, list[UUID]]:
    """The same as people load it: a page of each column, and then further in each by itself. Each
    column's own count agrees."""
    shown = (await board(kind, asked, by, None))["columns"]
    found = {}
    for column, first in zip(shown, await of_columns(shown, Window(7)), strict=True):
        told, page = list(first["nodes"]), first
        while page["has_next_page"]:
            further = (await board(kind, asked, by, column["key"]))["columns"]
            (page,) = await of_columns(further, Window(7, after=page_info(page)["end_cursor"]))
            told += page["nodes"]
        assert await first["count"]() == len(told)
        found[column["key"]] = [row["id"] for row in told]
    return found


@pytest.mark.parametrize("kind", [JOBS, TASKS], ids=["jobs", "tasks"])
async def test_a_board_read_page_by_page_is_what_looking_at_every_card_finds(
    cast: Cast, kind: Kind
) -> None:
    house = cast.harbour
    await fill(house, jobs=150)
    filled = 0
    for viewer, by, asked in boards(house):
        async with reading(viewer):
            expected = await looked_through(kind, by, asked)
            assert await page_by_page(kind, by, asked) == expected, (viewer, by, asked)
        filled += any(map(len, expected.values()))
    assert filled > 150  # or they might agree that there is nothing


@pytest.mark.parametrize("key", [
    "", "READY", "open", "open a b", "open\0", "due 2031-05-05 a", "done 2031-05-05T10:00", "done x",
    "done 0001-01-01T00:00:00+14:00", "done 9999-12-31T23:59:59-14:00", 7, None, ["open", "a"],
])  # fmt: skip
async def test_what_is_no_cursor_of_a_column_is_told_so(cast: Cast, key: Any) -> None:
    cursor = page_cursor(key)
    async with reading(cast.harbour.dan):
        (column,) = (await board(TASKS, {"scope": "everything"}, "category", "READY"))["columns"]
        with pytest.raises(ValidationError, match="not a cursor of this list"):
            await of_columns([column], Window(3, after=cursor))


def page_cursor(key: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([key, UUID(int=7).hex])).decode()
