"""What goes wrong at one place, and how far up the null goes that stands for it."""

from collections.abc import Iterable
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
        return Fault(self.error, self.nodes, (*path, *self.path))

    def located(self) -> GraphQLError:
        return located_error(self.error, self.nodes, list(self.path))


Faults = dict[int, list[Fault]]
"""The faults of some values, by their places among them; most often none."""


def add(faults: Faults, place: int, more: Iterable[Fault]) -> None:
    faults.setdefault(place, []).extend(more)
