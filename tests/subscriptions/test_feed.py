"""Following a firm's stream: nothing lost, nothing twice, everything in order."""

import asyncio
from datetime import timedelta

from models.clients import firm_today
from models.database import Database, Silence, database
from models.firms import Firm
from models.unit_of_work import reading, unit_of_work
from subscriptions.feed import Feeds
from subscriptions.firm_feed import FirmFeed
from subscriptions.items import Batch, Heartbeat
from tests.cast import House
from tests.subscriptions.conftest import MakeLive
from tests.subscriptions.deeds import head, numbers_after, write, write_and_roll_back
from tests.subscriptions.ear import SECONDS, Ear, only_item

NEVER = timedelta(hours=1)
SOON = timedelta(milliseconds=50)


def is_unbroken(ear: Ear, since: int) -> bool:
    """Whether each item begins where the one before ended."""
    for item in ear.items:
        if isinstance(item, Batch):
            if item.first != since + 1 or item.last != item.cursor.seq or item.last < item.first:
                return False
        elif item.cursor.seq < since:
            return False
        since = item.cursor.seq
    return True


async def test_a_follower_hears_at_once_where_it_stands(house: House, feeds: Feeds) -> None:
    item = await only_item(feeds.follow(house.ada))

    assert isinstance(item, Heartbeat)
    assert item.cursor == await head(house)
    async with reading(house.ada) as unit:
        now = await unit.fetchval("select clock_timestamp()")
    assert abs(now - item.server_time) < timedelta(seconds=SECONDS)


async def test_a_commit_is_told_by_its_hint_alone(house: House, make_live: MakeLive) -> None:
    async with make_live(poll=NEVER) as live, Ear(live.feeds.follow(house.ada)) as ear:
        await ear.first_item()
        since = await head(house)
        await write(house, 3)
        await ear.until(lambda ear: len(ear.changes) == 3)

    assert ear.numbers == await numbers_after(house, since)
    assert {change.kind for change in ear.changes} == {"task.created"}
    assert {change.actor_id for change in ear.changes} == {house.ada.member_id}


async def test_a_commit_whose_hint_was_lost_is_found_by_the_poll(
    house: House, make_live: MakeLive, practice: Database
) -> None:
    async with make_live(poll=SOON) as live, Ear(live.feeds.follow(house.ada)) as ear:
        await ear.first_item()
        practice.publisher = Silence()
        written = await write(house)
        await ear.until_told(written.seq)

    assert len(ear.changes) == 1


async def test_one_poll_watches_all_followed_firms(
    house: House, make_live: MakeLive, practice: Database
) -> None:
    async with (
        make_live(poll=SOON) as live,
        Ear(live.feeds.follow(house.ada)) as ours,
        Ear(live.feeds.follow(house.neighbour.ada)) as theirs,
    ):
        await ours.first_item()
        await theirs.first_item()
        practice.publisher = Silence()
        written, beside = await write(house), await write(house.neighbour, 2)
        await ours.until_told(written.seq)
        await theirs.until_told(beside.seq)

    assert (len(ours.changes), len(theirs.changes)) == (1, 2)


async def test_concurrent_writers_and_rollbacks_leave_no_gap_and_nothing_twice(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)

    async def writer() -> None:
        for count in (1, 3, 2):
            await write(house, count)
            await write_and_roll_back(house)

    async with Ear(feeds.follow(house.ada, since)) as ear:
        await asyncio.gather(*(writer() for _ in range(8)))
        await ear.until_told((await head(house)).seq)

    assert ear.numbers == list(range(since.seq + 1, since.seq + 49))
    assert ear.numbers == await numbers_after(house, since)
    assert is_unbroken(ear, since.seq)


async def test_what_was_missed_comes_first_then_what_happens(house: House, feeds: Feeds) -> None:
    since = await head(house)
    await write(house, 5)

    async with Ear(feeds.follow(house.ada, since)) as ear:
        missed = await ear.first_item()
        written = await write(house, 2)
        await ear.until_told(written.seq)

    assert isinstance(missed, Batch)
    assert ear.numbers == await numbers_after(house, since)
    assert is_unbroken(ear, since.seq)


async def test_an_absence_longer_than_the_ring_is_told_in_batches(
    house: House, feeds: Feeds
) -> None:
    since = await head(house)
    await write(house, 1000)

    async with Ear(feeds.follow(house.ada, since)) as ear:
        await ear.until_told(since.seq + 1000)

    assert [len(batch.changes) for batch in ear.batches] == [256, 256, 256, 232]
    assert ear.numbers == await numbers_after(house, since)
    assert is_unbroken(ear, since.seq)


async def test_a_burst_longer_than_the_ring_is_told_to_those_who_are_there(
    house: House, feeds: Feeds
) -> None:
    async with Ear(feeds.follow(house.ada)) as ear:
        since = (await ear.first_item()).cursor
        await write(house, 600)
        await write(house, 600)
        await ear.until_told(since.seq + 1200)

    assert ear.numbers == list(range(since.seq + 1, since.seq + 1201))
    assert is_unbroken(ear, since.seq)


