"""What cards show of other things: whoever is called otherwise has their cards drawn anew."""

from datetime import UTC, date, datetime

import pytest

from models.clients import Client
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.reviews.asking import request_review
from models.tasks import Task
from models.timers import Timer
from models.unit_of_work import unit_of_work
from models.workflows import Service
from subscriptions.boards import JOB_PAGE, JOBS
from subscriptions.feed import Feeds
from subscriptions.timers import RUNNING_TIMERS
from subscriptions.touched import interest_in
from tests.cast import House
from tests.subscriptions.deeds import head
from tests.subscriptions.test_touched import Deed, cards, rename_job, rename_step, touched_by


async def rename_bakery(house: House) -> None:
    await (await Client.load(house.bakery)).change({"name": "The Old Bakery"}, None)


async def note_on_bakery(house: House) -> None:
    await (await Client.load(house.bakery)).change({"notes": "Closed on Mondays"}, None)


async def rename_dan(house: House) -> None:
    await (await Member.load(house.dan.id)).change({"name": "Daniel"}, None)


async def recolour_eve(house: House) -> None:
    await (await Member.load(house.eve.id)).change({"colour": "#0f8a6d"}, None)


async def promote_dan(house: House) -> None:
    await (await Member.load(house.dan.id)).change({"grade": "Senior"}, None)


async def postpone_job(house: House) -> None:
    await (await Job.load(house.books)).change({"due_date": date(2031, 1, 31)}, None)


async def rename_service(house: House) -> None:
    await (await Service.load(house.bookkeeping)).change({"name": "Ledgers"}, None)


STEPS = {"gather", "post", "reconcile"}


@pytest.mark.parametrize(
    ("deed", "jobs", "tasks"),
    [
        (rename_job, {"books"}, STEPS),
        (postpone_job, {"books"}, STEPS),
        (rename_bakery, {"books"}, {*STEPS, "ring"}),
        (note_on_bakery, set(), set()),
        (rename_dan, {"books", "year_end"}, {"gather", "post", "draft", "ring"}),
        (recolour_eve, set(), {"reconcile"}),
        (promote_dan, set(), set()),
        (rename_service, set(), set()),
    ],
)
async def test_a_name_that_cards_show_concerns_them(
    house: House, feeds: Feeds, deed: Deed, jobs: set[str], tasks: set[str]
) -> None:
    expected = ({getattr(house, name) for name in names} for names in (jobs, tasks))

    assert await touched_by(house, feeds, deed) == tuple(expected)


@pytest.mark.parametrize(
    ("deed", "is_told"),
    [
        (rename_bakery, True),
        (note_on_bakery, True),
        (rename_service, True),
        (rename_dan, True),
        (promote_dan, False),
    ],
)
async def test_a_jobs_page_shows_more_of_other_things(
    house: House, feeds: Feeds, deed: Deed, is_told: bool
) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await deed(house)
    until = await head(house)

    page = interest_in(JOB_PAGE, only=house.books)
    told = await cards(feeds.follow(house.ada, since, page), until)
    assert told == ({house.books: False} if is_told else {})


async def test_another_clients_name_is_not_on_a_jobs_page(house: House, feeds: Feeds) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await rename_bakery(house)
    until = await head(house)

    page = interest_in(JOB_PAGE, only=house.year_end)
    assert await cards(feeds.follow(house.ada, since, page), until) == {}


async def test_the_reviewer_whose_turn_it_is_is_on_the_card(house: House, feeds: Feeds) -> None:
    async with unit_of_work(house.ada):
        await request_review(await Job.load(house.year_end), house.eve.id)

    jobs, _ = await touched_by(house, feeds, recolour_eve)
    assert jobs == {house.year_end}


async def test_who_holds_the_next_step_is_on_the_card(house: House, feeds: Feeds) -> None:
    async with unit_of_work(house.dan):
        for id in (house.gather, house.post):
            await (await Task.load(id)).complete()

    jobs, _ = await touched_by(house, feeds, recolour_eve)
    assert jobs == {house.books}


@pytest.mark.parametrize("deed", [rename_bakery, rename_dan, rename_job, rename_step])
async def test_a_timer_shows_what_it_runs_on_and_whose_it_is(
    house: House, feeds: Feeds, deed: Deed
) -> None:
    async with unit_of_work(house.dan):
        await Timer.start(task_id=house.tidy)
        timer, _ = await Timer.start(task_id=house.gather)
    since = await head(house)
    async with unit_of_work(house.ada):
        await deed(house)
    until = await head(house)

    told = await cards(feeds.follow(house.ada, since, RUNNING_TIMERS), until)
    assert told == {timer.id: False}


async def test_what_was_done_long_ago_is_on_no_board(house: House, feeds: Feeds) -> None:
    async with unit_of_work(house.ada):
        await Task.record_all(EventKind.TASK_CREATED, [
            {"title": "Old", "client_id": house.bakery, "assignee_id": house.dan.id,
             "status": "done", "completed_at": datetime(2024, 1, 31, tzinfo=UTC), "position": "a0", "notes": ""}
        ])  # fmt: skip

    for deed in (rename_bakery, rename_dan):
        _, tasks = await touched_by(house, feeds, deed)
        assert tasks <= {getattr(house, name) for name in (*STEPS, "draft", "ring")}


async def test_what_was_just_done_is(house: House, feeds: Feeds) -> None:
    async with unit_of_work(house.dan):
        await (await Task.load(house.ring)).complete()

    for deed in (rename_bakery, rename_dan):
        _, tasks = await touched_by(house, feeds, deed)
        assert house.ring in tasks


async def test_a_colleagues_name_tells_nothing_of_what_is_hidden(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    async with unit_of_work(house.ada):
        await (await Member.load(house.ben.id)).change({"name": "Benjamin"}, None)
    until = await head(house)

    jobs = interest_in(JOBS)
    assert await cards(feeds.follow(house.dan, since, jobs), until) == {}
    assert await cards(feeds.follow(house.eve, since, jobs), until) == {house.secret: False}
