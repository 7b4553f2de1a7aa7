"""How items become what is sent, and how it is sent at once."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from models.viewer import Viewer
from subscriptions.items import Item

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Telling(Generic[P]):
    """What is made of each item (`write`), in a unit of a viewer who sees what all see to whom it
    goes. Tellings of one `name` write alike; `personal` ones, for one member alone."""

    name: Hashable
    write: Callable[[Viewer, Item[Any]], Awaitable[P]]
    personal: bool = False


Push = Callable[[Any], bool]
"""Sends something at once, or (False) cannot: its reader has not read what was sent before."""
