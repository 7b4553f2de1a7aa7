"""Those who see the same are told together: what they follow is written once."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from models.clients import Client
from models.members import Member
from models.permissions import Permission, Role
from models.tasks import Task
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from subscriptions.cursors import ResyncReason
from subscriptions.feed import Feeds
from subscriptions.items import Resync
from subscriptions.tasks import TASKS
from subscriptions.touched import interest_in
from tests.cast import House
from tests.subscriptions.deeds import head, numbers_after, write
from tests.subscriptions.scribe import Reader, Scribe


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
