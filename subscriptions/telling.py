"""How items become what is sent, and how it is sent at once."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog

from models.viewer import Viewer
from subscriptions.items import Item

log = structlog.get_logger("openpractice.feed")

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Telling(Generic[P]):
    """What is made of each item (`write`), in a unit of a viewer who sees what all see to whom it
    goes. Tellings of one `name` write alike; `personal` ones, for one member alone."""

    name: Hashable
    write: Callable[[Viewer, Item[Any]], Awaitable[P]]
    personal: bool = False


Push = Callable[[Any], bool]
"""Sends something at once, or (False) cannot: its reader has not read what was sent before. One of
a kind of which a thousand can be sent to quicker than one after the other has a `to_each`."""

ToEach = Callable[[Mapping[R, Any], Any], list[R]]
"""Sends the same by each of some pushes of one kind; whose could not."""


def to_each(pushes: Mapping[R, Push], written: Any) -> list[R]:
    """Send it by each of any kind."""
    return [whose for whose, push in pushes.items() if not sent(push, written)]


def sent(push: Push, written: Any) -> bool:
    """Whether it was; what one cannot be sent is no reason to send it to others twice."""
    try:
        return push(written)
    except Exception as fault:  # noqa: BLE001
        log.warning("a rider cannot be pushed", reason=repr(fault))
        return False
