"""Who is at the head is pushed what comes, and nobody waits for who cannot take it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from subscriptions.events import Event
from subscriptions.feed import Feeds
from subscriptions.follower import Pace
from subscriptions.interest import Interest
from subscriptions.items import Heartbeat
from tests.cast import House
from tests.subscriptions.conftest import MakeLive
from tests.subscriptions.deeds import head, numbers_after, write
from tests.subscriptions.scribe import Reader, Scribe


async def test_who_is_at_the_head_is_pushed_what_comes(house: House, feeds: Feeds) -> None:
    scribe, readers = Scribe(), [Reader() for _ in range(20)]
    ears = [scribe.read_by(feeds, house.ada, push=reader) for reader in readers]
    for ear in ears:
        await ear.__aenter__()
        await ear.first_item()
    since = await head(house)
    for count in (1, 7, 2):
        await write(house, count)
    await asyncio.gather(*(reader.until_told(since.seq + 10) for reader in readers))
    for ear in ears:
        await ear.__aexit__(None, None, None)

    expected = await numbers_after(house, since)
    for ear, reader in zip(ears, readers, strict=True):
        assert [change.seq for change in ear.changes] + reader.numbers == expected
    assert len(scribe.batches) <= 3


async def test_who_does_not_read_waits_for_nobody_and_is_told_the_rest_in_order(
    house: House, feeds: Feeds
) -> None:
    scribe, slow, quick = Scribe(), Reader(), Reader()
    async with (
        scribe.read_by(feeds, house.ada, push=slow) as slowly,
        scribe.read_by(feeds, house.ada, push=quick) as quickly,
    ):
        await slowly.first_item()
        await quickly.first_item()
        first = await write(house)
        await slow.until_told(first.seq)
        slow.reads = False
        second = await write(house, 3)
        await quick.until_told(second.seq)
        await slowly.until_told(second.seq)
        slow.reads = True
        third = await write(house, 2)
        await slow.until_told(third.seq)

    assert slow.numbers == [first.seq, third.seq - 1, third.seq]
    assert [change.seq for change in slowly.changes] == list(range(first.seq + 1, second.seq + 1))
    assert quick.numbers == list(range(first.seq, third.seq + 1))
    assert all(isinstance(item, Heartbeat) for item in quickly.items)


async def test_who_stands_ahead_of_those_who_are_pushed_goes_on_when_they_leave(
    house: House, feeds: Feeds
) -> None:
    making, may_be_made = asyncio.Event(), asyncio.Event()

    async def slowly(events: Sequence[Event]) -> Sequence[Event]:
        making.set()
        await may_be_made.wait()
        return events

    scribe, interest, readers = Scribe(), Interest("slowly", slowly), (Reader(), Reader())
    riding = scribe.read_by(feeds, house.ada, interest, push=readers[0])
    await riding.__aenter__()
    await riding.first_item()
    here = await write(house)
    await making.wait()
    async with scribe.read_by(feeds, house.ada, interest, here, readers[1]) as ahead:
        await ahead.first_item()
        await riding.__aexit__(None, None, None)
        may_be_made.set()
        written = await write(house)
        await readers[1].until_told(written.seq)

    assert readers[1].numbers == [written.seq]


async def test_who_is_pushed_hears_that_the_stream_is_alive(
    house: House, make_live: MakeLive
) -> None:
    reader = Reader()
    async with (
        make_live(pace=Pace(heartbeat=timedelta(milliseconds=20))) as live,
        Scribe().read_by(live.feeds, house.ada, push=reader),
    ):
        await reader.until(lambda: len(reader.taken) == 3)

    assert all(isinstance(item, Heartbeat) for item in reader.taken)
