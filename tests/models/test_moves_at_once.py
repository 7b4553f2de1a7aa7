"""Many people move cards at once: no card is lost, none doubled, and one order stands after."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import cycle
from random import Random
from uuid import UUID

import pytest

from models.base import FirmModel
from models.errors import PracticeError
from models.events import EventKind
from models.jobs import Job
from models.tasks import Task
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from tests.cast import Cast, House, Person
from tests.verify import verify_action

MOVES = 100
STAGES = (
    WorkCategory.READY,
    WorkCategory.IN_PROGRESS,
    WorkCategory.WAITING_ON_CLIENT,
    WorkCategory.IN_REVIEW,
    WorkCategory.PLANNED,
)
STATUSES = (*STAGES, WorkCategory.ON_HOLD, WorkCategory.DONE)

Move = Callable[[UUID, dict[str, UUID], WorkCategory], Awaitable[None]]


async def move_job(id: UUID, to: dict[str, UUID], category: WorkCategory) -> None:
    job = await Job.load(id)
    await job.move(stage=await job.stage_of(category), **to)  # type: ignore[arg-type]


async def move_task(id: UUID, to: dict[str, UUID], status: WorkCategory) -> None:
    await (await Task.load(id)).move(status=status, **to)  # type: ignore[arg-type]


async def twenty_jobs(house: House) -> list[UUID]:
    async with unit_of_work(house.cleo):
        return [
            (await Job.open(client_id=house.bakery, title=f"Job {n}", owner_id=house.dan.id)).id
            for n in range(20)
        ]


async def twenty_tasks(house: House) -> list[UUID]:
    """Ten on their own, ten steps of one job."""
    async with unit_of_work(house.cleo):
        alone = [(await Task.add(title=f"Task {n}", client_id=house.bakery)).id for n in range(10)]
        steps = [{"title": f"Step {n}"} for n in range(10)]
        job = await Job.open(client_id=house.bakery, title="Many steps", step_list=steps)
        return [*alone, *(task.id for task in await Task.filter(job_id=job.id))]


@pytest.mark.parametrize(
    ("model", "cards_of", "move", "places"),
    [(Job, twenty_jobs, move_job, STAGES), (Task, twenty_tasks, move_task, STATUSES)],
    ids=["jobs", "tasks"],
)
async def test_a_hundred_moves_at_once_keep_every_card_and_leave_one_order(
    cast: Cast,
    model: type[FirmModel],
    cards_of: Callable[[House], Awaitable[list[UUID]]],
    move: Move,
    places: tuple[WorkCategory, ...],
) -> None:
    house, chance = cast.harbour, Random(7)
    cards = await cards_of(house)
    people = cycle((house.ada, house.ben, house.cleo, house.dan, house.eve, house.finn))
    before = await order_of(house, model)

    async def one(person: Person, pair: list[UUID], place: WorkCategory) -> None:
        card, neighbour = pair
        side = chance.choice(("after_id", "before_id"))
        async with unit_of_work(person):
            await move(card, {side: neighbour}, place)

    async with verify_action(house) as action:
        await asyncio.gather(*(
            one(next(people), chance.sample(cards, 2), chance.choice(places))
            for _ in range(MOVES)
        ))  # fmt: skip
    after = await order_of(house, model)
    assert {id for id, _ in after} == {id for id, _ in before}
    assert len({position for _, position in after}) == len(after)
    moved = [event for event in action.events if "position" in event["payload"]]
    assert len(moved) == MOVES
    assert {event["actor_id"] for event in moved} == {str(one.id) for one in house.people}


async def test_a_hundred_cards_dropped_into_one_gap_at_once_all_stand_in_it(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        cards = [(await Task.add(title=f"Task {n}")).id for n in range(MOVES)]

    async def drop(card: UUID) -> None:
        async with unit_of_work(house.dan):
            await (await Task.load(card)).move(after_id=house.gather)

    async with verify_action(house) as action:
        await asyncio.gather(*(drop(card) for card in cards))
    assert action.kinds == [EventKind.TASK_MOVED] * MOVES
    order = [id for id, _ in await order_of(house, Task)]
    first = order.index(house.gather) + 1
    assert set(order[first : first + MOVES]) == set(cards)
    assert order[first + MOVES] == house.post


async def test_one_card_moved_by_all_at_once_is_where_the_last_put_it(cast: Cast) -> None:
    house = cast.harbour
    neighbours = (house.gather, house.post, house.reconcile, house.tidy, house.draft)

    async def drop(person: Person, neighbour: UUID) -> None:
        async with unit_of_work(person):
            await (await Task.load(house.ring)).move(after_id=neighbour)

    async with verify_action(house) as action:
        await asyncio.gather(*(
            drop(person, neighbour)
            for person in (house.ada, house.ben, house.cleo, house.dan, house.eve)
            for neighbour in neighbours
        ))  # fmt: skip
    assert [event["entity_version"] for event in action.events] == list(range(2, 27))
    last = action.events[-1]["payload"]["position"][1]
    assert dict(await order_of(house, Task))[house.ring] == last


async def test_steps_laid_out_by_several_at_once_stand_together(cast: Cast) -> None:
    house, people = cast.harbour, cast.harbour.people[:5]
    steps = [{"title": f"Step {n}"} for n in range(12)]

    async def lay_out(person: Person) -> UUID:
        async with unit_of_work(person):
            job = await Job.open(client_id=house.bakery, title="Payroll", step_list=steps)
        return job.id

    async with verify_action(house):
        jobs = await asyncio.gather(*(lay_out(person) for person in people))
    async with reading(house.ada):
        tasks = await Task.filter(job_id__in=jobs).order_by("position", "id")
    assert [task.step for task in tasks] == [*range(1, 13)] * len(people)
    for first in range(0, len(tasks), 12):
        assert len({task.job_id for task in tasks[first : first + 12]}) == 1
    assert len({task.position for task in tasks}) == len(tasks)


async def test_two_who_finish_a_job_and_take_up_its_step_leave_one_of_both(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        job = await Job.open(client_id=house.mill, title="Race", step_list=[{"title": "Only"}])
        (step,) = await Task.filter(job_id=job.id)
        await (await Task.load(step.id)).complete()

    async def tried(deed: Awaitable[object]) -> bool:
        try:
            await deed
        except PracticeError:
            return False
        return True

    async def finish() -> None:
        async with unit_of_work(house.dan):
            await move_job(job.id, {}, WorkCategory.DONE)

    async def take_up() -> None:
        async with unit_of_work(house.eve):
            await (await Task.load(step.id)).reopen()

    async with verify_action(house):
        done = await asyncio.gather(tried(finish()), tried(take_up()))
    assert sum(done) == 1


async def test_a_step_and_the_one_before_it_ended_at_once_do_not_wait_for_each_other(
    cast: Cast,
) -> None:
    house = cast.harbour
    gather_ends, post_is_held = asyncio.Event(), asyncio.Event()

    async def finish_gather() -> None:
        async with unit_of_work(house.dan):
            task = await Task.load(house.gather)
            await post_is_held.wait()
            gather_ends.set()
            await task.complete()

    async def strike_off_post() -> None:
        async with unit_of_work(house.eve):
            task = await Task.load(house.post)
            post_is_held.set()
            await gather_ends.wait()
            await Job.load(house.books, lock=False)  # a look at the job, while Dan gets ahead
            await task.move(status=WorkCategory.CANCELLED)

    async with verify_action(house):
        await asyncio.gather(finish_gather(), strike_off_post())
    async with reading(house.dan):
        reconcile = await Task.load(house.reconcile, lock=False)
    assert reconcile.status is WorkCategory.READY


async def order_of(house: House, model: type[FirmModel]) -> list[tuple[UUID, str]]:
    async with reading(house.ada) as unit:
        rows = await unit.fetch(f"select id, position from {model.table()} order by position, id")
    return [(row["id"], row["position"]) for row in rows]
