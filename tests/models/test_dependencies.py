"""Dependencies: who waits for whom, never in a circle, and what becomes free when waiting ends."""

import asyncio
from uuid import UUID

import pytest

from models.dependencies import Dependency
from models.errors import Conflict, NotFound, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from resolvers import holding_up, tasks
from tests.cast import Cast, House
from tests.verify import verify_action, verify_refusal


async def wait(blocked: UUID, blocker: UUID) -> Dependency:
    return await Dependency.add(await Task.load(blocked), await Task.load(blocker, lock=False))


async def test_one_task_waits_for_another(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        link = await wait(house.ring, house.reconcile)
    assert action.kinds == [EventKind.DEPENDENCY_ADDED]
    assert action.events[0]["client_id"] == str(house.bakery)
    assert (link.blocked_id, link.blocker_id) == (house.ring, house.reconcile)


async def test_to_wait_twice_is_to_wait_once(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        first = await wait(house.ring, house.tidy)
    async with verify_action(house, house.eve) as action:
        again = await wait(house.ring, house.tidy)
    assert (again.id, again.version) == (first.id, 1)
    assert action.kinds == []


async def test_a_circle_is_refused_and_named(cast: Cast) -> None:
    house = cast.harbour
    circles = {
        (house.gather, house.gather): "“Gather” → “Gather”",
        (house.gather, house.post): "“Gather” → “Post” → “Gather”",
        (house.gather, house.reconcile): "“Gather” → “Reconcile” → “Post” → “Gather”",
    }
    for (blocked, blocker), names in circles.items():
        async with verify_refusal(
            house, house.dan, ValidationError, code="CYCLE", path="blockerId"
        ) as refusal:
            await wait(blocked, blocker)
        assert refusal.error.message == f"That would be a circle: {names}."


async def test_a_circle_through_another_clients_work_is_refused_without_naming_it(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.ben):
        await wait(house.seal, house.ring)
        await wait(house.tidy, house.seal)
    async with verify_refusal(house, house.dan, ValidationError, code="CYCLE") as refusal:
        await wait(house.ring, house.tidy)
    assert "“Tidy” → something you may not see → “Ring”" in refusal.error.message


async def test_two_halves_of_a_circle_closed_at_once_leave_one_of_them(cast: Cast) -> None:
    house = cast.harbour

    async def half(blocked: UUID, blocker: UUID) -> bool:
        try:
            async with unit_of_work(house.dan):
                await wait(blocked, blocker)
        except ValidationError:
            return False
        return True

    async with verify_action(house) as action:
        stood = await asyncio.gather(half(house.ring, house.tidy), half(house.tidy, house.ring))
    assert sorted(stood) == [False, True]
    assert action.kinds == [EventKind.DEPENDENCY_ADDED]


async def test_steps_with_more_ways_than_could_be_walked_are_looked_through_at_once(
    cast: Cast,
) -> None:
    house = cast.harbour
    steps = [
        {"title": str(number), "depends_on": list(range(max(1, number - 3), number))}
        for number in range(1, 121)
    ]
    async with unit_of_work(house.dan):
        job = await Job.open(client_id=house.mill, title="Wide", step_list=steps)
    async with reading(house.dan):
        ids = [task.id for task in await Task.filter(job_id=job.id).order_by("step")]
    async with asyncio.timeout(3):
        async with verify_action(house, house.dan):
            await wait(house.tidy, ids[-1])
        async with verify_refusal(house, house.dan, ValidationError, code="CYCLE"):
            await wait(ids[0], ids[-1])


async def test_waiting_that_ends_before_its_time_frees_what_waited(cast: Cast) -> None:
    house = cast.harbour
    async with verify_action(house, house.dan) as action:
        await tasks.remove_dependency(blocked_id=house.post, blocker_id=house.gather)
    assert action.kinds == [EventKind.DEPENDENCY_REMOVED, EventKind.TASK_MOVED]
    async with reading(house.dan):
        assert (await Task.load(house.post, lock=False)).status is WorkCategory.READY
    async with verify_action(house, house.dan):
        await (await Task.load(house.post)).complete()


async def test_what_waits_for_two_is_ready_after_the_second(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await wait(house.post, house.ring)
    async with verify_action(house, house.dan) as first:
        await (await Task.load(house.ring)).complete()
    assert first.kinds == [EventKind.TASK_COMPLETED]
    async with verify_action(house, house.dan) as second:
        await (await Task.load(house.gather)).complete()
    (ready,) = [event for event in second.events if event["entity_id"] == str(house.post)]
    assert ready["payload"] == {"status": ["planned", "ready"]}


async def test_what_waits_for_two_that_end_at_once_is_ready(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        wrap = await Task.add(title="Wrap")
        await (await Task.load(wrap.id)).move(status=WorkCategory.PLANNED)
        await wait(wrap.id, house.ring)
        await wait(wrap.id, house.tidy)
    ring_is_done, tidy_is_done = asyncio.Event(), asyncio.Event()

    async def finish(id: UUID, done: asyncio.Event, other: asyncio.Event) -> None:
        async with unit_of_work(house.dan):
            task = await Task.load(id)
            done.set()
            await other.wait()
            await task.complete()

    async with verify_action(house) as action:
        await asyncio.gather(
            finish(house.ring, ring_is_done, tidy_is_done),
            finish(house.tidy, tidy_is_done, ring_is_done),
        )
    assert sorted(action.kinds) == ["task.completed", "task.completed", "task.moved"]
    async with reading(house.dan):
        assert (await Task.load(wrap.id, lock=False)).status is WorkCategory.READY


async def test_the_end_of_a_waiting_that_was_over_moves_nothing(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await (await Task.load(house.gather)).complete()
        await (await Task.load(house.post)).move(status=WorkCategory.PLANNED)
    async with verify_action(house, house.dan) as action:
        await tasks.remove_dependency(blocked_id=house.post, blocker_id=house.gather)
    assert action.kinds == [EventKind.DEPENDENCY_REMOVED]


async def test_a_waiting_that_is_not_there_cannot_end(cast: Cast) -> None:
    house = cast.harbour
    for blocked, blocker in ((house.gather, house.post), (house.reconcile, house.gather)):
        async with verify_refusal(house, house.dan, NotFound, path="blockerId"):
            await tasks.remove_dependency(blocked_id=blocked, blocker_id=blocker)


async def test_a_removed_waiting_that_was_changed_meanwhile_is_a_conflict(cast: Cast) -> None:
    house = cast.harbour
    async with verify_refusal(house, house.dan, Conflict):
        link = await Dependency.of(await Task.load(house.post), await Task.load(house.gather))
        assert link is not None
        await link.remove()
        await link.remove()


@pytest.mark.parametrize(
    ("blocked", "blocker", "path"),
    [("ring", "seal", "blockerId"), ("seal", "ring", "blockedId")],
)
async def test_nobody_ties_what_they_cannot_see(
    cast: Cast, blocked: str, blocker: str, path: str
) -> None:
    house = cast.harbour
    for verb in (tasks.add_dependency, tasks.remove_dependency):
        async with verify_refusal(house, house.dan, NotFound, path=path):
            await verb(blocked_id=getattr(house, blocked), blocker_id=getattr(house, blocker))
    strange = {blocked: cast.alpine.ring, blocker: cast.alpine.ring}
    async with verify_refusal(house, house.ada, NotFound):
        await tasks.add_dependency(
            blocked_id=strange.get("ring", house.ring), blocker_id=strange.get("seal", house.seal)
        )


async def test_what_waits_is_told_apart_by_what_one_may_see(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.ben):
        await wait(house.ring, house.seal)
        await wait(house.ring, house.tidy)
    assert await _blockers_of_the_ring(house, house.eve) == (["Seal", "Tidy"], True)
    assert await _blockers_of_the_ring(house, house.dan) == (["Tidy"], True)
    async with unit_of_work(house.ben):
        await (await Task.load(house.tidy)).complete()
    assert await _blockers_of_the_ring(house, house.dan) == (["Tidy"], True)
    async with unit_of_work(house.ben):
        await (await Task.load(house.seal)).complete()
    assert await _blockers_of_the_ring(house, house.dan) == (["Tidy"], False)


async def _blockers_of_the_ring(house: House, viewer: object) -> tuple[list[str], bool]:
    async with reading(viewer):  # type: ignore[arg-type]
        ring = [{"id": house.ring, "status": "ready"}]
        (shown,) = await tasks.blocked_by(ring)
        (held,) = await holding_up.blocked(ring)
    return sorted(row["title"] for row in shown), held
