"""What is due in a whole firm, made by workers: together, once, whoever is stopped or killed."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator

import pytest

from models.recurrences.making import JOBS_AT_ONCE
from models.work_queue import Piece, WorkKind
from resolvers.background import work_off
from server.worker import Worker, working
from tests.cast import one_firm, two_firms
from tests.returning import made_of, owing, taken
from tests.server.workshop import Workshop, worker_process, workshop
from tests.servers import DatabaseMaker

pytestmark = pytest.mark.usefixtures("practice")


@pytest.fixture
async def shop(make_database: DatabaseMaker) -> AsyncIterator[Workshop]:
    async with make_database() as own, workshop(own) as made:
        yield made


async def test_what_is_due_in_all_firms_is_made_by_a_piece_for_each_few_hundred(
    shop: Workshop,
) -> None:
    cast = await two_firms()
    owed = {cast.harbour.id: JOBS_AT_ONCE + 5, cast.alpine.id: 3}
    for house in (cast.harbour, cast.alpine):
        await owing(house, owed[house.id])

    async with working(Worker(shop.queue)):
        await shop.done(3)

    for house in (cast.harbour, cast.alpine):
        made = await made_of(house)
        assert len(made) == len(set(made)) == owed[house.id]


async def test_who_works_off_a_piece_has_put_in_the_next_one_before(shop: Workshop) -> None:
    house = await one_firm()
    ids = await owing(house, 2 * JOBS_AT_ONCE + 1)
    await work_off(Piece(WorkKind.MAKE_ALL_DUE_JOBS, house.id, ids[0]))
    assert await shop.waiting() == [(WorkKind.MAKE_ALL_DUE_JOBS, ids[JOBS_AT_ONCE])]


async def test_one_that_cannot_be_made_becomes_a_piece_of_its_own_that_is_tried_again(
    shop: Workshop,
) -> None:
    house = await one_firm()
    ids = await owing(house, 12)
    await taken(house, ids[4])

    async def put_back() -> bool:
        return await shop.pieces() == [("queued", 1)]

    async with working(Worker(shop.queue)):
        await shop.until(put_back)
    assert await shop.waiting() == [(WorkKind.MAKE_DUE_JOBS, ids[4])]
    assert len(await made_of(house)) == 12


async def test_what_is_more_than_a_piece_makes_becomes_pieces_of_their_own(shop: Workshop) -> None:
    house = await one_firm()
    ids = await owing(house, JOBS_AT_ONCE, periods=13)
    await work_off(Piece(WorkKind.MAKE_ALL_DUE_JOBS, house.id, ids[0]))
    assert sorted(about for _, about in await shop.waiting()) == ids
    assert len(await made_of(house)) == 12 * JOBS_AT_ONCE


async def test_a_worker_that_is_stopped_leaves_what_it_has_not_begun_to_the_next(
    shop: Workshop,
) -> None:
    house = await one_firm()
    await owing(house, 6 * JOBS_AT_ONCE)
    shop.listening.changed.clear()
    async with working(Worker(shop.queue)):
        await shop.listening.changed.wait()
    assert {status for status, _ in await shop.pieces()} <= {"queued"}
    begun = await made_of(house)
    assert len(begun) % JOBS_AT_ONCE == 0

    async with working(Worker(shop.queue)):
        await shop.until(shop.empty)
    made = await made_of(house)
    assert len(made) == len(set(made)) == 6 * JOBS_AT_ONCE
    assert set(begun) < set(made)


async def test_killed_anywhere_workers_make_what_is_due_in_a_firm_once(shop: Workshop) -> None:
    house = await one_firm()
    count = 8 * JOBS_AT_ONCE
    await owing(house, count)
    pauses = random.Random(20261127)
    cut_off = 0
    for _ in range(4):
        async with worker_process(shop.own) as process:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(process.wait(), pauses.uniform(0.1, 0.6))
            process.send_signal(signal.SIGKILL)
        cut_off += any(status == "picked" for status, _ in await shop.pieces())

    async with worker_process(shop.own):
        await shop.until(shop.empty)
    made = await made_of(house)
    assert len(made) == len(set(made)) == count
    assert len({id for id, _ in made}) == count
    assert cut_off, "no worker was killed in the middle of anything"