async def test_a_follower_that_left_in_the_middle_goes_on_from_its_last_cursor(
    house: House, feeds: Feeds
) -> None:
    since, heard = await head(house), []
    await write(house, 700)

    cursor = since
    while cursor.seq < since.seq + 700:
        batch = await only_item(feeds.follow(house.ada, cursor))
        heard += [change.seq for change in batch.changes]
        cursor = batch.cursor

    assert heard == await numbers_after(house, since)


async def test_a_snapshot_newer_than_the_feed_can_be_followed(
    house: House, make_live: MakeLive, practice: Database
) -> None:
    async with make_live(poll=NEVER) as live, Ear(live.feeds.follow(house.ada)) as ear:
        await ear.first_item()
        practice.publisher = Silence()
        snapshot = await write(house)

        item = await only_item(live.feeds.follow(house.ada, snapshot))

    assert isinstance(item, Heartbeat)
    assert item.cursor == snapshot


async def test_heartbeats_go_on_while_nothing_happens(house: House, make_live: MakeLive) -> None:
    from subscriptions.follower import Pace

    pace = Pace(heartbeat=timedelta(milliseconds=20))
    async with make_live(pace=pace) as live, Ear(live.feeds.follow(house.ada)) as ear:
        await ear.until(lambda ear: len(ear.items) == 4)

    assert all(isinstance(item, Heartbeat) for item in ear.items)
    moments = [item.server_time for item in ear.items]
    assert moments == sorted(moments)
    assert moments[3] - moments[0] >= 3 * pace.heartbeat - timedelta(milliseconds=5)


async def test_nobody_holds_a_connection_while_waiting(
    house: House, feeds: Feeds, practice: Database, watching: Database
) -> None:
    async with Ear(feeds.follow(house.ada)) as ada, Ear(feeds.follow(house.dan)) as dan:
        written = await write(house)
        await ada.until_told(written.seq)
        await dan.until_told(written.seq)

        # The feed may still look whether more has come; it waits for nothing meanwhile.
        async with asyncio.timeout(SECONDS):
            for pool in (practice.pool, watching.pool):
                while pool.get_idle_size() != pool.get_size():  # noqa: ASYNC110
                    await asyncio.sleep(0.01)  # no event tells that a pool is whole


async def test_a_hundred_followers_hear_the_same(house: House, feeds: Feeds) -> None:
    ears = [Ear(feeds.follow(house.ada)) for _ in range(100)]
    since = await head(house)
    for ear in ears:
        await ear.__aenter__()
    await asyncio.gather(*(ear.first_item() for ear in ears))
    for count in (1, 20, 3):
        await write(house, count)
    await asyncio.gather(*(ear.until_told(since.seq + 24) for ear in ears))
    for ear in ears:
        await ear.__aexit__(None, None, None)

    assert {tuple(ear.numbers) for ear in ears} == {tuple(await numbers_after(house, since))}


async def test_a_follower_that_is_cancelled_leaves_no_task_behind(
    house: House, make_live: MakeLive
) -> None:
    async with make_live(linger=timedelta(0)) as live:
        before = asyncio.all_tasks()
        async with Ear(live.feeds.follow(house.ada)) as ear:
            await ear.first_item()
            (tail,) = [
                task for task in asyncio.all_tasks() - before if str(house.id) in task.get_name()
            ]
            await write(house)
        async with asyncio.timeout(SECONDS):
            await asyncio.wait([tail])

        assert tail.cancelled()
        await database().unended.end()
        assert asyncio.all_tasks() - before == set()


async def test_a_feed_waits_a_moment_for_somebody_to_come_back(
    house: House, make_live: MakeLive
) -> None:
    async with make_live(linger=NEVER) as live:
        await only_item(live.feeds.follow(house.ada))
        (tail,) = [task for task in asyncio.all_tasks() if str(house.id) in task.get_name()]
        await only_item(live.feeds.follow(house.dan))

        assert [task for task in asyncio.all_tasks() if str(house.id) in task.get_name()] == [tail]

    assert tail.cancelled()


async def test_stopping_ends_every_task_of_the_live_side(house: House, make_live: MakeLive) -> None:
    before = asyncio.all_tasks()
    async with make_live() as live:
        await only_item(live.feeds.follow(house.ada))
        await only_item(live.feeds.follow(house.neighbour.ada))

    # broadcaster cancels its listener without waiting for it.
    async with asyncio.timeout(SECONDS):
        await asyncio.gather(*(asyncio.all_tasks() - before), return_exceptions=True)
    assert asyncio.all_tasks() <= before


async def test_the_day_of_a_stream_is_the_firms_own_wherever_it_moves(house: House) -> None:
    feed = FirmFeed(house.id, lambda _moment: None, lambda _firm: None)
    days = []
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart
        async with unit_of_work(house.ada):
            await (await Firm.mine()).change({"time_zone": zone}, None)
        await feed.read()
        async with reading(house.ada):
            assert feed.today == await firm_today()
        days.append(feed.today)
    assert days[0] > days[1]
