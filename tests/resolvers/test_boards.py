"""Boards: which cards are on them, and that each stands in exactly one column."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.clients import firm_today
from models.members import Member
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from models.workflows import WorkCategory
from resolvers.boards import JOBS, TASKS, Kind, Lens, board, jobs_on, tasks_on
from resolvers.boards.cards import of_columns
from resolvers.pages import Window
from resolvers.reading import WILL_READ
from schema.engine import Read
from tests.cast import Cast, House

GROUPINGS = ("category", "person", "due_week")


async def shown(
    viewer: Viewer, kind: Kind = TASKS, grouping: str = "category", only: str | None = None,
    **asked: Any,
) -> dict[str, list[str]]:  # fmt: skip
    """The titles in each column, in order; a column says how many they are."""
    asked = {"scope": "everything", "due": "any", **asked}
    async with reading(viewer):
        columns = (await board(kind, asked, grouping, only))["columns"]
        if not columns:
            return {}
        pages = await of_columns(columns, Window(250))
        found = {
            column["key"]: [row["title"] for row in page["nodes"]]
            for column, page in zip(columns, pages, strict=True)
        }
        assert [column["count"] for column in columns] == [len(cards) for cards in found.values()]
        cards = [row["id"] for page in pages for row in page["nodes"]]
        lens = Lens(tuple(asked.items()), viewer.member_id)
        (through_it,) = await (jobs_on if kind is JOBS else tasks_on)([lens], cards)
        assert through_it == set(cards)
    assert len(cards) == len(set(cards)), "a card stands in two columns"
    return found


async def titles(viewer: Viewer, kind: Kind = TASKS, **asked: Any) -> set[str]:
    """All cards on a board: the same ones however its columns are made."""
    found = [
        {title for cards in (await shown(viewer, kind, grouping, **asked)).values()
         for title in cards}
        for grouping in GROUPINGS
    ]  # fmt: skip
    assert all(cards == found[0] for cards in found)
    return found[0]


async def today_in(house: House) -> date:
    async with reading(house.ada):
        return await firm_today()


async def finish(house: House, id: UUID, days_ago: int) -> None:
    moment = datetime.combine(await today_in(house) - timedelta(days=days_ago), time(), UTC)
    async with unit_of_work(house.dan, at=moment):
        await (await Task.load(id)).complete()


async def date_tasks(house: House, **days: int) -> date:
    """Give tasks due dates, so many days from today."""
    today = await today_in(house)
    async with unit_of_work(house.ada):
        for name, ahead in days.items():
            task = await Task.load(getattr(house, name))
            await task.change({"due_date": today + timedelta(days=ahead)}, None)
    return today


async def test_a_card_stands_in_the_column_of_its_category(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.gather)).move(status=WorkCategory.IN_REVIEW)
        await (await Task.load(house.tidy)).move(status=WorkCategory.CANCELLED)
    await finish(house, house.ring, 0)
    assert await shown(house.ada) == {
        "PLANNED": ["Post", "Reconcile"],
        "READY": ["Draft", "Seal"],
        "IN_PROGRESS": [],
        "WAITING_ON_CLIENT": [],
        "WAITING_ON_OTHER": [],
        "ON_HOLD": [],
        "IN_REVIEW": ["Gather"],
        "DONE": ["Ring"],
    }
    jobs = await shown(house.ada, JOBS)
    assert jobs["IN_PROGRESS"] == ["Books"]
    assert jobs["PLANNED"] == ["Year end", "Secret"]


async def test_a_card_stands_in_the_column_of_who_holds_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await (await Task.load(house.ring)).assign(house.ben.id)
    columns = await shown(house.ada, grouping="person", team_id=house.ledgers)
    assert columns == {
        f"member_{house.cleo.id.hex}": [],
        f"member_{house.dan.id.hex}": ["Gather", "Post"],
        "nobody": [],
        "others": ["Reconcile"],
    }
    everybody = await shown(house.ada, grouping="person")
    assert everybody["nobody"] == ["Seal", "Tidy"]
    assert everybody["others"] == []
    assert list(everybody)[:6] == [f"member_{one.id.hex}" for one in house.people]


async def test_what_one_holds_for_a_team_that_is_not_ones_own_is_on_its_board(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        added = await Task.add(title="Lent", team_id=house.taxes)
        await added.assign(house.cleo.id)
    columns = await shown(house.cleo, grouping="person", scope="my_teams", team_id=house.taxes)
    assert columns["others"] == ["Lent"]


async def test_who_has_left_has_no_column_and_their_cards_are_others(cast: Cast) -> None:
    house = cast.harbour
    today = await today_in(house)
    async with unit_of_work(house.ada):
        await (await Member.load(house.eve.id)).leave(today)
        await (await Member.load(house.dan.id)).leave(today - timedelta(days=1))
    columns = await shown(house.ada, grouping="person")
    assert columns["others"] == ["Gather", "Post", "Draft", "Ring"]
    assert columns[f"member_{house.eve.id.hex}"] == ["Reconcile"]


async def test_a_card_stands_in_the_week_it_is_due(cast: Cast) -> None:
    house = cast.harbour
    today = await date_tasks(house, ring=-1, gather=0, post=7, draft=21, seal=28, tidy=300)
    await finish(house, house.ring, 0)
    monday = today - timedelta(days=today.weekday())
    columns = await shown(house.ada, grouping="due_week")
    weeks = [(monday + timedelta(weeks=n)).isoformat() for n in range(4)]
    assert list(columns) == ["overdue", *weeks, "later", "none", "done"]
    assert columns[weeks[0]] == ["Gather"]
    assert columns[weeks[1]] == ["Post"]
    assert columns[weeks[3]] == ["Draft"]
    assert (columns["later"], columns["none"]) == (["Seal", "Tidy"], ["Reconcile"])
    assert (columns["overdue"], columns["done"]) == ([], ["Ring"])


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("soon", "Ring Gather Post Reconcile"),
        ("overdue", "Ring"),
        ("any", "Ring Gather Post Draft Seal Tidy Reconcile"),
    ],
)
async def test_a_board_shows_what_is_due_in_its_time(cast: Cast, due: str, expected: str) -> None:
    house = cast.harbour
    await date_tasks(house, ring=-1, gather=0, post=14, draft=15, seal=28, tidy=300)
    assert await titles(house.ada, due=due) == set(expected.split())


async def test_a_board_of_a_week_runs_from_monday_to_sunday(cast: Cast) -> None:
    house = cast.harbour
    ahead = -(await today_in(house)).weekday()
    await date_tasks(
        house, ring=ahead - 1, gather=ahead, post=ahead + 6, draft=ahead + 7, seal=ahead + 13,
        tidy=ahead + 14,
    )  # fmt: skip
    assert await titles(house.ada, due="this_week") == {"Gather", "Post"}
    assert await titles(house.ada, due="next_week") == {"Draft", "Seal"}


async def test_what_was_done_stays_on_a_board_for_a_week(cast: Cast) -> None:
    house = cast.harbour
    for id, days_ago in ((house.ring, 6), (house.gather, 9)):
        await finish(house, id, days_ago)
    assert (await shown(house.ada))["DONE"] == ["Ring"]
    assert (await shown(house.ada, include_done=False))["DONE"] == []
    assert "Ring" not in await titles(house.ada, due="overdue")


@pytest.mark.parametrize(
    ("who", "scope", "tasks", "jobs"),
    [
        ("dan", "everything", "Gather Post Reconcile Draft Ring Tidy", "Books|Year end"),
        ("dan", "my_teams", "Gather Post Reconcile Draft Ring", "Books|Year end"),
        ("dan", "mine", "Gather Post Draft Ring", "Books|Year end"),
        ("dan", "my_clients", "Gather Post Reconcile Ring", "Books"),
        ("eve", "my_teams", "Reconcile", ""),
        ("eve", "mine", "Reconcile", "Books"),
        ("eve", "my_clients", "Gather Post Reconcile Ring Seal", "Books|Secret"),
        ("ada", "my_teams", "Gather Post Reconcile Draft Ring Tidy Seal", "Books|Year end|Secret"),
        ("finn", "everything", "Gather Post Reconcile Ring Tidy", "Books"),
        ("finn", "mine", "", ""),
    ],
)
async def test_a_board_shows_whose_work_was_asked_for(
    cast: Cast, who: str, scope: str, tasks: str, jobs: str
) -> None:
    viewer = getattr(cast.harbour, who)
    assert await titles(viewer, TASKS, scope=scope) == set(tasks.split())
    assert await titles(viewer, JOBS, scope=scope) == set(filter(None, jobs.split("|")))


async def test_a_job_is_mine_while_a_step_of_it_is(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for id in (house.gather, house.post, house.reconcile):
            await (await Task.load(id)).complete()
    assert await titles(house.eve, JOBS, scope="mine") == set()


async def test_a_board_is_narrowed_by_team_holder_client_service_and_words(cast: Cast) -> None:
    house = cast.harbour
    found: list[tuple[str, str, dict[str, Any]]] = [
        ("Gather Post Reconcile", "Books", {"team_id": house.ledgers}),
        ("Reconcile", "", {"member_id": house.eve.id}),
        ("Draft", "Year end", {"client_id": house.mill}),
        ("Draft", "Year end", {"service_id": house.accounts}),
        ("Ring", "", {"text": "RIN"}),
        ("Draft", "Year end", {"text": "mILL"}),
        ("Gather Post Reconcile Draft Ring Tidy", "Books|Year end", {"text": ""}),
        ("", "", {"text": "%"}),
        ("", "", {"text": "vault"}),
        ("", "", {"client_id": house.vault}),
        ("", "", {"client_id": cast.alpine.mill}),
        ("Gather Post", "Books", {"member_id": house.dan.id, "client_id": house.bakery,
                                  "team_id": house.ledgers}),
    ]  # fmt: skip
    for tasks, jobs, asked in found:
        assert await titles(house.dan, TASKS, **asked) == set(tasks.split()), asked
        assert await titles(house.dan, JOBS, **asked) == set(filter(None, jobs.split("|"))), asked


async def test_figures_that_nobody_reads_are_not_counted_and_a_page_counts_its_own(
    cast: Cast,
) -> None:
    before = WILL_READ.set({"TaskColumn": Read(("id", "_cards"))})
    try:
        async with reading(cast.harbour.ada):
            asked = {"scope": "everything", "due": "any"}
            columns = (await board(TASKS, asked, "category", None))["columns"]
            pages = await of_columns(columns, Window(250))
            counts = [await page["count"]() for page in pages]
    finally:
        WILL_READ.reset(before)

    assert not any({"count", "capacity_seconds"} & column.keys() for column in columns)
    assert counts == [len(page["nodes"]) for page in pages]
    assert sum(counts) > 0


async def test_a_column_that_is_not_on_the_board_is_not_shown(cast: Cast) -> None:
    for key in ("CANCELLED", "member_0", "", "2020-01-06"):
        for grouping in GROUPINGS:
            assert await shown(cast.harbour.ada, TASKS, grouping, key) == {}


async def test_hundreds_of_long_filters_are_asked_at_once(cast: Cast) -> None:
    house = cast.harbour
    texts = [f"{'e ' * 95}{word}" for word in ["Post", *map(str, range(300))]]
    async with reading(house.ada):
        lenses = [Lens.on(TASKS, {"text": text, "scope": "everything", "due": "any"}, house.ada)
                  for text in texts]  # fmt: skip
        shown = await tasks_on(lenses, [house.gather, house.post])

    assert [*map(set, shown)] == [{house.post}, *[set()] * 300]
