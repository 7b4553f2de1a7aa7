"""When a client cannot resume, it is told so, and why."""

from datetime import timedelta
from typing import TypeAlias
from uuid import UUID, uuid4

import asyncpg
import pytest

from models.errors import ValidationError
from models.unit_of_work import reading
from subscriptions import cursors
from subscriptions.cursors import CursorRefused, ResyncReason, StreamCursor
from subscriptions.feed import Feeds
from subscriptions.follower import Pace
from subscriptions.items import Batch, Heartbeat, Resync
from tests.cast import House
from tests.subscriptions.conftest import MakeLive
from tests.subscriptions.deeds import head, raise_floor, restore_backup, write
from tests.subscriptions.ear import Ear, only_item

Owner: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
SOON = timedelta(milliseconds=50)


async def refusal_of(house: House, since: StreamCursor) -> ResyncReason:
    """Why the query refuses what the stream refuses."""
    with pytest.raises(CursorRefused) as caught:
        async with reading(house.ada):
            await cursors.changes(since)
    assert caught.value.code == caught.value.reason.value
    return caught.value.reason


async def test_a_cursor_of_another_stream_is_foreign(house: House, feeds: Feeds) -> None:
    theirs = await head(house.neighbour)

    item = await only_item(feeds.follow(house.ada, theirs))

    assert item == Resync(ResyncReason.EPOCH_CHANGED, await head(house))
    assert await refusal_of(house, theirs) is ResyncReason.EPOCH_CHANGED


@pytest.mark.parametrize("beyond", [1, 2**40, 2**64 - 1 - 10_000])
async def test_a_cursor_of_the_future_is_refused(house: House, feeds: Feeds, beyond: int) -> None:
    here = await head(house)
    ahead = here.at(here.seq + beyond)

    assert await only_item(feeds.follow(house.ada, ahead)) == Resync(
        ResyncReason.CURSOR_AHEAD, here
    )
    assert await refusal_of(house, ahead) is ResyncReason.CURSOR_AHEAD


async def test_a_cursor_below_the_floor_is_too_old_and_the_floor_itself_is_not(
    house: House, feeds: Feeds, as_owner: Owner
) -> None:
    here = await head(house)
    await raise_floor(as_owner, house, here.seq - 3)
    old, oldest = here.at(here.seq - 4), here.at(here.seq - 3)

    assert await only_item(feeds.follow(house.ada, old)) == Resync(
        ResyncReason.CURSOR_TOO_OLD, here
    )
    assert await refusal_of(house, old) is ResyncReason.CURSOR_TOO_OLD
    item = await only_item(feeds.follow(house.ada, oldest))
    assert isinstance(item, Batch)
    assert (item.first, item.last) == (here.seq - 2, here.seq)


async def test_a_resync_is_the_end_and_its_cursor_a_new_beginning(
    house: House, feeds: Feeds
) -> None:
    async with Ear(feeds.follow(house.ada, StreamCursor(uuid4(), 1))) as ear:
        await ear.until_over()

    (resync,) = ear.items
    assert isinstance(await only_item(feeds.follow(house.ada, resync.cursor)), Heartbeat)


async def test_followers_are_told_when_a_backup_has_been_restored(
    house: House, make_live: MakeLive, as_owner: Owner
) -> None:
    async with make_live(poll=SOON) as live, Ear(live.feeds.follow(house.ada)) as ear:
        await ear.first_item()
        await restore_backup(as_owner, house)
        await ear.until_over()

        assert ear.items[-1] == Resync(ResyncReason.EPOCH_CHANGED, await head(house))
        written = await write(house)
        async with Ear(live.feeds.follow(house.ada, written.at(written.seq - 1))) as again:
            await again.until_told(written.seq)

    assert again.numbers == [written.seq]


async def test_a_consumer_that_stays_behind_the_ring_is_told_to_begin_again(
    house: House, make_live: MakeLive
) -> None:
    since = await head(house)
    await write(house, 1000)

    async with (
        make_live(pace=Pace(patience=timedelta(0))) as live,
        Ear(live.feeds.follow(house.ada, since)) as ear,
    ):
        await ear.until_over()

    assert ear.items[-1] == Resync(ResyncReason.SLOW_CONSUMER, await head(house))
    assert len(ear.changes) < 1000


GARBAGE = [
    "",
    "0",
    "1:2",
    "not a cursor",
    "====",
    "A" * 31,
    "A" * 33,
    "A" * 31 + "é",
    "A" * 31 + "+",
    "A" * 31 + "\n",
    "A" * 1000,
    f"{UUID(int=0)}:7",
]


@pytest.mark.parametrize("text", GARBAGE)
def test_what_is_no_cursor_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        StreamCursor.parse(text)
    assert caught.value.path == ("since",)


def test_a_cursor_is_the_same_after_a_journey_as_text() -> None:
    cursor = StreamCursor(uuid4(), 2**40 + 7)

    assert StreamCursor.parse(str(cursor)) == cursor
    assert str(cursor).replace("-", "").replace("_", "").isalnum()
    assert len(str(cursor)) == 32
