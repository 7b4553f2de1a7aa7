"""What a selection costs, in points: a leaf 0, an object 1, a list as many times as it has items.

A field says otherwise by its metadata: `cost` (what it costs itself, each time it is run; for a
list, the list as a whole), `size` (items of a list without paging), `sized_by` (the argument
whose length is the number of items).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLField,
    IntValueNode,
    ListValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)

from server.limits.bounds import Bounds

PAGING = ("first", "last")


class Of(NamedTuple):
    """A number that a variable decides: itself, or the length of its list."""

    variable: str
    otherwise: int


class PageOr(NamedTuple):
    """The page of the connection that the list stands in; outside of one, `otherwise`."""

    otherwise: int


@dataclass(slots=True)
class Bill:
    """What a selection set costs, with what is not known before the variables are."""

    fixed: int = 0
    charges: list["Charge"] = field(default_factory=list)
    spreads: list[str] = field(default_factory=list)
    # Whether the page of an enclosing connection makes a difference to it
    by_page: bool = False


class Charge(NamedTuple):
    """`own` once, and `times` times `each` and what stands below.

    `page` is how many items a list right below has, where it has no paging of its own.
    """

    own: int
    times: int | Of | PageOr
    each: int
    inner: Bill
    page: int | Of | None


def price(bill: Bill, node: FieldNode, definition: GraphQLField, bounds: Bounds) -> Bill:
    """Put a field on the bill; gives the bill that the field's own selections go on."""
    metadata = _metadata(definition)
    declared = metadata.get("cost")
    leaf = is_leaf_type(get_named_type(definition.type))
    inner = Bill()
    page = _page(node, definition, bounds)
    if is_list_type(get_nullable_type(definition.type)):
        own, each = declared or 0, 0 if leaf or node.name.value == "edges" else 1
        if page is None and declared is not None:
            each = 0
        times = page if page is not None else _size(node, metadata, bounds)
        charge = Charge(own, times, each, inner, None)
    else:
        own = (0 if leaf else 1) if declared is None else declared
        charge = Charge(own, 1, 0, inner, page)
    if leaf and charge.each == 0:
        bill.fixed += own
    else:
        bill.by_page |= isinstance(charge.times, PageOr)
        bill.charges.append(charge)
    return inner


@dataclass(slots=True)
class Counting:
    """Adds up a bill under given variables; each fragment once for every page it stands in."""

    fragments: Mapping[str, Bill]
    variables: Mapping[str, Any]
    visited: int = 0
    _known: dict[tuple[str, int | None], int] = field(default_factory=dict)

    def total(self, bill: Bill, page: int | None = None) -> int:
        """The points of this bill, where lists without paging take `page` items."""
        self.visited += 1 + len(bill.charges) + len(bill.spreads)
        points = bill.fixed
        for charge in bill.charges:
            below = None if charge.page is None else self._number(charge.page, None)
            each = charge.each + self.total(charge.inner, below)
            points += charge.own + self._number(charge.times, page) * each
        for name in bill.spreads:
            points += self._fragment(name, page)
        return points

    def _fragment(self, name: str, page: int | None) -> int:
        bill = self.fragments.get(name)
        if bill is None:
            return 0
        key = (name, page if bill.by_page else None)
        if key not in self._known:
            self._known[key] = self.total(bill, page)
        return self._known[key]

    def _number(self, number: int | Of | PageOr, page: int | None) -> int:
        match number:
            case Of(variable, otherwise):
                given = self.variables.get(variable)
                if isinstance(given, Sequence) and not isinstance(given, str):
                    return len(given)
                return max(given, 0) if isinstance(given, int) else otherwise
            case PageOr(otherwise):
                return otherwise if page is None else page
            case _:
                return number


def _page(node: FieldNode, definition: GraphQLField, bounds: Bounds) -> int | Of | None:
    """How many items the field was asked for; None where it takes no page."""
    offered = [name for name in PAGING if name in definition.args]
    if not offered:
        return None
    default = next((n for n in (_default(definition.args[o]) for o in offered) if n), bounds.page)
    for argument in node.arguments or ():
        if argument.name.value in offered:
            match argument.value:
                case IntValueNode(value=digits):
                    return max(int(digits[:12]), 0)
                case VariableNode(name=name):
                    return Of(name.value, default)
    return default


def _default(argument: GraphQLArgument) -> int | None:
    given = argument.default_value
    if argument.default is not None:
        literal = argument.default.literal
        given = int(literal.value) if isinstance(literal, IntValueNode) else argument.default.value
    return given if isinstance(given, int) else None


def _size(node: FieldNode, metadata: Mapping[str, Any], bounds: Bounds) -> int | Of | PageOr:
    counted = metadata.get("sized_by")
    for argument in node.arguments or ():
        if argument.name.value == counted:
            return _length(argument.value)
    size = metadata.get("size")
    return int(size) if size is not None else PageOr(bounds.list_without_paging)


def _length(value: ValueNode) -> int | Of:
    match value:
        case ListValueNode(values=values):
            return len(values)
        case VariableNode(name=name):
            return Of(name.value, 1)
        case _:
            return 1


def _metadata(definition: GraphQLField) -> Mapping[str, Any]:
    """A field's extensions, and what strawberry kept of `strawberry.field(metadata=…)`."""
    declared = getattr(definition.extensions.get("strawberry-definition"), "metadata", None)
    return {**definition.extensions, **(declared or {})}
