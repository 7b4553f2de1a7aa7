"""How long pages and lists may be, and what no text holds: in a document and in its variables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLError,
    IntValueNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    StringValueNode,
    VariableNode,
)

from server.errors import Code, coded
from server.limits.bounds import Bounds
from server.limits.costs import PAGING

NUL = "\0"


@dataclass(slots=True)
class Asked:
    """The pages and lists of a part: what is already wrong, and which variables are pages."""

    problems: list[GraphQLError] = field(default_factory=list)
    page_variables: set[str] = field(default_factory=set)
    visited: int = 0

    def read(self, node: FieldNode, bounds: Bounds) -> None:
        """Look at one field's arguments."""
        given = {a.name.value: a for a in node.arguments or ()}
        # Variables are looked at by the field: null is nothing given.
        if all(name in given and isinstance(given[name].value, IntValueNode) for name in PAGING):
            self.problems.append(
                coded("Give `first` or `last`, not both.", Code.BAD_INPUT, given["last"])
            )
        for name, argument in given.items():
            if name in PAGING:
                self._read_page(argument, bounds)
            for value in _literals(argument):
                self.visited += 1
                if isinstance(value, ListValueNode) and len(value.values) > bounds.longest_list:
                    self.problems.append(_too_long(len(value.values), bounds, node=value))
                elif isinstance(value, StringValueNode) and NUL in value.value:
                    self.problems.append(_has_nul(node=value))

    def _read_page(self, argument: ArgumentNode, bounds: Bounds) -> None:
        match argument.value:
            case VariableNode(name=name):
                self.page_variables.add(name.value)
            case IntValueNode(value=digits) as node:
                if not _is_page(int(digits[:12]), bounds):
                    self.problems.append(_no_page(argument.name.value, bounds, node))


def wrong_in(
    variables: Mapping[str, Any], page_variables: set[str], bounds: Bounds
) -> Iterator[GraphQLError]:
    """What is too long, too small, too large or unspeakable in the variables, after coercion."""
    for name in sorted(page_variables & variables.keys()):
        size = variables[name]
        if isinstance(size, int) and not _is_page(size, bounds):
            yield _no_page(f"${name}", bounds)
    for name, value in variables.items():
        wrong = _wrong_within(value, f" in `${name[:100]}`", bounds)
        if wrong is not None:
            yield wrong
            return


def _wrong_within(value: object, place: str, bounds: Bounds) -> GraphQLError | None:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, (list, tuple)):
            if len(item) > bounds.longest_list:
                return _too_long(len(item), bounds, place)
            waiting.extend(item)
        elif isinstance(item, Mapping):
            waiting.extend(item.values())
        elif isinstance(item, str) and NUL in item:
            return _has_nul(place)
    return None


def _literals(argument: ArgumentNode) -> Iterator[Node]:
    waiting: list[Node] = [argument.value]
    while waiting:
        value = waiting.pop()
        yield value
        if isinstance(value, ListValueNode):
            waiting.extend(value.values)
        elif isinstance(value, ObjectValueNode):
            waiting.extend(given.value for given in value.fields)


def _is_page(size: int, bounds: Bounds) -> bool:
    return 1 <= size <= bounds.longest_page


def _no_page(name: str, bounds: Bounds, node: Node | None = None) -> GraphQLError:
    return coded(f"`{name}` must be between 1 and {bounds.longest_page}.", Code.BAD_INPUT, node)


def _has_nul(place: str = "", node: Node | None = None) -> GraphQLError:
    # No text in PostgreSQL can; refused here, it need not be thought of anywhere else.
    told = f"A text{place} has the character NUL in it, which no text may."
    return coded(f"{told} Send it without.", Code.BAD_INPUT, node)


def _too_long(
    length: int, bounds: Bounds, place: str = "", node: Node | None = None
) -> GraphQLError:
    told = f"A list{place} has {length:,} items; at most {bounds.longest_list} are allowed."
    return coded(f"{told} Send several shorter ones.", Code.BAD_INPUT, node)
