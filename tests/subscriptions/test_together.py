"""Those who see the same are told together: once made, and pushed to all who can take it."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from models.clients import Client
from models.members import Member
from models.permissions import Permission, Role
from models.tasks import Task
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from subscriptions.cursors import ResyncReason, StreamCursor
from subscriptions.events import Event
from subscriptions.feed import Feeds
from subscriptions.follower import Pace
from subscriptions.interest import EVERYTHING, Interest
from subscriptions.items import Batch, Heartbeat, Item, Resync
from subscriptions.tasks import TASKS
from subscriptions.telling import Telling
from subscriptions.touched import interest_in
from tests.cast import House
from tests.subscriptions.conftest import MakeLive
from tests.subscriptions.deeds import head, numbers_after, write
from tests.subscriptions.ear import SECONDS, Ear


class Scribe:
    """Writes items as they are, and remembers what it wrote."""

    def __init__(self) -> None:
        self.written: list[Item[Any]] = []

    async def write(self, _viewer: Viewer, item: Item[Any]) -> Item[Any]:
        self.written.append(item)
        return item

    @property
    def batches(self) -> list[Item[Any]]:
        return [item for item in self.written if isinstance(item, Batch)]

    def read_by(
        self, feeds: Feeds, viewer: Viewer, interest: Interest[Any] = EVERYTHING,
        since: StreamCursor | None = None, push: Any = None, *, personal: bool = False,
    ) -> Ear:  # fmt: skip
        """Somebody who is told what this one writes."""
        telling = Telling("scribe", self.write, personal)
        return Ear(feeds.follow_written(viewer, since, interest, telling, push))


class Reader:
    """Takes what is pushed, unless it is not reading just now."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.reads = True
        self._news = asyncio.Event()

    def __call__(self, item: Any) -> bool:
        if self.reads:
            self.taken.append(item)
            self._news.set()
        return self.reads

    async def until(self, heard: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not heard():
                await self._news.wait()
                self._news.clear()

    async def until_told(self, seq: int) -> None:
        await self.until(lambda: bool(self.taken) and self.taken[-1].cursor.seq >= seq)

    @property
    def numbers(self) -> list[int]:
        batches = [item for item in self.taken if isinstance(item, Batch)]
        return [change.seq for batch in batches for change in batch.changes]


async def test_what_many_follow_is_written_once_for_all_who_see_the_same(
    house: House, feeds: Feeds
) -> None:
    scribe = Scribe()
    viewers = [house.cleo] * 5 + [replace(house.cleo, request_id=str(n)) for n in range(5)]
    ears = [scribe.read_by(feeds, viewer) for viewer in viewers]
    for ear in ears:
        await ear.__aenter__()
        await ear.first_item()
    for count in (1, 4):
        written = await write(house, count)
        await asyncio.gather(*(ear.until_told(written.seq) for ear in ears))
    for ear in ears:
        await ear.__aexit__(None, None, None)

    assert len(scribe.batches) == 2
    assert all(ear.batches == scribe.batches for ear in ears)


async def test_those_who_see_otherwise_are_told_otherwise_though_they_ask_the_same(
    house: House, feeds: Feeds
) -> None:
    scribe = Scribe()
    async with scribe.read_by(feeds, house.dan) as dan, scribe.read_by(feeds, house.eve) as eve:
        await dan.first_item()
        await eve.first_item()
        async with unit_of_work(house.ben):
            await (await Task.load(house.seal)).change({"title": "Sealed"}, None)
        written = await write(house)
        await dan.until_told(written.seq)
        await eve.until_told(written.seq)

    assert [change.kind for change in dan.changes] == ["task.created"]
    assert [change.kind for change in eve.changes] == ["task.changed", "task.created"]


async def called(lenses: Sequence[Any], ids: Sequence[UUID]) -> Sequence[Collection[UUID]]:
    """Boards that are about one task each, by its id; all of them are asked at once."""
    assert len(lenses) == len(set(lenses))
    return [[id for id in ids if id == lens] for lens in lenses]


async def test_each_lens_is_told_what_it_shows_and_what_shows_the_same_is_written_once(
    house: House, feeds: Feeds
) -> None:
    scribe = Scribe()
    boards = [interest_in(TASKS, lens=lens, matching=called)
              for lens in (house.ring, house.ring, house.tidy, house.gather)]  # fmt: skip
    ears = [scribe.read_by(feeds, house.ada, board) for board in boards]
    for ear in ears:
        await ear.__aenter__()
        await ear.first_item()
    async with unit_of_work(house.ada):
        await (await Task.load(house.ring)).change({"title": "Ring twice"}, None)
    until = await head(house)
    await asyncio.gather(*(ear.until_told(until.seq) for ear in ears))
    for ear in ears:
        await ear.__aexit__(None, None, None)

    removed = [[touched.removed for touched in ear.changes] for ear in ears]
    assert removed == [[False], [False], [True], [True]]
    assert len(scribe.batches) == 2


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


async def test_who_missed_the_same_is_told_it_by_the_same_pages(house: House, feeds: Feeds) -> None:
    scribe, since = Scribe(), await head(house)
    until = await write(house, 600)
    ears = [scribe.read_by(feeds, house.ada, since=since) for _ in range(30)]
    for ear in ears:
        await ear.__aenter__()
    await asyncio.gather(*(ear.until_told(until.seq) for ear in ears))
    for ear in ears:
        await ear.__aexit__(None, None, None)

    expected = await numbers_after(house, since)
    assert all(ear.numbers == expected for ear in ears)
    assert len(scribe.batches) == 3


async def test_ones_part_at_a_restricted_client_is_not_told_to_those_told_together_so_far(
    house: House, feeds: Feeds
) -> None:
    scribe, reader = Scribe(), Reader()
    colleague = await _colleague(house)
    async with (
        scribe.read_by(feeds, house.dan) as dan,
        scribe.read_by(feeds, colleague, push=reader) as gil,
    ):
        await dan.first_item()
        await gil.first_item()
        async with unit_of_work(house.ben):
            await (await Task.load(house.seal)).change({"title": "Before"}, None)
            await (await Client.load(house.vault)).assign(
                await Member.load(house.dan.id), "preparer"
            )
            await (await Task.load(house.seal)).change({"title": "After"}, None)
        written = await write(house)
        await dan.until_over()
        await reader.until_told(written.seq)

    assert dan.items[-1] == Resync(ResyncReason.ACCESS_CHANGED, dan.items[-1].cursor)
    assert dan.changes == []
    assert reader.numbers == [written.seq]


async def _colleague(house: House) -> Viewer:
    """Staff who sees what Dan sees."""
    async with unit_of_work(house.ada):
        gil = await Member.join(email="gil@harbour.example", name="Gil", role=Role.STAFF)
    return replace(house.dan, member_id=gil.id)


def like_dan_but_with_few_scopes(house: House) -> Viewer:
    return replace(house.dan, scopes=frozenset({Permission.READ_WORK}))


@pytest.mark.parametrize(("one", "other", "alike"), [
    ("ada", "system", True), ("dan", "colleague", True), ("dan", "eve", False),
    ("dan", "cleo", False), ("dan", "finn", False), ("dan", "with few scopes", False),
])  # fmt: skip
async def test_who_stands_alike_sees_alike(
    house: House, feeds: Feeds, one: str, other: str, alike: bool
) -> None:
    people = {person: getattr(house, person) for person in ("ada", "system", "dan", "eve", "cleo",
                                                            "finn")}  # fmt: skip
    people |= {"colleague": await _colleague(house),
               "with few scopes": like_dan_but_with_few_scopes(house)}  # fmt: skip
    scribe = Scribe()
    async with (
        scribe.read_by(feeds, people[one]) as first,
        scribe.read_by(feeds, people[other]) as second,
    ):
        await first.first_item()
        await second.first_item()
        written = await write(house)
        await first.until_told(written.seq)
        await second.until_told(written.seq)

    assert (len(scribe.batches) == 1) is alike


async def test_what_is_personal_is_written_for_each_member(house: House, feeds: Feeds) -> None:
    scribe, colleague = Scribe(), await _colleague(house)
    async with (
        scribe.read_by(feeds, house.dan, personal=True) as dan,
        scribe.read_by(feeds, house.dan, personal=True) as elsewhere,
        scribe.read_by(feeds, colleague, personal=True) as gil,
    ):
        for ear in (dan, elsewhere, gil):
            await ear.first_item()
        written = await write(house)
        for ear in (dan, elsewhere, gil):
            await ear.until_told(written.seq)

    assert len(scribe.batches) == 2
