"""Columns: a page of cards each, however many boards are asked for at once."""

from graphql import parse

from models.tasks import Task
from models.unit_of_work import Row, reading, unit_of_work
from resolvers.boards import JOBS, TASKS, Kind, board
from resolvers.boards.cards import of_columns
from resolvers.pages import Window, page_info
from schema.execution import Context, execute
from schema.staff import staff
from tests.cast import Cast, House


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
