"""What goes wrong at one place, and how far up the null goes that stands for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError
from graphql.error import located_error

BROKEN: Any = type("Broken", (), {"__repr__": lambda _: "BROKEN"})()
"""In the place of a value that failed, until a place that may be null makes null of it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An error, and where: the path from the value that is being completed."""

    error: Exception
    nodes: list[FieldNode]
    path: tuple[str | int, ...] = ()

    def below(self, *path: str | int) -> "Fault":
        """The same of a value in which this one lies at that path."""
        return Fault(self.error, self.nodes, (*path, *self.path))

    def located(self) -> GraphQLError:
        """The error as it stands in the result."""
        return located_error(self.error, self.nodes, list(self.path))


Faults = dict[int, list[Fault]]
"""The faults of some values, by the numbers of these among them; most often none."""


def add(faults: Faults, number: int, more: Iterable[Fault]) -> None:
    """More faults of one value."""
    faults.setdefault(number, []).extend(more)


def add_below(faults: Faults, number: int, more: Sequence[Fault], *path: str | int) -> None:
    """More faults of one value, told by something that lies at this path within it."""
    if more:
        add(faults, number, [fault.below(*path) for fault in more])
