"""Rows that came within the rows that name them: what may come so, and how it is told."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .loads import Keyed, Values
from .origins import Join, Row
from .shapes import RowShape

if TYPE_CHECKING:
    from .levels import Level


def joined_column(by: str, column: str) -> str:
    """What a column of a joined row is called within the row that names it by `by`."""
    return f"{by}.{column}"


def level_joined(field: Keyed) -> "Level | None":
    """The level of the field's rows where they may be joined: all that is read of them are columns,
    of which each value is made alone."""
    if field.origin.source.key is None or not isinstance(field.shape, RowShape):
        return None
    level = field.shape.level
    return level if level.is_of_columns else None


def join_of(field: Keyed, level: "Level") -> Join:
    """What has to be joined for the field."""
    source, by = field.origin.source, field.origin.by
    assert source.key is not None
    assert level.read.columns is not None
    columns = frozenset({*level.read.columns, source.key})
    return Join(by, source.identity, columns, (field.origin.admit,))


def came_joined(row: Row, fields: Sequence[Keyed]) -> bool:
    """Whether what the fields tell stands in the row."""
    return bool(fields) and all(_key_column(field) in row for field in fields)


def values_joined(field: Keyed, rows: Sequence[Row]) -> Values:
    """The joined rows as rows of their own, for when it has to be found out what is wrong."""
    key, by = _key_column(field), field.origin.by
    columns = {name: joined_column(by, name) for name in field.read.columns or ()}
    own: list[Mapping[str, Any] | None] = [
        None if row[key] is None else {name: row[full] for name, full in columns.items()}
        for row in rows
    ]
    return Values(own)


def _key_column(field: Keyed) -> str:
    assert field.origin.source.key is not None
    return joined_column(field.origin.by, field.origin.source.key)
