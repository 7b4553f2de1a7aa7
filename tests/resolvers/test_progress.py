"""How far jobs are, whose turn it is and what was booked: one answer for each of many parents."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from benchmarks.listening import listening
from models.clients import firm_today
from models.jobs import Job
from models.reviews import decide_review
from models.reviews.asking import request_review
from models.tasks import Task
from models.time_entries import TimeEntry
from models.unit_of_work import Row, reading, unit_of_work
from models.waiting import Waiting, end_waiting, start_waiting
from models.workflows import WorkCategory
from resolvers import jobs, progress, tasks
from resolvers.reading import by_ids
from tests.cast import Cast, House


async def jobs_of(house: House, *ids: UUID) -> list[Row]:
    rows = await by_ids(Job, ids)
    return [row for row in rows if row is not None]


def figures(found: dict[str, Any]) -> tuple[int, int, int, str | None]:
    step = found["next_step"]
    return (
        found["steps_done"],
        found["steps_total"],
        found["remaining_seconds"],
        None if step is None else step["title"],
    )


async def test_each_job_knows_its_steps_what_is_left_and_what_is_next(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        empty = await Job.open(client_id=house.mill, title="Empty")
        for id, seconds in ((house.gather, 60), (house.post, 600), (house.reconcile, 6000)):
            await (await Task.load(id)).change({"estimate_seconds": seconds}, None)
    parents = (house.year_end, empty.id, house.books)
    async with reading(house.dan):
        found = await progress.of_jobs(await jobs_of(house, *parents))
    assert [figures(one) for one in found] == [
        (0, 1, 0, "Draft"),
        (0, 0, 0, None),
        (0, 3, 6660, "Gather"),
    ]


async def test_what_is_done_or_cancelled_is_not_left(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for id, seconds in ((house.gather, 60), (house.post, 600), (house.reconcile, 6000)):
            await (await Task.load(id)).change({"estimate_seconds": seconds}, None)
        await (await Task.load(house.gather)).complete()
        await (await Task.load(house.post)).move(status=WorkCategory.CANCELLED)
    async with reading(house.dan):
        (found,) = await progress.of_jobs(await jobs_of(house, house.books))
    assert figures(found) == (1, 2, 6000, "Reconcile")


async def test_time_booked_is_summed_for_each_parent(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await TimeEntry.log(seconds=60, task_id=house.gather)
        await TimeEntry.log(seconds=600, job_id=house.books)
        await TimeEntry.log(seconds=6000, task_id=house.ring)
    async with reading(house.dan):
        booked = await jobs.tracked_seconds([{"id": house.year_end}, {"id": house.books}])
        on_tasks = await tasks.tracked_seconds([{"id": house.gather}, {"id": house.ring}])
    assert (booked, on_tasks) == ([0, 660], [60, 6000])


async def test_it_is_the_turn_of_who_holds_the_next_step_or_else_of_the_owner(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.cleo):
        await (await Task.load(house.draft)).assign(None)
        await (await Task.load(house.gather)).assign(house.finn.id)
    assert await turns(house) == ["Finn", "Dan"]


async def test_it_is_the_turn_of_the_reviewer_while_a_review_is_open(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.eve.id)
    assert await turns(house) == ["Dan", "Eve"]
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), "returned", "Again")
    assert await turns(house) == ["Dan", "Dan"]


async def test_whose_turn_it_is_is_found_by_two_statements(cast: Cast) -> None:
    house = cast.harbour
    async with reading(house.dan) as unit:
        parents = await jobs_of(house, house.books, house.year_end)
        async with listening(unit) as sent:
            await jobs.turn_of(parents)
    assert len(sent) == 2


async def test_it_is_nobodys_turn_here_while_somebody_else_has_to_act(cast: Cast) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        await start_waiting(await Job.load(house.books), whom="client", what="Receipts")
    assert await turns(house) == [None, "Dan"]
    assert {category: jobs.whose_turn(category) for category in WorkCategory} == {
        WorkCategory.PLANNED: "firm",
        WorkCategory.READY: "firm",
        WorkCategory.IN_PROGRESS: "firm",
        WorkCategory.WAITING_ON_CLIENT: "client",
        WorkCategory.WAITING_ON_OTHER: "other",
        WorkCategory.ON_HOLD: "firm",
        WorkCategory.IN_REVIEW: "firm",
        WorkCategory.DONE: "nobody",
        WorkCategory.CANCELLED: "nobody",
    }


async def turns(house: House) -> list[str | None]:
    """Whose turn it is at the books and at the year end."""
    async with reading(house.dan):
        found = await jobs.turn_of(await jobs_of(house, house.books, house.year_end))
    return [None if row is None else row["name"] for row in found]


async def test_a_job_shows_the_waiting_that_is_open_and_the_review_that_is_last(
    cast: Cast,
) -> None:
    house = cast.harbour
    async with unit_of_work(house.dan):
        for what in ("Receipts", "Signature"):
            await start_waiting(await Job.load(house.books), whom="client", what=what)
            if what == "Receipts":
                await end_waiting(await Job.load(house.books))
        await request_review(await Job.load(house.year_end), house.eve.id)
    async with unit_of_work(house.eve):
        await decide_review(await Job.load(house.year_end), "returned", "Again")
    async with unit_of_work(house.dan):
        await request_review(await Job.load(house.year_end), house.ben.id)
    async with reading(house.dan):
        parents = await jobs_of(house, house.books, house.year_end)
        waits = await jobs.open_waiting(parents)
        looks = await jobs.latest_review(parents)
        assert await Waiting.filter(job_id=house.books).count() == 2
    assert [row and row["what"] for row in waits] == ["Signature", None]
    assert [row and row["state"] for row in looks] == [None, "requested"]


async def test_what_is_open_past_its_date_is_overdue_where_the_firm_is(cast: Cast) -> None:
    for house in (cast.harbour, cast.alpine):
        async with reading(house.dan):
            today = await firm_today()
        day = timedelta(days=1)
        dates: Sequence[Any] = (today - day, today, today + day, None)
        rows = [{"id": n, "due_date": due, "status": "ready"} for n, due in enumerate(dates)]
        rows.append({"id": 9, "due_date": today - day, "status": "done"})
        async with reading(house.dan):
            assert await tasks.overdue(rows) == [True, False, False, False, False]
            as_jobs = [{**row, "category": row["status"]} for row in rows]
            assert await jobs.overdue(as_jobs) == [True, False, False, False, False]
