"""Boards, tasks and timers, followed: every change finds the cards it concerns."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from models.comments import Comment
from models.dependencies import Dependency
from models.jobs import Job
from models.reviews.asking import request_review
from models.tasks import Task
from models.time_entries import TimeEntry
from models.timers import Timer
from models.unit_of_work import current, reading, unit_of_work
from models.waiting import start_waiting
from subscriptions import cursors
from subscriptions.boards import JOBS
from subscriptions.events import Event
from subscriptions.feed import Feeds
from subscriptions.follower import Pace
from subscriptions.items import Heartbeat
from subscriptions.tasks import TASKS
from subscriptions.timers import RUNNING_TIMERS
from subscriptions.touched import interest_in
from tests.cast import House
from tests.subscriptions.conftest import MakeLive
from tests.subscriptions.deeds import head, write
from tests.subscriptions.ear import Ear, Stream

JOB_CARDS, TASK_CARDS = interest_in(JOBS), interest_in(TASKS)

Deed = Callable[[House], Awaitable[object]]


async def cards(stream: Stream, until: cursors.StreamCursor) -> dict[UUID, bool]:
    """The ids that were touched, each with whether it was taken away at last."""
    async with Ear(stream) as ear:
        await ear.until_told(until.seq)
    return {touched.entity_id: touched.removed for touched in ear.changes}


async def touched_by(house: House, feeds: Feeds, deed: Deed) -> tuple[set[UUID], set[UUID]]:
    """The jobs and the tasks that a deed of Ada's concerned, none of them taken away."""
    since = await head(house)
    async with unit_of_work(house.ada):
        await deed(house)
    until = await head(house)
    assert until.seq > since.seq
    jobs = await cards(feeds.follow(house.ada, since, JOB_CARDS), until)
    tasks = await cards(feeds.follow(house.ada, since, TASK_CARDS), until)
    assert True not in (*jobs.values(), *tasks.values())
    return set(jobs), set(tasks)


async def rename_job(house: House) -> None:
    await (await Job.load(house.books)).change({"title": "The books"}, None)


async def budget_job(house: House) -> None:
    await (await Job.load(house.books)).change({"budget_seconds": 3600}, None)


async def wait_for_client(house: House) -> None:
    await start_waiting(await Job.load(house.books), whom="client", what="The receipts")


async def ask_for_review(house: House) -> None:
    await request_review(await Job.load(house.books), house.eve.id)


async def comment_on_job(house: House) -> None:
    await Comment.on_job(await Job.load(house.books), "Soon.")


async def rename_step(house: House) -> None:
    await (await Task.load(house.gather)).change({"title": "Collect"}, None)


async def rename_last_step(house: House) -> None:
    await (await Task.load(house.reconcile)).change({"title": "Match"}, None)


async def comment_on_last_step(house: House) -> None:
    await Comment.on_task(await Task.load(house.reconcile), "Soon.")


async def start_timer_on_last_step(house: House) -> None:
    await Timer.start(task_id=house.reconcile)


async def log_time_on_job(house: House) -> None:
    await TimeEntry.log(job_id=house.books, seconds=60)


async def bind_across_jobs(house: House) -> None:
    await Dependency.add(await Task.load(house.draft), await Task.load(house.reconcile))


async def rename_free_task(house: House) -> None:
    await (await Task.load(house.tidy)).change({"title": "Tidy up"}, None)


@pytest.mark.parametrize(
    ("deed", "jobs", "tasks"),
    [
        (budget_job, {"books"}, set()),
        (wait_for_client, {"books"}, set()),
        (ask_for_review, {"books"}, set()),
        (comment_on_job, {"books"}, set()),
        # What waits for a step shows it, too.
        (rename_step, {"books"}, {"gather", "post"}),
        (rename_last_step, {"books"}, {"reconcile"}),
        (comment_on_last_step, {"books"}, {"reconcile"}),
        (start_timer_on_last_step, {"books"}, {"reconcile"}),
        (log_time_on_job, {"books"}, set()),
        (bind_across_jobs, {"books", "year_end"}, {"draft", "reconcile"}),
        (rename_free_task, set(), {"tidy"}),
    ],
)
async def test_a_deed_concerns_its_cards(
    house: House, feeds: Feeds, deed: Deed, jobs: set[str], tasks: set[str]
) -> None:
    expected = ({getattr(house, name) for name in names} for names in (jobs, tasks))

    assert await touched_by(house, feeds, deed) == tuple(expected)


async def test_what_says_nothing_of_its_task_is_looked_up(house: House, feeds: Feeds) -> None:
    async with unit_of_work(house.ada):
        comment = await Comment.on_task(await Task.load(house.reconcile), "Soon.")
        timer, _ = await Timer.start(task_id=house.reconcile)

    async def later(_: House) -> None:
        await (await Comment.load(comment.id)).change("Now.")
        await (await Timer.mine(timer.id)).discard()

    assert await touched_by(house, feeds, later) == ({house.books}, {house.reconcile})


async def test_a_step_of_another_job_concerns_the_job_that_waits_for_it(
    house: House, feeds: Feeds
) -> None:
    async with unit_of_work(house.ada):
        await bind_across_jobs(house)

    assert await touched_by(house, feeds, rename_last_step) == (
        {house.books, house.year_end},
        {house.draft, house.reconcile},
    )


