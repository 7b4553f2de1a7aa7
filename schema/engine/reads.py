"""Which columns somebody reads of the rows that a field gives, so that no others are fetched."""

from collections.abc import Sequence

from schema.engine.levels import Level
from schema.engine.loads import Called, Reads, columns_of
from schema.engine.origins import Columns
from schema.engine.shapes import EitherShape, ListShape, RowShape, Shape


def columns_below(shape: Shape) -> Columns:
    """What is read of the rows that a field gives; None where they may be of several types."""
    if _is_either(shape):
        return None
    return columns_of(level.columns for level in _levels(shape))


def _is_either(shape: Shape) -> bool:
    return (
        _is_either(shape.item) if isinstance(shape, ListShape) else isinstance(shape, EitherShape)
    )


def reads_of(shape: Shape) -> Reads:
    """What is read of the rows that a field gives, and of those that stand in them."""
    found: dict[str, Columns] = {}
    waiting = list(_levels(shape))
    while waiting:
        level = waiting.pop()
        known = (found[level.name], level.columns) if level.name in found else (level.columns,)
        found[level.name] = columns_of(known)
        for field in level.fields:
            if isinstance(field, Called) and field.in_row:
                waiting += _levels(field.shape)
    return found


def _levels(shape: Shape) -> Sequence[Level]:
    """Those of the rows that a field gives."""
    match shape:
        case RowShape():
            return [shape.level]
        case ListShape():
            return _levels(shape.item)
    return []
