"""What stood before, plus the events, is what stands after: the proof of every verb.

`verify_action` takes a picture of all that a firm owns, lets the test act, applies the events
that were written to the first picture and compares with a second one. A change without its
event, an event without its change and a wrong old value all show; so does a stir in the other firm.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
import pytest

from models.base import MANAGED
from models.errors import PracticeError
from models.events import EventKind
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from tests.cast import House
from tests.pictures import Columns, Picture, Row, Rows, picture

REMOVALS = frozenset({
    EventKind.TASK_DELETED,
    EventKind.DEPENDENCY_REMOVED,
    EventKind.REVIEW_DROPPED,
    EventKind.COMMENT_REMOVED,
    EventKind.DOCUMENT_LAPSED,
    EventKind.TIME_REMOVED,
    EventKind.TEAM_MEMBER_REMOVED,
    EventKind.CONTACT_UNLINKED,
    EventKind.INVOICE_DISCARDED,
    EventKind.INVOICE_LINE_REMOVED,
    EventKind.BILLED_TIME_REMOVED,
    EventKind.TEMPLATE_STEP_REMOVED,
    EventKind.EXTERNAL_ID_REMOVED,
    EventKind.CLIENT_TAX_ID_REMOVED,
    EventKind.CLIENT_ADDRESS_REMOVED,
    EventKind.CLIENT_KEY_DATE_REMOVED,
})  # fmt: skip
"""The kinds after which a row is gone."""


@dataclass
class Action:
    """What was done: filled when the block ends."""

    events: list[Row] = field(default_factory=list)

    @property
    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events]

    def only(self, kind: EventKind) -> Row:
        """The one event of this kind."""
        (found,) = [event for event in self.events if event["kind"] == kind]
        return found


@dataclass
class Refusal:
    """Why it was refused: filled when the block ends."""

    error: Any = None


@asynccontextmanager
async def verify_action(
    house: House, by: Viewer | None = None, *, at: datetime | None = None
) -> AsyncIterator[Action]:
    """Act inside; with `by`, in a unit of work of that viewer."""
    before, beside = await picture(house), await picture(house.neighbour)
    action = Action()
    if by is None:
        yield action
        action.events = await events_since(house, before.seq)
    else:
        async with unit_of_work(by, at=at) as unit:
            yield action
        action.events = await events_since(house, before.seq)
        assert [event["id"] for event in action.events] == [str(id) for id in unit.events]
        assert {event["actor_id"] for event in action.events} <= {by.actor_id and str(by.actor_id)}
    after = await picture(house)
    assert await picture(house.neighbour) == beside, "the other firm stirred"
    assert _replayed(before, action.events) == after.rows
    assert await broken_links(house) == []
    await _must_be_gapless(house)


async def verify_history(house: House) -> set[EventKind]:
    """All that the firm owns is what its events tell, from the first one on; their kinds."""
    now = await picture(house)
    events = await events_since(house, 0)
    assert _replayed(Picture(0, {}, now.columns), events) == now.rows
    return {EventKind(event["kind"]) for event in events}


@asynccontextmanager
async def verify_refusal(
    house: House,
    by: Viewer,
    error: type[Exception] = PracticeError,
    *,
    code: str | None = None,
    path: str | None = None,
    at: datetime | None = None,
) -> AsyncIterator[Refusal]:
    """Try inside, in a unit of work of that viewer; it must be refused and leave no trace.

    `path` is which part of the input it names, from part to part with points between."""
    before, beside = await picture(house), await picture(house.neighbour)
    refusal = Refusal()
    with pytest.raises(error) as caught:
        async with unit_of_work(by, at=at):
            yield refusal
    refusal.error = caught.value
    if code is not None:
        assert refusal.error.code == code
    if path is not None:
        assert refusal.error.path == tuple(path.split("."))
    assert await picture(house) == before, "a refusal left a trace"
    assert await picture(house.neighbour) == beside, "the other firm stirred"


async def events_since(house: House, seq: int) -> list[Row]:
    """The firm's events after that number, in order."""
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            "select to_jsonb(e) as event from event e where firm_id = $1 and seq > $2 order by seq",
            house.id,
            seq,
        )
    return [orjson.loads(row["event"]) for row in rows]


async def broken_links(house: House) -> list[int]:
    """The numbers of the events whose hash does not follow from the event before and themselves."""
    async with reading(house.system) as unit:
        rows = await unit.fetch(
            """select seq from (
                 select e.seq, e.hash, event_hash(e.prev_hash, e) as own, e.prev_hash,
                        lag(e.hash, 1, '\\x'::bytea) over (order by e.seq) as before
                 from event e where e.firm_id = $1) links
               where hash is distinct from own or prev_hash is distinct from before
               order by seq""",
            house.id,
        )
    return [row["seq"] for row in rows]


def _replayed(before: Picture, events: list[Row]) -> Rows:
    rows = {key: dict(row) for key, row in before.rows.items()}
    for event in events:
        _apply(rows, event, before.columns)
    return rows


def _apply(rows: Rows, event: Row, columns: Columns) -> None:
    kind, key = EventKind(event["kind"]), (event["entity"], event["entity_id"])
    assert kind.value.split(".")[0] == event["entity"], "a kind begins with its entity"
    row = rows.get(key)
    if row is None:
        assert event["entity_version"] == 1, f"{kind} for a row that was never created: {event}"
        row = dict.fromkeys(columns[event["entity"]])
        row |= {"firm_id": event["firm_id"], "id": event["entity_id"], "version": 0}
        row["created_at"] = event["at"]
        rows[key] = row
    for column, (old, new) in event["payload"].items():
        assert column not in MANAGED
        assert row[column] == old, f"{kind} says that {column} was {old!r}, not {row[column]!r}"
        row[column] = new
    assert event["entity_version"] == row["version"] + 1, f"{kind} skips a version"
    row |= {"version": event["entity_version"], "updated_at": event["at"]}
    assert event["client_id"] == _client_of(row, event), f"{kind} names another client"
    if kind in REMOVALS:
        assert set(event["payload"]) == set(row) - set(MANAGED), "a removal keeps what was"
        del rows[key]


def _client_of(row: Row, event: Row) -> str | None:
    if event["entity"] == "client":
        return str(row["id"])
    if "client_id" not in row:
        return None
    was = event["payload"].get("client_id", [None, None])[0]
    client: str | None = row["client_id"] or was
    return client


async def _must_be_gapless(house: House) -> None:
    async with reading(house.system) as unit:
        stream = await unit.fetchrow(
            "select seq, head_hash from firm_stream where firm_id = $1", house.id
        )
        head = await unit.fetchrow(
            """select count(*) as count, min(seq) as first, max(seq) as last,
                      (array_agg(hash order by seq desc))[1] as hash,
                      count(*) filter (where seq is null) as unnumbered
               from event where firm_id = $1""",
            house.id,
        )
    assert stream is not None
    assert head is not None
    assert (head["first"], head["last"], head["unnumbered"]) == (1, head["count"], 0)
    assert (stream["seq"], stream["head_hash"]) == (head["last"], head["hash"])
