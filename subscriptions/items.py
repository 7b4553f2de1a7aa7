"""What a follower is told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from subscriptions.cursors import ResyncReason, StreamCursor
from subscriptions.events import Event

T = TypeVar("T")

Select = Callable[[Sequence[Event]], Awaitable[Sequence[T]]]
"""What a follower makes of some events that its viewer may see, asked in a unit of the viewer's."""


@dataclass(frozen=True, slots=True)
class Batch(Generic[T]):
    """What happened from event `first` to event `last`, in order.

    `first` follows the last number told before, by a batch or a heartbeat: nothing lies between.
    What the viewer may not see is left out of `changes`.
    """

    changes: tuple[T, ...]
    first: int
    last: int
    cursor: StreamCursor


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing to tell up to `cursor`; the database's clock shows `server_time`."""

    server_time: datetime
    cursor: StreamCursor


@dataclass(frozen=True, slots=True)
class Resync:
    """The end: read the snapshot again, then follow from its cursor. `cursor` is the head now."""

    reason: ResyncReason
    cursor: StreamCursor
