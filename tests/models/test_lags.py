"""Lags: business days that pass after what was waited for has come, and what is ready when."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from models.dependency_kinds import DependencyKind
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.firms import Firm
from models.tasks import Task
from models.tasks.lags import ready_by_now
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from resolvers import holding_up
from tests.cast import Cast, House
from tests.tied import (
    FINISH,
    FRIDAY,
    MONDAY,
    START,
    TOGETHER,
    TUESDAY,
    move,
    status_of,
    wait,
    waiting,
)
from tests.verify import verify_action, verify_refusal


@pytest.mark.parametrize("kind", list(DependencyKind))
async def test_a_cancelled_task_is_waited_for_by_nothing_nor_is_its_lag(
    cast: Cast, kind: DependencyKind
) -> None:
    house = cast.harbour
    wrap = await waiting(house, kind, lag=5)
    async with verify_action(house, house.dan):
        await move(house.ring, WorkCategory.CANCELLED)
        await (await Task.load(wrap)).complete()


@pytest.mark.parametrize(("kind", "how"), [(FINISH, "begun"), (TOGETHER, "finished")])
async def test_a_lag_is_counted_in_business_days_and_said_with_its_day(
    cast: Cast, kind: DependencyKind, how: str
) -> None:
    house = cast.harbour
    wrap = await waiting(house, kind, lag=1)
    async with unit_of_work(house.dan, at=FRIDAY):
        await (await Task.load(house.ring)).complete()
    async with verify_refusal(house, house.dan, Locked, at=FRIDAY + timedelta(days=2)) as refusal:
        await (await Task.load(wrap)).complete()
    assert refusal.error.message == (f"It can be {how} on 2025-12-08, 1 business day after “Ring”.")
    async with verify_action(house, house.dan, at=MONDAY):
        await (await Task.load(wrap)).complete()


async def test_a_lag_passes_over_the_holidays_that_the_firm_keeps(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=2)
    async with unit_of_work(house.ada):
        await (await Firm.mine()).change({"holiday_calendar": "england_and_wales"}, None)
    async with unit_of_work(house.dan, at=datetime(2025, 12, 23, 12, tzinfo=UTC)):
        await (await Task.load(house.ring)).complete()
    assert await _ready_on(house, wrap) == date(2025, 12, 29)


async def test_a_lag_counts_from_the_beginning_where_that_is_what_is_waited_for(
    cast: Cast,
) -> None:
    house = cast.harbour
    wrap = await waiting(house, START, lag=3)
    assert await _ready_on(house, wrap) is None
    async with unit_of_work(house.dan, at=FRIDAY):
        await move(house.ring, WorkCategory.IN_PROGRESS)
    async with unit_of_work(house.dan, at=MONDAY):
        await (await Task.load(house.ring)).complete()
    assert await _ready_on(house, wrap) == date(2025, 12, 10)


async def test_what_waits_out_a_lag_is_not_ready_by_the_end_that_begins_it(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=1)
    async with unit_of_work(house.dan, at=FRIDAY):
        await (await Task.load(house.ring)).complete()
    assert await status_of(house, wrap) is WorkCategory.PLANNED


async def test_a_lag_that_has_passed_readies_with_nobody_acting(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=1)
    async with unit_of_work(house.dan, at=FRIDAY):
        await (await Task.load(house.ring)).complete()
    async with unit_of_work(house.system, at=FRIDAY + timedelta(days=2)):
        await ready_by_now(wrap)
    assert await status_of(house, wrap) is WorkCategory.PLANNED
    async with verify_action(house, house.system, at=MONDAY) as action:
        await ready_by_now(wrap)
        await ready_by_now(wrap)
    assert action.kinds == [EventKind.TASK_MOVED]
    assert await status_of(house, wrap) is WorkCategory.READY


async def test_what_somebody_keeps_planned_after_the_lag_is_left_as_it_is(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=1)
    async with unit_of_work(house.dan, at=FRIDAY):
        await (await Task.load(house.ring)).complete()
    async with unit_of_work(house.dan, at=MONDAY):
        await (await Task.load(wrap)).change({"title": "Wrap up"}, None)
    async with verify_action(house, house.system, at=TUESDAY) as action:
        await ready_by_now(wrap)
    assert action.kinds == []


async def test_what_still_waits_for_another_is_not_readied_by_a_lag(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=1)
    async with unit_of_work(house.dan, at=FRIDAY):
        await wait(wrap, house.tidy, START)
        await (await Task.load(house.ring)).complete()
    async with verify_action(house, house.system, at=TUESDAY) as action:
        await ready_by_now(wrap)
        await ready_by_now(house.books)
    assert action.kinds == []


async def test_what_waits_out_the_lag_of_a_task_that_is_deleted_is_ready(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=1)
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).complete()
    async with verify_action(house, house.dan) as action:
        await (await Task.load(house.ring)).remove()
    assert action.kinds[-1] == EventKind.TASK_MOVED
    assert await status_of(house, wrap) is WorkCategory.READY


@pytest.mark.parametrize("lag", [-1, 251])
async def test_a_lag_that_nobody_means_is_refused(cast: Cast, lag: int) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path="lagDays") as refusal:
        await wait(house.ring, house.tidy, FINISH, lag)
    assert refusal.error.message == "A lag is 0 to 250 business days."


async def _ready_on(house: House, task: UUID) -> date | None:
    async with reading(house.dan):
        return (await holding_up.ready_on([{"id": task}]))[0]
