"""What a follower is told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from subscriptions.cursors import ResyncReason, StreamCursor
from subscriptions.events import Event

T = TypeVar("T")

Select = Callable[[Sequence[Event]], Awaitable[Sequence[T]]]
"""What is made of some events that the unit of work's viewer may see."""


@dataclass(frozen=True, slots=True)
class Batch(Generic[T]):
    """What happened from event `first` to event `last`, in order.

    What lies between the last item and `first` is nothing to whoever is told; neither is what is
    left out of `changes`.
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


Item = Batch[T] | Heartbeat | Resync
