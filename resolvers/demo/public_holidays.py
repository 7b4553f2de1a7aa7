"""On which weekdays nobody of a demo firm works: the public holidays of two places."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

_MONDAY = 0


@cache
def england_and_wales(year: int) -> frozenset[date]:
    """Bank holidays, moved on when they fall on a weekend."""
    return _with_moved((date(year, 1, 1), date(year, 12, 25), date(year, 12, 26))) | {
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        _monday(year, 5, 1),
        _last_monday(year, 5),
        _last_monday(year, 8),
    }


@cache
def new_south_wales(year: int) -> frozenset[date]:
    """Public holidays, with an additional day for those that fall on a weekend."""
    fixed = (date(year, 1, 1), date(year, 1, 26), date(year, 12, 25), date(year, 12, 26))
    return _with_moved(fixed) | {
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        date(year, 4, 25),
        _monday(year, 6, 2),
        _monday(year, 10, 1),
    }


def _with_moved(days: Iterable[date]) -> frozenset[date]:
    kept: set[date] = set()
    for day in days:
        moved = day
        while moved.weekday() > 4 or moved in kept:
            moved += timedelta(days=1)
        kept.add(moved)
    return frozenset(kept)


def _monday(year: int, month: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(_MONDAY - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())
