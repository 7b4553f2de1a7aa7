"""The clock: the database's, or the moment in the past that a demo or an import is dated at."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models import clock
from models.jobs import Job
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import current, reading, unit_of_work
from tests.cast import Cast
from tests.rules.source import PRODUCT
from tests.verify import verify_action

THEN = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
MAY_DATE = ("resolvers/demo/", "resolvers/imports/")


async def test_what_happens_in_a_dated_unit_happened_then(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan, at=THEN) as action:
        task = await Task.add(title="Long ago", client_id=house.bakery)
        await task.change({"title": "Long since"}, None)
        timer, _ = await Timer.start(task_id=task.id)
    assert {datetime.fromisoformat(event["at"]) for event in action.events} == {THEN}
    assert (task.created_at, task.updated_at, timer.started_at) == (THEN, THEN, THEN)


async def test_events_are_numbered_as_they_were_written_whenever_they_happened(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with verify_action(house) as action:
        for at in (None, THEN, THEN - timedelta(days=1), None):
            async with unit_of_work(house.dan, at=at):
                await Task.add(title="Sometime")
    numbers = [event["seq"] for event in action.events]
    moments = [datetime.fromisoformat(event["at"]) for event in action.events]
    assert numbers == list(range(numbers[0], numbers[0] + 4))
    assert moments[1:3] == [THEN, THEN - timedelta(days=1)]
    assert moments[0] < moments[3]


async def test_the_clock_goes_on_within_a_unit_and_stands_still_in_a_dated_one(
    cast: Cast,
) -> None:
    async with reading(cast.harbour.dan):
        assert await clock.now() < await clock.now()
    async with unit_of_work(cast.harbour.dan, at=THEN):
        assert await clock.now() == await clock.now() == THEN


async def test_the_clock_is_the_databases_own(cast: Cast) -> None:
    async with reading(cast.harbour.dan):
        before = await current().fetchval("select clock_timestamp()")
        now = await clock.now()
        assert before < now < await current().fetchval("select clock_timestamp()")
    assert now.utcoffset() == timedelta(0)


async def test_today_is_where_one_is(cast: Cast) -> None:
    async with unit_of_work(cast.harbour.dan, at=THEN):
        assert await clock.today("Europe/London") == date(2024, 2, 29)
        assert await clock.today("Europe/Zurich") == date(2024, 3, 1)
        assert await clock.today("America/New_York") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-29T00:59:59", "Europe/London", "2026-03-29"),
        ("2026-07-01T22:59:59", "Europe/London", "2026-07-01"),
        ("2026-07-01T23:00:00", "Europe/London", "2026-07-02"),
        ("2026-10-25T23:59:59", "Europe/London", "2026-10-25"),
        ("2025-12-31T10:00:00", "Pacific/Kiritimati", "2026-01-01"),
        ("2026-01-01T10:59:59", "Pacific/Pago_Pago", "2025-12-31"),
    ],
)
def test_a_moment_falls_on_the_date_of_its_place(moment: str, zone: str, day: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert clock.local_date(at, zone) == date.fromisoformat(day)


async def test_a_dated_job_is_as_old_as_it_says(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan, at=THEN):
        job = await Job.open(client_id=house.mill, title="Old", step_list=[{"title": "Step"}])
    assert job.created_at == THEN


def test_only_the_demo_and_imports_date_what_they_do() -> None:
    dating = {
        str(path.relative_to(ROOT))
        for room in PRODUCT
        for path in (ROOT / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "unit_of_work"
        and any(keyword.arg == "at" for keyword in call.keywords)
    }
    assert dating
    assert all(path.startswith(MAY_DATE) for path in dating), dating
