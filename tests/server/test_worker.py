"""Work in the background: put in with what causes it, done once in effect, whoever is killed."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import asyncpg
import pytest
from structlog.testing import capture_logs
from uuid_utils.compat import uuid7

from models.database import database
from models.documents import Document
from models.errors import ValidationError
from models.events import EventKind
from models.files import FileStore
from models.unit_of_work import current, unit_of_work
from models.work_queue import Piece, WorkKind
from server.settings import CHECKOUT
from server.work_queue import NAMES, Connections, queries
from server.worker import Worker, working
from tests.cast import Cast, one_firm, two_firms
from tests.filing import File
from tests.server.launcher import COMMAND, refusal, surroundings
from tests.server.outside import outside
from tests.server.workshop import (
    Workshop,
    added_up,
    daily,
    half_examined,
    periods_of,
    worker_process,
    workshop,
)
from tests.servers import DatabaseMaker
from tests.verify import verify_action


@pytest.fixture
async def shop(make_database: DatabaseMaker, practice: object) -> AsyncIterator[Workshop]:
    async with make_database() as own, workshop(own) as made:
        yield made


@pytest.fixture
async def cast(shop: Workshop) -> Cast:
    return await two_firms()


async def test_cards_are_added_up_beside_it(cast: Cast, shop: Workshop) -> None:
    async with working(Worker(shop.queue)):
        await shop.until(partial(added_up, cast.harbour))


async def test_what_is_due_is_made_when_a_recurrence_starts(cast: Cast, shop: Workshop) -> None:
    house = cast.harbour
    async with working(Worker(shop.queue)):
        recurrence = await daily(house, 30)
        await shop.until(shop.empty)
    assert len(await periods_of(house, recurrence)) == 30
    assert await shop.ended() == ["successful"]


async def test_a_piece_is_put_in_with_what_causes_it_or_not_at_all(
    cast: Cast, shop: Workshop
) -> None:
    await daily(cast.harbour, 3)
    assert await shop.pieces() == [("queued", 0)]

    async def refused() -> None:
        async with unit_of_work(cast.harbour.cleo):
            await _put(cast, uuid7())
            raise ValidationError("Not after all.")

    with pytest.raises(ValidationError):
        await refused()
    assert await shop.pieces() == [("queued", 0)]


async def _put(cast: Cast, about: UUID) -> None:
    await database().queue.put(Piece(WorkKind.MAKE_DUE_JOBS, cast.harbour.id, about))


async def test_the_same_piece_waits_once(cast: Cast, shop: Workshop) -> None:
    about = uuid7()
    for _ in range(3):
        async with unit_of_work(cast.harbour.cleo):
            await _put(cast, about)
    assert await shop.pieces() == [("queued", 0)]


async def test_what_is_due_by_the_clock_is_found_in_every_firm(cast: Cast, shop: Workshop) -> None:
    made = [(house, await daily(house, 5)) for house in (cast.harbour, cast.alpine)]
    await shop.queue.pool.execute("delete from queue.pgqueuer")  # as if nobody had said so

    async with working(Worker(shop.queue)):
        await shop.done(2)
    for house, recurrence in made:
        assert len(await periods_of(house, recurrence)) == 5


async def test_a_file_that_never_came_is_forgotten_after_a_day_and_no_sooner(
    cast: Cast, shop: Workshop
) -> None:
    house, said = cast.harbour, File().said
    async with unit_of_work(house.dan) as unit:
        now = await unit.fetchval("select clock_timestamp()")
    announced = {}
    for hours in (23, 25):
        async with unit_of_work(house.dan, at=now - timedelta(hours=hours)):
            announced[hours] = (await Document.announce(client_id=house.bakery, **said)).id

    async with verify_action(house) as action, working(Worker(shop.queue)):
        await shop.done(1)

    assert [(event["kind"], event["entity_id"]) for event in action.events] == [
        (EventKind.DOCUMENT_LAPSED, str(announced[25]))
    ]


@pytest.mark.files
async def test_a_file_whose_examination_was_cut_off_is_examined_again(
    make_database: DatabaseMaker, file_store: FileStore
) -> None:
    async with make_database() as own, workshop(own, file_store) as shop:
        house = (await two_firms()).harbour
        late = await half_examined(house, File(), minutes=16, send=True)
        gone = await half_examined(house, File(), minutes=16, send=False)
        await half_examined(house, File(), minutes=14, send=True)

        async with verify_action(house) as action, working(Worker(shop.queue)):
            await shop.done(2)

    assert {(event["kind"], event["entity_id"]) for event in action.events} == {
        (EventKind.DOCUMENT_CLEARED, str(late)), (EventKind.DOCUMENT_REFUSED, str(gone)),
    }  # fmt: skip


async def test_a_firm_puts_in_its_own_work_alone_and_sees_no_other(
    cast: Cast, shop: Workshop
) -> None:
    await daily(cast.alpine, 3)
    async with unit_of_work(cast.harbour.cleo) as unit:
        assert await unit.fetch("select id from queue.pgqueuer") == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with unit_of_work(cast.alpine.cleo):
            await _put(cast, uuid7())


@pytest.mark.parametrize(
    "attempt",
    [
        "delete from queue.pgqueuer",
        "update queue.pgqueuer set status = 'queued'",
        "select queue_manager_id from queue.pgqueuer",
        "select * from queue.pgqueuer_log",
        "select * from find_first_due_recurrences()",
        "select * from find_lapsed_uploads(now())",
        "select * from find_cut_off_examinations(now())",
    ],
)
async def test_the_app_only_puts_in(attempt: str, cast: Cast) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with unit_of_work(cast.harbour.ada):
            await current().execute(attempt)


@pytest.mark.parametrize("table", ["job", "client", "event", "firm", "recurrence"])
async def test_the_workers_role_sees_nothing_of_the_firms(table: str, shop: Workshop) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await shop.queue.pool.fetch(f"select * from {table}")


async def test_a_piece_that_fails_is_tried_again_later_and_named_in_the_log(
    cast: Cast, shop: Workshop
) -> None:
    unreadable = queries(Connections(shop.queue.pool))
    (id,) = await unreadable.enqueue(WorkKind.MAKE_DUE_JOBS.value, b"{}")

    async def put_back() -> bool:
        return await shop.pieces() == [("queued", 1)]

    with capture_logs() as logs:
        async with working(Worker(shop.queue)):
            await shop.until(put_back)

    (said,) = [line for line in logs if line["event"] == "piece failed"]
    assert (said["attempt"], type(said["exc_info"]), said["log_level"]) == (1, KeyError, "error")
    assert await shop.queue.pool.fetchval(
        "select execute_after > now() + interval '1 second' from queue.pgqueuer where id = $1", id
    )


async def test_what_ended_long_ago_is_forgotten(cast: Cast, shop: Workshop) -> None:
    await shop.queue.pool.execute(
        "insert into queue.pgqueuer_log (created, job_id, status, priority, entrypoint)"
        " values (now() - interval '31 days', 7, 'successful', 0, 'old')"
    )
    await daily(cast.harbour, 1)
    async with working(Worker(shop.queue)):
        await shop.until(shop.empty)
    assert await shop.queue.pool.fetchval("select min(job_id) from queue.pgqueuer_log") != 7


async def test_who_asks_whether_they_are_heard_is_heard_although_they_asked_too_early(
    shop: Workshop,
) -> None:
    heard: asyncio.Queue[object] = asyncio.Queue()
    connections = Connections(shop.queue.pool)
    async with connections:
        asked = asyncio.create_task(connections.notify(NAMES.channel, "Am I heard?"))
        await connections.fetch("select 1")  # whatever was sent before is sent by now
        await connections.add_listener(NAMES.channel, heard.put_nowait)

        assert await asyncio.wait_for(heard.get(), 10) == "Am I heard?"
        await asked


async def test_who_is_cut_off_on_the_way_out_keeps_no_connection(shop: Workshop) -> None:
    async def listen() -> None:
        async with Connections(shop.queue.pool) as connections:
            await connections.add_listener(NAMES.channel, print)
            listening.set()
            await ending.wait()

    for steps in range(6):  # wherever on the way out
        listening, ending = asyncio.Event(), asyncio.Event()
        task = asyncio.create_task(listen())
        await listening.wait()
        ending.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert shop.queue.pool.get_size() == shop.queue.pool.get_idle_size()


async def test_a_worker_that_is_stopped_finishes_what_it_has_begun(
    cast: Cast, shop: Workshop
) -> None:
    house = cast.harbour
    recurrence = await daily(house, 60)
    shop.listening.changed.clear()
    async with working(Worker(shop.queue)):
        await shop.listening.changed.wait()  # the first of several units
    assert len(await periods_of(house, recurrence)) == 60
    assert await shop.pieces() == []


async def test_killed_anywhere_workers_make_each_period_once(shop: Workshop) -> None:
    house = await one_firm()
    made = [await daily(house, days) for days in (40, 60, 80)]
    pauses = random.Random(20260131)
    cut_off = 0
    for _ in range(5):
        async with worker_process(shop.own) as process:
            # Somewhere in the middle of what it does, wherever that is.
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(process.wait(), pauses.uniform(0.05, 0.6))
            process.send_signal(signal.SIGKILL)
        cut_off += any(status == "picked" for status, _ in await shop.pieces())

    async with worker_process(shop.own):
        await shop.until(shop.empty)
    for recurrence, days in zip(made, (40, 60, 80), strict=True):
        keys = await periods_of(house, recurrence)
        assert len(keys) == len(set(keys)) == days
    assert cut_off, "no worker was killed in the middle of anything"


async def test_a_server_does_the_background_work_too(shop: Workshop) -> None:
    house = await one_firm()
    recurrence = await daily(house, 5)
    async with outside(shop.own, background=True):
        await shop.until(shop.empty)
    assert len(await periods_of(house, recurrence)) == 5


async def test_the_command_works_until_it_is_asked_to_stop(shop: Workshop) -> None:
    house = await one_firm()
    recurrence = await daily(house, 30)
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "worker", cwd=CHECKOUT, stderr=asyncio.subprocess.PIPE,
        env={**surroundings(), "DATABASE_URL": shop.own.url, "REDIS_URL": "memory://"},
    )  # fmt: skip
    assert process.stderr is not None
    async with asyncio.timeout(60):
        assert await process.stderr.readline() == b"At work.\n"
        await shop.until(shop.empty)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert len(await periods_of(house, recurrence)) == 30


async def test_the_command_says_what_it_needs() -> None:
    assert "DATABASE_URL" in await refusal("worker")
