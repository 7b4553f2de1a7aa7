"""Scalars and enums on their way out, as graphql-core writes them."""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
)
from graphql.pyutils import inspect

Leaf = GraphQLScalarType | GraphQLEnumType

QUICK = "engine-quick"
"""Where a scalar's `extensions` have its Quick."""

Write = Callable[[Any], Any]

Quick = tuple[type, Write]
"""What writes values of just this class, which need not be looked at first or afterwards."""

AS_IT_IS: dict[Any, str] = {
    GraphQLString: "{v}.__class__ is str",
    GraphQLID: "{v}.__class__ is str",
    GraphQLBoolean: "{v}.__class__ is bool",
    GraphQLInt: "{v}.__class__ is int and -2147483648 <= v <= 2147483647",
}
"""When a value of a scalar of GraphQL's own goes out as it is: a Python expression, where `{v}`
stands for the value and gives it the name `v`."""


def writer(kind: Leaf) -> Write:
    """What writes a value, null and Undefined as null. Raises what graphql-core would."""
    coerce = kind.coerce_output_value

    def write(value: Any) -> Any:
        if value is None or value is Undefined:
            return None
        if isinstance(value, Exception):
            raise value
        written = coerce(value)
        if written is None or written is Undefined:
            raise TypeError(
                f"Expected `{inspect(kind)}.coerce_output_value({inspect(value)})` to return"
                f" non-nullable value, returned: {inspect(written)}"
            )
        return written

    return write


def writer_at_first(kind: Leaf, write: Write) -> Write:
    """The same for values that are as they should be. It raises for others, but not always what
    `write` would: an enum's are looked up, and what cannot be hashed has no place there."""
    return _Known(write).__getitem__ if isinstance(kind, GraphQLEnumType) else write


class _Known(dict[Any, Any]):
    """The few values of an enum, each written once."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def __missing__(self, value: Any) -> Any:
        self[value] = written = self._write(value)
        return written
