"""What the database refuses is told in words, with the name of the value that was sent."""

from datetime import date
from typing import Any

import asyncpg
import pytest

from models.constraints import VIOLATIONS, explained
from models.errors import PracticeError
from models.jobs import Job
from models.unit_of_work import unit_of_work
from tests.cast import Cast


async def told(cast: Cast, **job: Any) -> PracticeError:
    with pytest.raises(VIOLATIONS) as caught:
        async with unit_of_work(cast.harbour.dan):
            await Job.open(client_id=cast.harbour.mill, **{"title": "Books", **job})
    assert isinstance(caught.value, asyncpg.PostgresError)
    return explained(caught.value)


@pytest.mark.parametrize(
    ("job", "path", "message"),
    [
        (
            {"period_start": date(2026, 2, 1), "period_end": date(2026, 1, 31)},
            "periodEnd",
            "A period does not end before it starts.",
        ),
        (
            {"start_date": date(2026, 2, 1), "due_date": date(2026, 1, 31)},
            "dueDate",
            "Work is not due before it starts.",
        ),
        (
            {"title": "x" * 201},
            "title",
            "The title does not fit: too long, too short or not of its kind.",
        ),
        ({"title": ""}, "title", "The title says nothing."),
        ({"title": " \u00a0\u200b\n"}, "title", "The title says nothing."),
        (
            {"budget_seconds": -1},
            "budgetSeconds",
            "The budget seconds does not fit: too long, too short or not of its kind.",
        ),
    ],
)
async def test_a_value_that_does_not_fit_is_named(
    cast: Cast, job: dict[str, Any], path: str, message: str
) -> None:
    error = await told(cast, **job)

    assert (error.path, error.message) == ((path,), message)
