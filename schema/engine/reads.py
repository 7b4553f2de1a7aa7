"""What somebody reads of the rows that a field gives, so that nothing else is fetched."""

from collections.abc import Sequence

from .levels import Level
from .loads import Called
from .origins import Read, Reads, read_together
from .shapes import EitherShape, ListShape, RowShape, Shape


def read_below(shape: Shape) -> Read:
    """What is read of the rows that a field gives; all where they may be of several types."""
    if _is_either(shape):
        return Read()
    return read_together(level.read for level in _levels(shape))


def _is_either(shape: Shape) -> bool:
    return (
        _is_either(shape.item) if isinstance(shape, ListShape) else isinstance(shape, EitherShape)
    )


def reads_of(shape: Shape) -> Reads:
    """What is read of the rows that a field gives, and of those that stand in them."""
    found: dict[str, Read] = {}
    waiting = list(_levels(shape))
    while waiting:
        level = waiting.pop()
        known = (found[level.name], level.read) if level.name in found else (level.read,)
        found[level.name] = read_together(known)
        for field in level.fields:
            if isinstance(field, Called) and field.in_row:
                waiting += _levels(field.shape)
    return found


def _levels(shape: Shape) -> Sequence[Level]:
    """Those of the rows that a field gives; none where the rows may be of several types."""
    match shape:
        case RowShape():
            return [shape.level]
        case ListShape():
            return _levels(shape.item)
    return []