async def test_a_deleted_task_is_taken_away_and_its_neighbours_are_drawn_again(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await Comment.on_task(await Task.load(house.post), "Not needed.")
        await (await Task.load(house.post)).remove()
    until = await head(house)

    assert await cards(feeds.follow(house.ada, since, JOB_CARDS), until) == {house.books: False}
    assert await cards(feeds.follow(house.ada, since, TASK_CARDS), until) == {
        house.gather: False,
        house.post: True,
        house.reconcile: False,
    }


async def test_a_removal_is_told_from_a_change_that_empties_a_field(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await (await Task.load(house.ring)).assign(None)
        await (await Task.load(house.ring)).remove()
    async with Ear(feeds.follow(house.ada, since)) as ear:
        await ear.until_told(since.seq + 2)

    events: list[Event] = ear.changes
    assert [(event.kind, event.removed) for event in events] == [
        ("task.assigned", False),
        ("task.deleted", True),
    ]


async def test_the_last_of_several_events_speaks_for_a_card(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await rename_job(house)
    async with unit_of_work(house.dan):
        await (await Job.load(house.books)).assign(house.eve.id)
    async with Ear(feeds.follow(house.cleo, since, JOB_CARDS)) as ear:
        await ear.until_told(since.seq + 2)

    (touched,) = ear.changes
    assert (touched.kind, touched.actor_id, touched.seq) == (
        "job.assigned", house.dan.id, since.seq + 2,
    )  # fmt: skip


async def owned_by_eve(lenses: Sequence[None], ids: Sequence[UUID]) -> Sequence[Collection[UUID]]:
    """Eve's board."""
    rows = await current().fetch(
        "select j.id from job j join member m on m.firm_id = j.firm_id and m.id = j.owner_id"
        " where m.name = 'Eve' and j.id = any($1)", ids,
    )  # fmt: skip
    return [{row["id"] for row in rows} for _ in lenses]


async def test_a_card_comes_and_goes_as_it_matches_the_board(house: House, feeds: Feeds) -> None:
    async with Ear(feeds.follow(house.eve, None, interest_in(JOBS, matching=owned_by_eve))) as ear:
        await ear.first_item()
        for owner_id in (house.eve.id, house.dan.id):
            async with unit_of_work(house.ada):
                await (await Job.load(house.books)).assign(owner_id)
            await ear.until_told((await head(house)).seq)

    assert [(touched.entity_id, touched.removed) for touched in ear.changes] == [
        (house.books, False),
        (house.books, True),
    ]


async def test_a_hidden_job_is_no_card_at_all(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.ben):
        await (await Job.load(house.secret)).change({"title": "Still secret"}, None)
        await Comment.on_task(await Task.load(house.seal), "Hush.")
    until = await head(house)

    for viewer, seen in ((house.dan, False), (house.finn, False), (house.eve, True)):
        assert bool(await cards(feeds.follow(viewer, since, JOB_CARDS), until)) is seen
        assert bool(await cards(feeds.follow(viewer, since, TASK_CARDS), until)) is seen


async def test_one_job_followed_alone_hears_nothing_of_others_but_beats(
    house: House, make_live: MakeLive
) -> None:
    pace = Pace(heartbeat=timedelta(milliseconds=30))
    async with make_live(pace=pace) as live:
        since = await head(house)
        async with Ear(
            live.feeds.follow(house.ada, since, interest_in(JOBS, only=house.books))
        ) as ear:
            await ear.first_item()
            for _ in range(20):
                await write(house)
            async with unit_of_work(house.ada):
                await rename_job(house)
                await (await Job.load(house.year_end)).change({"title": "Later"}, None)
            await ear.until_told(since.seq + 22)

    assert [touched.entity_id for touched in ear.changes] == [house.books]
    assert any(isinstance(item, Heartbeat) for item in ear.items)


async def test_a_timer_is_there_while_it_runs(house: House, feeds: Feeds) -> None:
    async with Ear(feeds.follow(house.ada, None, RUNNING_TIMERS)) as ear:
        await ear.first_item()
        async with unit_of_work(house.dan):
            first, _ = await Timer.start(task_id=house.ring)
        await ear.until_told((await head(house)).seq)
        async with unit_of_work(house.dan):
            second, _ = await Timer.start(job_id=house.year_end)
        await ear.until_told((await head(house)).seq)

    assert [(touched.kind, touched.entity_id, touched.removed) for touched in ear.changes] == [
        ("timer.started", first.id, False),
        ("timer.stopped", first.id, True),
        ("timer.started", second.id, False),
    ]
    async with reading(house.dan) as unit:
        assert await unit.fetchval("select id from timer where stopped_at is null") == second.id


async def test_the_same_cards_come_from_the_table_as_from_the_ring(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await rename_step(house)
        await start_timer_on_last_step(house)
    ring = await cards(feeds.follow(house.ada, since, TASK_CARDS), await head(house))
    until = await write(house, 600)

    async with Ear(feeds.follow(house.ada, since, TASK_CARDS)) as ear:
        await ear.until_told(until.seq)

    assert set(ring) <= {touched.entity_id for touched in ear.changes}
    assert len(ear.changes) == 600 + len(ring)
