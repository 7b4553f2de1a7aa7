"""The chain of events: whatever is changed afterwards, by whomever, is named by its number."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from models.jobs import Job
from models.unit_of_work import unit_of_work
from tests.cast import Cast, House
from tests.verify import broken_links, events_since

FORGED = {
    "payload": '\'{"title": ["Books", "Cooked"]}\'',
    "at": "at - interval '1 day'",
    "kind": "'job.created'",
    "entity": "'task'",
    "entity_id": "gen_random_uuid()",
    "entity_version": "entity_version + 1",
    "client_id": "null",
    "actor_id": "gen_random_uuid()",
    "request_id": "'another'",
    "id": "gen_random_uuid()",
    "hash": "sha256(hash)",
}
"""What a forger might write over each part of an event."""


@pytest.fixture
async def events(cast: Cast) -> AsyncIterator[list[int]]:
    """Five changes of one job, by their numbers."""
    house = cast.harbour
    for number in range(5):
        async with unit_of_work(house.dan):
            await (await Job.load(house.books)).change({"title": f"Books {number}"}, None)
    seen = [event["seq"] for event in await events_since(house, 0)][-5:]
    assert await broken_links(house) == []
    yield seen
    assert await broken_links(cast.alpine) == []


@pytest.mark.parametrize("part", FORGED)
async def test_an_event_that_was_changed_is_named(
    cast: Cast, events: list[int], as_owner: "asyncpg.Connection[Any]", part: str
) -> None:
    house, forged = cast.harbour, events[2]
    await as_owner.execute(
        f"update event set {part} = {FORGED[part]} where firm_id = $1 and seq = $2",
        house.id,
        forged,
    )
    # One whose own hash was replaced breaks the link to the next one, too.
    assert await broken_links(house) == ([forged, forged + 1] if part == "hash" else [forged])


async def test_an_event_that_was_changed_and_hashed_anew_shows_at_the_next(
    cast: Cast, events: list[int], as_owner: "asyncpg.Connection[Any]"
) -> None:
    house, forged = cast.harbour, events[2]
    await _of(as_owner, house, forged, "set payload = '{}'")
    await _of(as_owner, house, forged, "set hash = event_hash(prev_hash, event)")
    assert await broken_links(house) == [forged + 1]


async def test_an_event_that_was_removed_shows_at_the_next(
    cast: Cast, events: list[int], as_owner: "asyncpg.Connection[Any]"
) -> None:
    house = cast.harbour
    await as_owner.execute("delete from event where firm_id = $1 and seq = $2", house.id, events[2])
    assert await broken_links(house) == [events[3]]


async def test_two_events_that_changed_places_are_both_named(
    cast: Cast, events: list[int], as_owner: "asyncpg.Connection[Any]"
) -> None:
    house, (one, other) = cast.harbour, events[1:3]
    for place, to in ((one, -1), (other, one), (-1, other)):
        await _of(as_owner, house, place, f"set seq = {to}")
    assert {one, other} <= set(await broken_links(house))


async def test_the_streams_head_tells_that_the_last_one_was_removed(
    cast: Cast, events: list[int], as_owner: "asyncpg.Connection[Any]"
) -> None:
    house = cast.harbour
    await as_owner.execute(
        "delete from event where firm_id = $1 and seq = $2", house.id, events[-1]
    )
    head = await as_owner.fetchrow(
        "select s.seq, s.head_hash = e.hash as whole from firm_stream s"
        " join event e on e.firm_id = s.firm_id and e.seq = $2 where s.firm_id = $1",
        house.id,
        events[-2],
    )
    assert head is not None
    assert (head["seq"], head["whole"]) == (events[-1], False)


async def _of(as_owner: "asyncpg.Connection[Any]", house: House, seq: int, change: str) -> None:
    await as_owner.execute(f"update event {change} where firm_id = $1 and seq = $2", house.id, seq)
