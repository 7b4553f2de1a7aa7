"""When work can be done, what must not slip, and what becomes late by what."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from models.clients import firm_today
from models.dependency_kinds import DependencyKind
from models.firms import Firm
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import Row, current, reading, unit_of_work
from models.workflows import WorkCategory
from models.working_days import add_business_days
from resolvers import schedules
from tests.cast import Cast, House, Person
from tests.tied import FINISH, START, TOGETHER, move, wait

HOURS = 3600


async def rows_of(table: str, ids: Sequence[UUID]) -> list[Row]:
    found = await current().fetch(f"select * from {table} where id = any($1)", list(ids))
    return sorted(found, key=lambda row: ids.index(row["id"]))


async def job_of(house: House, id: UUID, viewer: Person | None = None) -> dict[str, Any]:
    async with reading(viewer or house.dan):
        (found,) = await schedules.of_jobs(await rows_of("job", [id]))
    return {**found, "critical_path": [row["title"] for row in found["critical_path"]]}


async def steps_of(house: House, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    async with reading(house.dan):
        return await schedules.of_tasks(await rows_of("task", ids))


async def late_by(house: House, task: UUID, viewer: Person | None = None) -> list[tuple[str, Any]]:
    async with reading(viewer or house.dan):
        (found,) = await schedules.makes_late(await rows_of("task", [task]))
        rows = {row["id"]: row["title"] for table in ("task", "job") for row in await rows_of(
            table, [one["task_id"] or one["job_id"] for one in found]
        )}  # fmt: skip
    return [(rows[one["task_id"] or one["job_id"]], one["due_date"]) for one in found]


async def day(house: House, number: int) -> date:
    """The business day of that number, counted from today as the first."""
    async with reading(house.dan):
        return add_business_days(add_business_days(await firm_today(), 0), number - 1)


async def change(house: House, task: UUID, **facts: Any) -> None:
    async with unit_of_work(house.ben):
        await (await Task.load(task)).change(facts, None)


async def test_what_waits_for_one_another_is_done_a_business_day_each(cast: Cast) -> None:
    house = cast.harbour
    assert await job_of(house, house.books) == {
        "expected_finish": await day(house, 3), "critical_path": ["Gather", "Post", "Reconcile"],
    }  # fmt: skip
    gather, post, ring = await steps_of(house, [house.gather, house.post, house.ring])
    assert (gather["expected_start"], gather["slack_days"]) == (await day(house, 1), 0)
    assert (post["expected_start"], post["expected_finish"]) == (await day(house, 2),) * 2
    assert (ring["expected_finish"], ring["slack_days"]) == (await day(house, 1), None)


async def test_what_is_estimated_takes_as_long_and_what_is_beside_it_has_slack(cast: Cast) -> None:
    house = cast.harbour
    await change(house, house.post, estimate_seconds=20 * HOURS)
    async with unit_of_work(house.dan):
        call = (await Task.add(title="Call", job_id=house.books)).id
        await wait(call, house.gather, FINISH)
    assert await job_of(house, house.books) == {
        "expected_finish": await day(house, 5), "critical_path": ["Gather", "Post", "Reconcile"],
    }  # fmt: skip
    (beside,) = await steps_of(house, [call])
    assert (beside["expected_start"], beside["slack_days"]) == (await day(house, 2), 2)


@pytest.mark.parametrize(("kind", "lag"), [(FINISH, 1), (START, 2), (TOGETHER, 2)])
async def test_each_kind_of_waiting_and_its_lag_puts_off(
    cast: Cast, kind: DependencyKind, lag: int
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await wait(house.reconcile, house.post, kind, lag)
    assert (await job_of(house, house.books))["expected_finish"] == await day(house, 4)


async def test_what_is_done_has_no_part_in_it_but_a_lag_after_it_has(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await wait(house.post, house.gather, FINISH, 4)
        await (await Task.load(house.gather)).complete()
    today, first = await _today(house), await day(house, 1)
    found = await job_of(house, house.books)
    free = add_business_days(today, 4)
    assert found["critical_path"] == ["Post", "Reconcile"]
    assert found["expected_finish"] == add_business_days(free, 1)
    assert free >= first


async def test_what_was_begun_takes_what_the_days_since_then_have_left(cast: Cast) -> None:
    house = cast.harbour
    await change(house, house.gather, estimate_seconds=40 * HOURS)
    today = await day(house, 1)
    async with unit_of_work(house.dan) as unit:
        now = await unit.fetchval("select clock_timestamp()")
    begun = add_business_days(today, -2)
    async with unit_of_work(house.dan, at=now - (await _today(house) - begun)):
        await move(house.gather, WorkCategory.IN_PROGRESS)
    (gather,) = await steps_of(house, [house.gather])
    worked = 2 if await _today(house) == today else 3
    assert gather["expected_finish"] == await day(house, 5 - worked)


async def test_what_should_be_over_long_since_is_done_today(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan) as unit:
        now = await unit.fetchval("select clock_timestamp()")
    async with unit_of_work(house.dan, at=now - timedelta(days=90)):
        await move(house.gather, WorkCategory.IN_PROGRESS)
    (gather,) = await steps_of(house, [house.gather])
    assert gather["expected_finish"] == await day(house, 1)


async def test_no_step_begins_before_its_job_is_to(cast: Cast) -> None:
    house, start = cast.harbour, await day(cast.harbour, 11)
    async with unit_of_work(house.dan):
        await (await Job.load(house.books)).change({"start_date": start}, None)
    assert (await job_of(house, house.books))["expected_finish"] == await day(house, 13)


async def test_holidays_that_the_firm_keeps_are_passed_over(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ada):
        await (await Firm.mine()).change({"holiday_calendar": "england_and_wales"}, None)
    await change(house, house.gather, estimate_seconds=300 * 8 * HOURS)
    async with reading(house.dan):
        holidays = await (await Firm.mine()).holidays()
        first = add_business_days(await firm_today(), 0, holidays)
    (gather,) = await steps_of(house, [house.gather])
    assert gather["expected_finish"] == add_business_days(first, 299, holidays)


async def test_what_waits_for_work_that_one_may_not_see_is_done_after_it_unnamed(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.ben):
        await wait(house.gather, house.seal, FINISH)
    for viewer in (house.dan, house.ben):
        assert await job_of(house, house.books, viewer) == {
            "expected_finish": await day(house, 4),
            "critical_path": ["Gather", "Post", "Reconcile"],
        }


async def test_what_is_over_is_not_foretold(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for task in (house.gather, house.post, house.reconcile):
            await move(task, WorkCategory.CANCELLED)
    nothing: dict[str, Any] = {"expected_finish": None, "critical_path": []}
    assert await job_of(house, house.books) == nothing
    async with unit_of_work(house.dan):
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
    assert (await job_of(house, house.books))["critical_path"] == []
    (gather,) = await steps_of(house, [house.gather])
    assert gather["expected_finish"] is None
    assert await late_by(house, house.gather) == []


async def test_nothing_is_foretold_beyond_ten_years(cast: Cast) -> None:
    house = cast.harbour
    for task in (house.gather, house.post, house.reconcile):
        await change(house, task, estimate_seconds=10_000 * HOURS)
    assert (await job_of(house, house.books))["expected_finish"] is None


async def test_a_task_tells_what_is_late_by_it(cast: Cast) -> None:
    house, second, third = cast.harbour, await day(cast.harbour, 2), await day(cast.harbour, 3)
    await change(house, house.post, due_date=second)
    await change(house, house.reconcile, due_date=second)
    async with unit_of_work(house.dan):
        await (await Job.load(house.books)).change({"due_date": second}, None)
    late = [("Reconcile", second), ("Books", second)]
    assert await late_by(house, house.gather) == late
    assert await late_by(house, house.post) == late
    assert await late_by(house, house.reconcile) == [("Books", second)]
    await change(house, house.reconcile, due_date=third)
    assert await late_by(house, house.gather) == [("Books", second)]
    assert await late_by(house, house.ring) == []


async def test_what_has_time_to_spare_makes_nothing_late(cast: Cast) -> None:
    house, first = cast.harbour, await day(cast.harbour, 1)
    await change(house, house.reconcile, due_date=first)
    async with unit_of_work(house.dan):
        await wait(house.reconcile, house.tidy, FINISH)
    assert await late_by(house, house.tidy) == []
    await change(house, house.tidy, estimate_seconds=16 * HOURS)
    assert await late_by(house, house.tidy) == [("Reconcile", first)]


async def test_what_is_late_and_not_ones_to_see_is_not_told(cast: Cast) -> None:
    house, first = cast.harbour, await day(cast.harbour, 1)
    async with unit_of_work(house.ben):
        await wait(house.seal, house.ring, FINISH)
        await (await Job.load(house.secret)).change({"due_date": first}, None)
    await change(house, house.seal, due_date=first)
    assert await late_by(house, house.ring, house.ben) == [("Seal", first), ("Secret", first)]
    assert await late_by(house, house.ring, house.dan) == []


async def test_many_are_answered_at_once_what_each_alone_is(cast: Cast) -> None:
    house = cast.harbour
    tasks = [house.gather, house.post, house.reconcile, house.draft, house.ring, house.tidy]
    async with reading(house.ada):
        all_tasks, jobs = (
            await rows_of("task", tasks),
            await rows_of("job", [house.books, house.year_end]),
        )
        for ask, rows in (
            (schedules.of_jobs, jobs), (schedules.of_tasks, all_tasks),
            (schedules.makes_late, all_tasks),
        ):  # fmt: skip
            together = await ask(rows)
            assert together == [(await ask([row]))[0] for row in rows]


async def _today(house: House) -> date:
    async with reading(house.dan):
        return await firm_today()
