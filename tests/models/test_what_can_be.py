"""Values that nobody means are refused where they are said, so that no sum or page meets them."""

from datetime import date
from typing import Any

import pytest

from models.constraints import VIOLATIONS, explained
from models.jobs import Job
from models.members import Member, TimeOff
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from resolvers import boards
from tests.cast import Cast

TOO_LONG = 36_000_001


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"estimate_seconds": TOO_LONG}, "estimateSeconds"),
        ({"estimate_seconds": 2**63 - 1}, "estimateSeconds"),
        ({"due_date": date(1, 1, 1)}, "dueDate"),
        ({"due_date": date(9999, 12, 31)}, "dueDate"),
    ],
)
async def test_a_task_that_nobody_means_is_refused_by_name(
    cast: Cast, given: dict[str, Any], path: str
) -> None:
    with pytest.raises(VIOLATIONS) as caught:
        async with unit_of_work(cast.harbour.dan):
            await Task.add(title="Huge", **given)

    assert explained(caught.value).path == (path,)


async def test_the_longest_steps_there_can_be_leave_the_board_standing(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for _ in range(3):
            await Task.add(title="Huge", job_id=house.books, estimate_seconds=TOO_LONG - 1)
    async with reading(house.dan):
        board = await boards.board(boards.JOBS, {"scope": "everything"}, "category", None)

    assert sum(column["remaining_seconds"] for column in board["columns"]) >= 3 * (TOO_LONG - 1)


async def test_a_job_of_more_than_a_hundred_thousand_hours_is_refused(cast: Cast) -> None:
    with pytest.raises(VIOLATIONS) as caught:
        async with unit_of_work(cast.harbour.dan):
            await Job.open(client_id=cast.harbour.mill, title="Huge", budget_seconds=360_000_001)

    assert explained(caught.value).path == ("budgetSeconds",)


async def test_days_off_come_to_an_end(cast: Cast) -> None:
    house = cast.harbour
    with pytest.raises(VIOLATIONS) as caught:
        async with unit_of_work(house.ada):
            await TimeOff.note(await Member.load(house.dan.id), kind="holiday",
                               first_date=date(2000, 1, 1), last_date=date(2100, 1, 1))  # fmt: skip

    assert explained(caught.value).message == "Days off end within 1,000 days."
