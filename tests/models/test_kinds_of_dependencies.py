"""The kinds of dependencies: what each refuses, and what is ready when."""

from typing import Any
from uuid import UUID

import pytest

from models.dependency_kinds import DependencyKind
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import current, reading, unit_of_work
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


async def test_what_is_to_begin_after_another_has_begun_does_not_wait_for_its_end(
    cast: Cast,
) -> None:
    house = cast.harbour
    wrap = await waiting(house, START)
    async with verify_refusal(house, house.dan, Locked, code="BLOCKED") as refusal:
        await move(wrap, WorkCategory.IN_PROGRESS)
    assert refusal.error.message == "It waits for “Ring” to be begun."
    async with verify_action(house, house.dan) as action:
        await move(house.ring, WorkCategory.IN_PROGRESS)
    assert action.kinds == [EventKind.TASK_MOVED, EventKind.TASK_MOVED]
    assert await status_of(house, wrap) is WorkCategory.READY
    async with verify_action(house, house.dan):
        await move(wrap, WorkCategory.DONE)


async def test_what_is_to_be_finished_after_another_may_begin_before_it(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, TOGETHER)
    async with verify_action(house, house.dan):
        await move(wrap, WorkCategory.IN_PROGRESS)
    async with verify_refusal(house, house.dan, Locked, code="BLOCKED") as refusal:
        await (await Task.load(wrap)).complete()
    assert refusal.error.message == "It is finished after “Ring”."
    async with verify_action(house, house.dan):
        await (await Task.load(house.ring)).complete()
        await (await Task.load(wrap)).complete()


async def test_what_cannot_be_finished_yet_is_finished_by_a_manager_who_says_why(
    cast: Cast,
) -> None:
    house = cast.harbour
    wrap = await waiting(house, TOGETHER)
    async with verify_action(house, house.cleo) as action:
        await (await Task.load(wrap)).complete("It is the same by now.")
    assert action.kinds == [EventKind.DEPENDENCY_OVERRIDDEN, EventKind.TASK_COMPLETED]


async def test_all_that_holds_it_up_is_said_and_each_that_is_overridden_keeps_why(
    cast: Cast,
) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH)
    async with unit_of_work(house.dan):
        await wait(wrap, house.tidy, START)
        await wait(wrap, house.gather, TOGETHER)
    async with verify_refusal(house, house.dan, Locked, code="BLOCKED") as refusal:
        await (await Task.load(wrap)).complete()
    assert refusal.error.message == (
        "It waits for “Ring”. It waits for “Tidy” to be begun. It is finished after “Gather”."
    )
    async with verify_action(house, house.cleo) as action:
        await (await Task.load(wrap)).complete("All of it is in hand.")
    assert action.kinds.count(EventKind.DEPENDENCY_OVERRIDDEN) == 3


async def test_said_otherwise_it_waits_otherwise_and_is_ready_if_that_is_less(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, FINISH, lag=2)
    async with verify_action(house, house.dan) as longer:
        link = await wait(wrap, house.ring, START, 4)
    assert longer.kinds == [EventKind.DEPENDENCY_CHANGED]
    assert (link.kind, link.lag_days, link.version) == (START, 4, 2)
    async with verify_action(house, house.dan) as freer:
        await wait(wrap, house.ring, TOGETHER)
    assert freer.kinds == [EventKind.DEPENDENCY_CHANGED, EventKind.TASK_MOVED]


@pytest.mark.parametrize("kind", list(DependencyKind))
async def test_a_circle_is_one_over_whatever_kinds_it_leads(
    cast: Cast, kind: DependencyKind
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await wait(house.ring, house.reconcile, START)
    async with verify_refusal(house, house.dan, ValidationError, code="CYCLE") as refusal:
        await wait(house.post, house.ring, kind)
    assert refusal.error.message == (
        "That would be a circle: “Post” → “Ring” → “Reconcile” → “Post”."
    )


async def test_whether_a_task_has_to_wait_is_asked_of_what_it_does_next(cast: Cast) -> None:
    house = cast.harbour
    wrap = await waiting(house, TOGETHER)
    assert not await _blocked(house, wrap)
    async with unit_of_work(house.dan):
        await move(wrap, WorkCategory.IN_PROGRESS)
    assert await _blocked(house, wrap)
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).complete()
    assert not await _blocked(house, wrap)


async def test_a_jobs_steps_wait_as_they_were_told_to(cast: Cast) -> None:
    house = cast.harbour
    steps: list[dict[str, Any]] = [
        {"title": "One"},
        {"title": "Two", "dependencies": [{"step": 1, "kind": START, "lag_days": 2}]},
        {"title": "Three", "dependencies": [{"step": 1, "kind": TOGETHER}, {"step": 1, "kind": TOGETHER}]},
        {"title": "Four", "depends_on": [2], "dependencies": [{"step": 3}]},
    ]  # fmt: skip
    async with verify_action(house, house.dan):
        job = await Job.open(client_id=house.mill, title="Kinds", step_list=steps)
    async with reading(house.dan):
        rows = await current().fetch(
            "select t.title, t.status, d.kind, d.lag_days, b.title as after from task t"
            " left join dependency d on d.blocked_id = t.id left join task b on b.id = d.blocker_id"
            " where t.job_id = $1 order by t.step, b.step", job.id,
        )  # fmt: skip
    assert [list(row) for row in rows] == [
        ["One", "ready", None, None, None], ["Two", "planned", "start_to_start", 2, "One"],
        ["Three", "ready", "finish_to_finish", 0, "One"],
        ["Four", "planned", "finish_to_start", 0, "Two"],
        ["Four", "planned", "finish_to_start", 0, "Three"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"dependencies": [{"step": 1}, {"step": 2}]}, "dependencies.1.step"),
        ({"dependencies": [{"step": 1, "lag_days": 251}]}, "dependencies.0.lagDays"),
        ({"dependencies": [{"step": 1}, {"step": 1, "kind": START}]}, "dependencies.1.step"),
        ({"depends_on": [1], "dependencies": [{"step": 1, "lag_days": 1}]}, "dependencies.0.step"),
    ],
)
async def test_a_step_that_waits_for_what_it_cannot_is_refused(
    cast: Cast, step: dict[str, object], path: str
) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, ValidationError, path=f"steps.1.{path}"):
        await Job.open(
            client_id=house.mill,
            title="Kinds",
            step_list=[{"title": "One"}, {"title": "Two", **step}],
        )


async def test_since_when_somebody_is_at_a_task_is_kept(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan, at=FRIDAY):
        await move(house.ring, WorkCategory.IN_PROGRESS)
    async with unit_of_work(house.dan, at=MONDAY):
        assert (await move(house.ring, WorkCategory.ON_HOLD)).started_at == FRIDAY
    async with unit_of_work(house.dan, at=MONDAY):
        assert (await move(house.ring, WorkCategory.READY)).started_at is None
    async with unit_of_work(house.dan, at=TUESDAY):
        assert (await move(house.ring, WorkCategory.DONE)).started_at == TUESDAY


async def _blocked(house: House, task: UUID) -> bool:
    async with reading(house.dan):
        return (await holding_up.blocked([{"id": task, "status": await _status(task)}]))[0]


async def _status(task: UUID) -> str:
    return str((await Task.load(task, lock=False)).status)
