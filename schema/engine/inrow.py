"""Fields that are told by the row alone."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from graphql import FieldNode, GraphQLObjectType

from .leaves import AS_IT_IS, QUICK
from .levels import Inline
from .origins import Column, Columns, Computed, Made, Row
from .shapes import LeafShape, Place

InRow = Column | Made | Computed


def typename(kind: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Inline:
    """The field that tells the name of the rows' own type."""
    name = kind.name
    place = Place(f"{name}.__typename", nodes)
    return Inline(key, lambda _: name, str, required=True, place=place, always=name)


def inline(key: str, origin: InRow, shape: LeafShape) -> Inline:
    """The field of a scalar or an enum that is told by the row."""
    field = Inline(key, _reader(origin), shape.write, shape.required, shape.place, shape.at_first,
                    as_it_is=AS_IT_IS.get(shape.kind),
                    quick=shape.kind.extensions.get(QUICK))  # fmt: skip
    match origin:
        case Made(column, make, code):
            field.column, field.make, field.code = column, make, code
        case Column(column):
            field.column = column
    return field


def _reader(origin: InRow) -> Callable[[Row], Any]:
    """What reads the value from a row."""
    match origin:
        case Computed():
            return origin.read
        case Made(column, make, _):
            return lambda row: make(row[column])
        case Column(name):
            return lambda row: row[name]


def needs_of(origin: InRow) -> Columns:
    """The columns of the row that the field reads."""
    match origin:
        case Computed():
            return origin.needs
        case Made(column, _, _) | Column(column):
            return (column,)


def from_rows(origin: InRow) -> Callable[[Any, Any], Awaitable[Sequence[Any]]]:
    """Objects and lists that stand in the row itself, or are made from it."""
    read = _reader(origin)

    async def values(_run: Any, parents: Sequence[Row]) -> list[Any]:
        found: list[Any] = []
        for row in parents:
            try:
                found.append(read(row))
            except Exception as error:  # noqa: BLE001  (it is the field's, of this row)
                found.append(error)
        return found

    return values
