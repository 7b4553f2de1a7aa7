"""A lag that passes with nobody acting: the worker readies what waited for it, once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import asyncpg
import pytest

from models.dependencies import Dependency
from models.dependency_kinds import DependencyKind
from models.events import EventKind
from models.tasks import Task
from models.tasks.lags import lagging_tasks
from models.unit_of_work import current, reading, unit_of_work
from models.workflows import WorkCategory
from server.worker import Worker, working
from tests.cast import Cast, House, two_firms
from tests.server.workshop import Workshop, workshop
from tests.servers import DatabaseMaker
from tests.verify import verify_action


@pytest.fixture
async def shop(make_database: DatabaseMaker, practice: object) -> AsyncIterator[Workshop]:
    async with make_database() as own, workshop(own) as made:
        yield made


@pytest.fixture
async def cast(shop: Workshop) -> Cast:
    return await two_firms()


async def lagging(house: House, lag: int, *, days_ago: int = 10) -> UUID:
    """A task that waits so many business days for what was done some days ago."""
    async with reading(house.dan) as unit:
        now = await unit.fetchval("select clock_timestamp()")
    async with unit_of_work(house.dan, at=now - timedelta(days=days_ago + 1)):
        first, then = await Task.add(title="First"), await Task.add(title="Then")
        await Dependency.add(then, first, kind=DependencyKind.FINISH_TO_START, lag_days=lag)
        await (await Task.load(then.id)).move(status=WorkCategory.PLANNED)
    async with unit_of_work(house.dan, at=now - timedelta(days=days_ago)):
        await (await Task.load(first.id)).complete()
    return then.id


async def is_ready(house: House, task: UUID) -> bool:
    async with reading(house.system):
        return (await Task.load(task, lock=False)).status is WorkCategory.READY


async def test_a_task_is_readied_on_the_day_on_which_its_lag_has_passed(
    cast: Cast, shop: Workshop
) -> None:
    house = cast.harbour
    passed, passing = await lagging(house, 3), await lagging(house, 30)
    async with verify_action(house) as action, working(Worker(shop.queue)):
        await shop.until(partial(is_ready, house, passed))
        await shop.done(1)
    assert action.kinds == [EventKind.TASK_MOVED]
    assert not await is_ready(house, passing)


async def test_only_what_a_lag_may_have_kept_is_looked_at_and_not_for_ever(
    cast: Cast, shop: Workshop
) -> None:
    house, other = cast.harbour, cast.alpine
    found = {(house.id, await lagging(house, 3)), (other.id, await lagging(other, 3))}
    await lagging(house, 0)
    await lagging(house, 3, days_ago=60)
    pieces = await lagging_tasks(shop.queue)
    assert {(piece.firm_id, piece.about_id) for piece in pieces} == found


async def test_the_app_does_not_ask_across_firms(cast: Cast) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with unit_of_work(cast.harbour.ada):
            await current().execute("select * from find_lagging_tasks()")
