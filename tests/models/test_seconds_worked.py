"""How long a timer ran: exact seconds, on the day where the member works."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import unit_of_work
from tests.cast import Cast, Person
from tests.verify import verify_action


async def worked(person: Person, start: datetime, stop: datetime, **about: Any) -> TimeEntry:
    """What a timer that ran from one moment to another became."""
    async with unit_of_work(person, at=start):
        await Timer.start(**about)
    async with unit_of_work(person, at=stop):
        _, entry = await (await Timer.mine(None)).stop()
    assert entry is not None
    return entry


@pytest.mark.parametrize(
    ("start", "stop", "seconds", "day"),
    [
        ("2026-03-29T00:30:00", "2026-03-29T01:30:00", 3600, "2026-03-29"),  # 00:30 to 02:30
        ("2026-10-25T00:30:00", "2026-10-25T01:30:00", 3600, "2026-10-25"),  # 01:30 to 01:30
        ("2026-03-28T23:30:00", "2026-03-29T09:30:00", 36000, "2026-03-28"),  # a night short of 1 h
        ("2026-10-24T22:30:00", "2026-10-25T09:30:00", 39600, "2026-10-24"),  # one with 1 h more
        ("2026-07-01T23:30:00", "2026-07-02T00:30:00", 3600, "2026-07-02"),  # summer: past midnight
        ("2026-01-14T23:59:59", "2026-01-15T00:00:01", 2, "2026-01-14"),
        ("2025-12-31T23:59:59", "2026-01-01T00:00:00", 1, "2025-12-31"),
        ("2026-06-01T10:00:00.900000", "2026-06-01T10:00:02.100000", 1, "2026-06-01"),
        ("2026-06-01T10:00:00", "2026-06-01T10:00:00", 0, "2026-06-01"),
        ("2024-02-28T12:00:00", "2024-03-01T12:00:00", 2 * 86400, "2024-02-28"),
    ],
)
async def test_seconds_are_exact_over_clock_changes_midnight_and_the_years_end(
    cast: Cast, start: str, stop: str, seconds: int, day: str
) -> None:
    house = cast.harbour
    began, ended = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (start, stop))
    async with verify_action(house):
        entry = await worked(house.dan, began, ended, task_id=house.post)
    assert (entry.seconds, entry.local_date) == (seconds, date.fromisoformat(day))
    assert (entry.started_at, entry.stopped_at) == (began, ended)


async def test_the_day_is_the_one_where_they_work(cast: Cast) -> None:
    start = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)
    found = {}
    for house in (cast.harbour, cast.alpine):
        entry = await worked(house.dan, start, start + timedelta(hours=1), job_id=house.books)
        found[entry.time_zone] = entry.local_date
    assert found == {"Europe/London": date(2025, 12, 31), "Europe/Zurich": date(2026, 1, 1)}


async def test_a_clock_that_was_set_back_books_nothing_rather_than_less(cast: Cast) -> None:
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    entry = await worked(cast.harbour.dan, noon, noon - timedelta(minutes=5))
    assert (entry.seconds, entry.stopped_at) == (0, noon)
