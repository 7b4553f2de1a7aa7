"""Positions in a firm's stream of events, and what follows after one."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from models.errors import PracticeError, ValidationError
from models.unit_of_work import current
from models.visibility import event_visible
from subscriptions import audience
from subscriptions.events import COLUMNS, Event

_EPOCH_BYTES, _SEQ_BYTES = 16, 8
MOST = 250


class ResyncReason(StrEnum):
    """Why a client has to read its snapshot again instead of resuming."""

    CURSOR_TOO_OLD = "CURSOR_TOO_OLD"
    CURSOR_AHEAD = "CURSOR_AHEAD"
    EPOCH_CHANGED = "EPOCH_CHANGED"
    SLOW_CONSUMER = "SLOW_CONSUMER"
    ACCESS_CHANGED = "ACCESS_CHANGED"


@dataclass(frozen=True, slots=True)
class StreamCursor:
    """After which event one stands: the stream's epoch and the event's number.

    As text it is opaque and fit for URLs.
    """

    epoch: UUID
    seq: int

    def __str__(self) -> str:
        return urlsafe_b64encode(self.epoch.bytes + self.seq.to_bytes(_SEQ_BYTES)).decode()

    @classmethod
    def parse(cls, text: str, path: str = "since") -> Self:
        """The cursor that this text stands for. Raises ValidationError."""
        try:
            raw = urlsafe_b64decode(text.encode("ascii"))
        except (UnicodeEncodeError, binascii.Error):
            raw = b""
        if len(raw) != _EPOCH_BYTES + _SEQ_BYTES or urlsafe_b64encode(raw).decode() != text:
            raise ValidationError("This is no cursor of the stream.", path=(path,))
        return cls(UUID(bytes=raw[:_EPOCH_BYTES]), int.from_bytes(raw[_EPOCH_BYTES:]))

    def at(self, seq: int) -> Self:
        """Another number of the same stream."""
        return replace(self, seq=seq)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a stream reaches: its last event, and the number below which nobody resumes."""

    head: StreamCursor
    floor: int

    def refuses(self, cursor: StreamCursor) -> ResyncReason | None:
        """Why one cannot go on from there, if so."""
        if cursor.epoch != self.head.epoch:
            return ResyncReason.EPOCH_CHANGED
        if cursor.seq > self.head.seq:
            return ResyncReason.CURSOR_AHEAD
        return ResyncReason.CURSOR_TOO_OLD if cursor.seq < self.floor else None


class CursorRefused(PracticeError):
    """Nothing can be told from that cursor on; `code` says why."""

    def __init__(self, reason: ResyncReason) -> None:
        super().__init__(
            "The changes after this cursor cannot be told: read everything again.",
            path=("since",), code=reason.value,
        )  # fmt: skip
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Growth:
    """How far a stream reaches at a moment of the database's clock, and its events above `since`,
    in order; and in which time zone the firm is."""

    extent: Extent
    since: int
    events: list[Event]
    moment: datetime
    time_zone: str


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Some events in order, the cursor after them, and whether more follow."""

    events: tuple[Event, ...]
    cursor: StreamCursor
    has_more: bool


async def extent() -> Extent:
    """How far the firm's stream reaches in this unit of work's snapshot."""
    row = await current().fetchrow("select epoch, seq, floor from firm_stream")
    if row is None:
        raise LookupError("no stream is visible for this firm")
    return Extent(StreamCursor(row["epoch"], row["seq"]), row["floor"])


async def head() -> StreamCursor:
    """After the last event of this unit of work's snapshot: from here its data can be followed."""
    return (await extent()).head


async def after(event_ids: Sequence[UUID]) -> StreamCursor | None:
    """After the last of these events; None when there are none."""
    seq = await current().fetchval("select max(seq) from event where id = any($1)", event_ids)
    return None if seq is None else (await head()).at(seq)


async def growth(known: StreamCursor | None, most: int) -> Growth:
    """What the stream has beyond `known`, never more than the last `most` events; all of these
    where it is another stream, or reaches less far."""
    rows = await current().fetch(
        _GROWTH, *((None, 0) if known is None else (known.epoch, known.seq)), most
    )
    if not rows:
        raise LookupError("no stream is visible for this firm")
    row = rows[0]
    extent = Extent(StreamCursor(row["stream_epoch"], row["stream_seq"]), row["stream_floor"])
    events = [Event.from_row(one) for one in rows if one["id"] is not None]
    return Growth(extent, row["since"], events, row["moment"], row["time_zone"])


# All in one statement: it is asked for every hint. The limit only says to the planner how few
# events there are.
_GROWTH = f"""
    select f.epoch as stream_epoch, f.seq as stream_seq, f.floor as stream_floor, b.since,
           clock_timestamp() as moment, z.time_zone, e.*
      from firm_stream f
      join firm z on z.id = f.firm_id
      cross join lateral (
        select greatest(f.seq - $3, case when f.epoch = $1 and f.seq >= $2 then $2 else 0 end)
          as since
      ) b
      left join lateral (
        select {COLUMNS} from event e where e.seq > b.since and e.seq <= f.seq
          order by e.seq limit $3
      ) e on true
      order by e.seq
"""


async def read(since: int, until: int, most: int) -> list[Event]:
    """The events numbered above `since`, up to `until`, in order; the first `most` of them."""
    rows = await current().fetch(
        f"select {COLUMNS} from event e where e.seq > $1 and e.seq <= $2 order by e.seq limit $3",
        since, until, most,
    )  # fmt: skip
    return [Event.from_row(row) for row in rows]


async def turns(since: int, until: int) -> list[Event]:
    """The events above `since`, up to `until`, that may have changed what somebody sees."""
    rows = await current().fetch(
        f"select {COLUMNS} from event e where e.seq > $1 and e.seq <= $2 and e.entity = any($3)"
        " order by e.seq", since, until, audience.TURNING,
    )  # fmt: skip
    return [event for event in map(Event.from_row, rows) if audience.changes_access(event)]


async def changes(since: StreamCursor, first: int = 100) -> ChangePage:
    """The next `first` (1 to 250) events that the viewer may see.

    Raises CursorRefused for a cursor that cannot be resumed from, ValidationError for `first`.
    """
    if not 1 <= first <= MOST:
        raise ValidationError(f"Ask for 1 to {MOST} changes.", path=("first",))
    unit, reach = current(), await extent()
    if reason := reach.refuses(since):
        raise CursorRefused(reason)
    rows = await unit.fetch(
        f"select {COLUMNS} from event e where e.seq > $1 and e.entity = any($2)"
        f" and {event_visible(unit.viewer)} order by e.seq limit $3",
        since.seq, audience.readable(unit.viewer), first + 1,
    )  # fmt: skip
    events = tuple(Event.from_row(row) for row in rows[:first])
    has_more = len(rows) > first
    return ChangePage(events, reach.head.at(events[-1].seq) if has_more else reach.head, has_more)
