"""Beginning, finishing, taking up again, cancelling; and where a card stands."""

from datetime import UTC, date, datetime

import pytest

from models.dependencies import Dependency
from models.errors import Locked, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from tests.cast import Cast, House, Person
from tests.verify import verify_action, verify_refusal

BEGUN = [category for category in WorkCategory if category.is_begun]


async def move(task_id: object, status: WorkCategory, **more: object) -> Task:
    task = await Task.load(task_id)  # type: ignore[arg-type]
    return await task.move(status=status, **more)  # type: ignore[arg-type]


async def status_of(house: House, task_id: object) -> WorkCategory:
    async with reading(house.ada):
        return (await Task.load(task_id, lock=False)).status  # type: ignore[arg-type]


@pytest.mark.parametrize("status", [s for s in WorkCategory if s is not WorkCategory.READY])
async def test_a_task_goes_to_any_status_and_back_to_being_ready(
    cast: Cast, status: WorkCategory
) -> None:
    house = cast.harbour
    async with verify_action(house) as action:
        async with unit_of_work(house.dan):
            await move(house.ring, status)
        async with unit_of_work(house.dan):
            await move(house.ring, WorkCategory.READY)
    done = status is WorkCategory.DONE
    assert action.kinds == [
        EventKind.TASK_COMPLETED if done else EventKind.TASK_MOVED,
        EventKind.TASK_REOPENED if status.is_over else EventKind.TASK_MOVED,
    ]


async def test_a_task_is_moved_given_away_and_dated_in_one_act(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        task = await move(
            house.ring,
            WorkCategory.ON_HOLD,
            after_id=house.gather,
            assignee_id=house.eve.id,
            due_date=date(2026, 5, 1),
        )
    assert action.kinds == [EventKind.TASK_MOVED]
    assert set(action.events[0]["payload"]) == {
        "status", "started_at", "position", "assignee_id", "due_date",
    }  # fmt: skip
    assert task.assignee_id == house.eve.id


async def test_a_task_is_put_before_and_after_others(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.ada):
        await (await Task.load(house.tidy)).move(before_id=house.gather)
        await (await Task.load(house.ring)).move(after_id=house.tidy)
        await (await Task.load(house.post)).move(after_id=house.gather, before_id=house.tidy)
    async with reading(house.ada):
        order = [task.id for task in await Task.all().order_by("position")]
    assert order[:4] == [house.tidy, house.ring, house.gather, house.post]


@pytest.mark.parametrize("side", ["after_id", "before_id"])
async def test_a_neighbour_that_one_cannot_see_is_no_neighbour(cast: Cast, side: str) -> None:
    house = cast.harbour
    for stranger in (house.seal, cast.alpine.tidy):
        async with verify_refusal(house, house.dan, NotFound):
            await (await Task.load(house.ring)).move(**{side: stranger})  # type: ignore[arg-type]


async def test_a_task_that_stays_where_it_is_leaves_no_event(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan) as action:
        await move(cast.harbour.ring, WorkCategory.READY)
        await (await Task.load(cast.harbour.ring)).reopen()
    assert action.kinds == []


async def test_a_task_is_completed_once_by_somebody_at_a_moment(cast: Cast) -> None:
    house, moment = cast.harbour, datetime(2025, 3, 1, 9, tzinfo=UTC)
    async with verify_action(house, house.eve, at=moment) as action:
        await (await Task.load(house.ring)).complete()
    assert action.kinds == [EventKind.TASK_COMPLETED]
    async with verify_action(house, house.dan) as again:
        task = await (await Task.load(house.ring)).complete()
    assert again.kinds == []
    assert (task.completed_at, task.completed_by_id) == (moment, house.eve.id)


async def test_a_task_taken_up_again_is_completed_by_nobody(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).complete()
    async with verify_action(house, house.eve) as action:
        task = await (await Task.load(house.ring)).reopen()
    assert action.kinds == [EventKind.TASK_REOPENED]
    assert (task.completed_at, task.completed_by_id) == (None, None)
    assert task.status is WorkCategory.READY


async def test_a_finished_task_that_is_cancelled_is_no_longer_completed(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).complete()
    async with verify_action(house, house.dan) as action:
        task = await move(house.ring, WorkCategory.CANCELLED)
    assert action.kinds == [EventKind.TASK_MOVED]
    assert task.completed_at is None


async def test_a_step_of_a_job_that_is_over_is_not_taken_up_again(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.gather)).complete()
        job = await Job.load(house.books)
        await job.move(stage=await job.stage_of(WorkCategory.CANCELLED))
    async with verify_refusal(house, house.dan, Locked, code="JOB_OVER"):
        await (await Task.load(house.gather)).reopen()
    async with verify_action(house, house.dan) as action:
        await move(house.post, WorkCategory.CANCELLED)
    assert EventKind.JOB_MOVED not in action.kinds


@pytest.mark.parametrize("status", BEGUN)
async def test_nothing_begins_or_ends_before_what_it_depends_on(
    cast: Cast, status: WorkCategory
) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, Locked, code="BLOCKED") as refusal:
        await move(house.post, status)
    assert refusal.error.message == "It waits for “Gather”."
    assert refusal.error.path == ("status",)


