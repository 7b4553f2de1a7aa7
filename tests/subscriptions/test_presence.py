"""Who is where: those who are there see each other, and nobody sees what is not theirs to see."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from models.clients import Client
from models.errors import NotFound
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from subscriptions.bus import Bus
from subscriptions.gathering import MOST_OF_ONE, Place
from subscriptions.presence import Presences
from tests.cast import Cast, House
from tests.subscriptions.ear import Ear
from tests.subscriptions.killable_redis import KillableRedis

BOARD = Place("job_board")


@dataclass
class Clock:
    """Shows what it is set to."""

    now: float = 0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@asynccontextmanager
async def process(clock: Clock, url: str = "memory://") -> AsyncIterator[Presences]:
    """What one process knows of who is where; it looks when it is told to."""
    bus = Bus(url, ping_seconds=1)
    await bus.start()
    presences = Presences(bus, clock=clock, gather=timedelta(0))
    try:
        yield presences
    finally:
        await presences.stop()
        await bus.stop()


@pytest.fixture
async def presences(clock: Clock) -> AsyncIterator[Presences]:
    """Those of a process that is alone."""
    async with process(clock) as alone:
        yield alone


def at(presences: Presences, viewer: Viewer, place: Place = BOARD, **more: Any) -> Ear:
    """Somebody at a place, who hears who else is."""
    return Ear(presences.attend(viewer, place, **more))


async def sees(ear: Ear, *people: Viewer) -> None:
    """Wait until just these are told to be there."""
    wanted = sorted(person.member_id or UUID(int=0) for person in people)
    await ear.until(lambda ear: ear.items and [one.member_id for one in ear.items[-1]] == wanted)


def hand(ear: Ear, person: Viewer) -> tuple[Place | None, str | None]:
    """What they hold and edit, as it was last told."""
    (one,) = [one for one in ear.items[-1] if one.member_id == person.member_id]
    return one.holds, one.edits


# ------------------------------------------------------------------------------ who is there


async def test_two_see_each_other_until_one_leaves_and_a_stranger_sees_neither(
    cast: Cast, presences: Presences
) -> None:
    ada, dan, stranger = cast.harbour.ada, cast.harbour.dan, cast.alpine.ada
    async with at(presences, ada) as hers, at(presences, stranger) as theirs:
        await sees(hers, ada)
        async with at(presences, dan) as his:
            await sees(his, ada, dan)
            await sees(hers, ada, dan)
        await sees(hers, ada)
        await sees(theirs, stranger)

        assert len(theirs.items) == 1


async def test_who_is_at_another_place_is_not_here(house: House, presences: Presences) -> None:
    async with (
        at(presences, house.ada, Place("job", house.books)) as hers,
        at(presences, house.dan, Place("job", house.year_end)) as his,
    ):
        await sees(hers, house.ada)
        await sees(his, house.dan)


async def test_what_is_taken_in_hand_is_told_and_nobody_seems_gone_meanwhile(
    house: House, presences: Presences
) -> None:
    card = Place("job", house.books)
    async with at(presences, house.ada) as hers, at(presences, house.dan) as before:
        await sees(hers, house.ada, house.dan)
        empty, since = hand(hers, house.dan), len(hers.items) - 1
        async with at(presences, house.dan, holds=card, edits="notes") as now:
            await now.first_item()
            await before.leave()
            await hers.until(lambda ear: hand(ear, house.dan) == (card, "notes"))

            assert empty == (None, None)
            assert {len(people) for people in hers.items[since:]} == {2}


async def test_who_has_two_windows_is_there_once_until_both_are_closed(
    house: House, presences: Presences
) -> None:
    async with at(presences, house.ada) as hers:
        async with at(presences, house.dan, edits="title"):
            async with at(presences, house.dan) as second:
                await sees(second, house.ada, house.dan)
            await sees(hers, house.ada, house.dan)
            await hers.until(lambda ear: hand(ear, house.dan) == (None, "title"))
        await sees(hers, house.ada)


async def test_whose_line_is_silent_for_fifteen_seconds_is_gone_until_they_speak_again(
    house: House, presences: Presences, clock: Clock
) -> None:
    heard_at = Clock()
    async with (
        at(presences, house.ada) as hers,
        at(presences, house.dan, silence=lambda: clock.now - heard_at.now),
    ):
        await sees(hers, house.ada, house.dan)
        clock.now = 15
        presences.look()
        told = len(hers.items)
        clock.now = 16
        presences.look()
        await sees(hers, house.ada)
        assert len(hers.items) == told + 1
        heard_at.now = 17
        presences.look()
        await sees(hers, house.ada, house.dan)


async def test_a_program_looks_on_unseen(house: House, presences: Presences) -> None:
    token = replace(house.ben, api_token_id=uuid4())
    async with at(presences, house.ada) as hers, at(presences, token) as its:
        await sees(its, house.ada)
        await sees(hers, house.ada)


async def test_a_person_is_told_at_so_many_places_and_no_more(
    house: House, presences: Presences
) -> None:
    places = [Place("job_board"), *(Place(f"board {number}") for number in range(MOST_OF_ONE))]
    windows = [at(presences, house.dan, place) for place in places]
    for window in windows:
        await window.__aenter__()
        await window.first_item()
    last = windows.pop()

    assert last.items == [[]]
    await windows.pop().leave()
    presences.look()
    await sees(last, house.dan)
    for window in (*windows, last):
        await window.leave()


# ------------------------------------------------------------------------------------- sight


async def test_nobody_is_where_they_may_not_look(house: House, presences: Presences) -> None:
    secret = Place("job", house.secret)
    for person, place, holds in (
        (house.dan, secret, None),
        (house.dan, BOARD, secret),
        (house.finn, Place("job", house.year_end), None),
        (house.finn, Place("invoice", uuid4()), None),
        (house.ada, Place("job", house.neighbour.books), None),
        (house.ada, Place("nowhere", house.books), None),
    ):
        with pytest.raises(NotFound):
            await anext(presences.attend(person, place, holds=holds))
    async with at(presences, house.eve, secret) as hers:
        await sees(hers, house.eve)


async def test_whom_the_place_is_hidden_from_meanwhile_is_told_no_more_and_gone(
    house: House, presences: Presences
) -> None:
    mill = Place("job", house.year_end)
    async with at(presences, house.ada, mill) as hers, at(presences, house.dan, mill) as his:
        await sees(hers, house.ada, house.dan)
        async with unit_of_work(house.ada):
            await (await Client.load(house.mill)).change({"restricted": True}, None)

        presences.look_again(house.id)

        with pytest.raises(NotFound):
            await his.until_over()
        await sees(hers, house.ada)


# --------------------------------------------------------------------------- more processes


@pytest.mark.redis
async def test_two_processes_know_of_both_at_once_and_of_who_leaves(
    house: House, redis_url: str, clock: Clock
) -> None:
    card = Place("task", house.gather)
    async with (
        process(clock, redis_url) as one,
        process(clock, redis_url) as other,
        at(one, house.ada) as hers,
    ):
        await sees(hers, house.ada)
        async with at(other, house.dan, holds=card) as his:
            await sees(his, house.ada, house.dan)
            await sees(hers, house.ada, house.dan)
            assert hand(hers, house.dan) == (card, None)
        await sees(hers, house.ada)


@pytest.mark.redis
async def test_whom_a_killed_process_told_of_is_gone_after_fifteen_seconds(
    house: House, redis_url: str, clock: Clock
) -> None:
    async with process(clock, redis_url) as one, at(one, house.ada) as hers:
        async with process(clock, redis_url) as killed:
            his = at(killed, house.dan)
            await his.__aenter__()
            await sees(hers, house.ada, house.dan)
        # It has said nothing more: its window is closed after it.
        clock.now = 14
        one.look()
        still = len(hers.items)
        clock.now = 15
        one.look()
        await sees(hers, house.ada)
        assert len(hers.items) == still + 1
        await his.leave()


@pytest.mark.redis
async def test_who_is_there_is_said_again_before_it_is_forgotten(
    house: House, redis_url: str, clock: Clock
) -> None:
    async with (
        process(clock, redis_url) as one,
        process(clock, redis_url) as other,
        at(one, house.ada) as hers,
        at(other, house.dan),
    ):
        await sees(hers, house.ada, house.dan)
        since = len(hers.items) - 1
        for clock.now in range(5, 40, 5):
            other.look()
            async with at(other, house.eve):  # what she says comes after the beat
                await sees(hers, house.ada, house.dan, house.eve)
            await sees(hers, house.ada, house.dan)
            one.look()

        assert min(len(people) for people in hers.items[since:]) == 2


@pytest.mark.redis
async def test_without_redis_a_process_knows_its_own_and_with_it_all_again(
    house: House, redis: KillableRedis, clock: Clock
) -> None:
    async with (
        process(clock, redis.url) as one,
        process(clock, redis.url) as other,
        at(one, house.ada) as hers,
        at(other, house.dan) as his,
    ):
        await sees(hers, house.ada, house.dan)
        await redis.kill()
        clock.now = 15
        one.look()
        await sees(hers, house.ada)
        async with at(one, house.eve):
            await sees(hers, house.ada, house.eve)
        await redis.start()

        await sees(hers, house.ada, house.dan)
        await sees(his, house.ada, house.dan)