@pytest.mark.parametrize("status", [WorkCategory.READY, WorkCategory.CANCELLED])
async def test_what_waits_may_be_planned_or_cancelled(cast: Cast, status: WorkCategory) -> None:
    async with verify_action(cast.harbour, cast.harbour.dan):
        await move(cast.harbour.post, status)


@pytest.mark.parametrize("end", [WorkCategory.DONE, WorkCategory.CANCELLED])
async def test_the_end_of_a_task_readies_what_waited_for_it_alone(
    cast: Cast, end: WorkCategory
) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        await move(house.gather, end)
    moved = [event["entity_id"] for event in action.events if event["kind"] == "task.moved"]
    assert moved[-1] == str(house.post)
    assert await status_of(house, house.post) is WorkCategory.READY
    assert await status_of(house, house.reconcile) is WorkCategory.PLANNED


async def test_a_manager_lets_it_begin_before_its_time_with_a_reason_on_record(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.cleo) as action:
        await move(house.post, WorkCategory.IN_PROGRESS, override_reason=" The bank is down. ")
    assert action.kinds == [
        EventKind.DEPENDENCY_OVERRIDDEN,
        EventKind.TASK_MOVED,
        EventKind.JOB_MOVED,
    ]
    async with reading(house.dan):
        (link,) = await Dependency.filter(blocked_id=house.post)
    assert (link.blocker_id, link.overridden_by_id) == (house.gather, house.cleo.id)
    assert link.override_reason == "The bank is down."
    assert link.overridden_at is not None


async def test_what_was_let_begin_is_finished_by_anybody(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await move(house.post, WorkCategory.IN_PROGRESS, override_reason="The bank is down.")
    async with verify_action(house, house.dan) as action:
        await move(house.post, WorkCategory.ON_HOLD)
        await (await Task.load(house.post)).complete()
    assert EventKind.TASK_COMPLETED in action.kinds
    assert EventKind.DEPENDENCY_OVERRIDDEN not in action.kinds


async def test_what_was_finished_too_early_does_not_begin_anew_before_its_time(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await (await Task.load(house.post)).complete("The bank is down.")
    async with verify_refusal(house, house.dan, Locked, code="BLOCKED"):
        await move(house.post, WorkCategory.IN_PROGRESS)


async def test_a_reason_is_needed_and_is_a_managers_to_give(cast: Cast) -> None:
    house = cast.harbour
    for reason in ("", "  \n"):
        async with verify_refusal(house, house.cleo, Locked, code="BLOCKED"):
            await (await Task.load(house.post)).complete(reason)
    for viewer in (house.dan, house.finn):
        async with verify_refusal(house, viewer, path="overrideReason", code="FORBIDDEN"):
            await (await Task.load(house.post)).complete("I cannot wait.")


async def test_a_reason_where_nothing_is_waited_for_is_not_noted(cast: Cast) -> None:
    async with verify_action(cast.harbour, cast.harbour.cleo) as action:
        await (await Task.load(cast.harbour.ring)).complete("Just so.")
    assert action.kinds == [EventKind.TASK_COMPLETED]


async def test_what_the_viewer_may_not_see_holds_a_task_up_unnamed(cast: Cast) -> None:
    house = cast.harbour
    await _wait_for_the_seal(house)
    for viewer, name in ((house.dan, "something you may not see"), (house.eve, "“Seal”")):
        async with verify_refusal(house, viewer, Locked, code="BLOCKED") as refusal:
            await move(house.ring, WorkCategory.IN_PROGRESS)
        assert refusal.error.message == f"It waits for {name}."


async def test_an_override_of_what_its_readers_may_not_see_does_not_name_it(cast: Cast) -> None:
    house = cast.harbour
    await _wait_for_the_seal(house)
    async with verify_action(house, house.ben) as action:
        await (await Task.load(house.ring)).complete("Too late to wait.")
    assert action.kinds == [EventKind.DEPENDENCY_OVERRIDDEN, EventKind.TASK_COMPLETED]
    told = action.only(EventKind.DEPENDENCY_OVERRIDDEN)["payload"]
    assert set(told) == {"overridden_at", "overridden_by_id", "override_reason"}


async def test_a_reason_is_no_novel(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.cleo, ValidationError, path="overrideReason"):
        await (await Task.load(house.post)).complete("x" * 1001)


async def _wait_for_the_seal(house: House) -> None:
    async with unit_of_work(house.ben):
        await Dependency.add(await Task.load(house.ring), await Task.load(house.seal))


@pytest.mark.parametrize("who", ["cleo", "dan", "eve", "finn"])
async def test_everybody_who_sees_a_task_may_move_it(cast: Cast, who: str) -> None:
    viewer: Person = getattr(cast.harbour, who)
    async with verify_action(cast.harbour, viewer) as action:
        await move(cast.harbour.gather, WorkCategory.IN_PROGRESS)
    assert action.kinds == [EventKind.TASK_MOVED, EventKind.JOB_MOVED]
