"""What a stretch of days is called, as the firm's people say it."""

from calendar import monthrange
from datetime import date
from functools import lru_cache

from babel.dates import format_date


@lru_cache(maxsize=1_024)
def period_name(first: date | None, last: date | None, locale: str) -> str:
    """March 2026, Jan–Mar 2026, Dec 2025–Feb 2026, 2026, 2025/26, else from day to day."""
    if first is None or last is None:
        only = first or last
        return "" if only is None else _said(only, "d MMM yyyy", locale)
    months = _whole_months(first, last)
    match months:
        case 0:
            return _from_to(first, last, "d MMM", locale)
        case 1:
            return _said(last, "LLLL yyyy", locale)
        case 12:
            started = first.year
            return str(started) if started == last.year else f"{started}/{last.year % 100:02}"
    return _from_to(first, last, "LLL", locale)


def _whole_months(first: date, last: date) -> int:
    """How many whole calendar months it is; 0 where it is not made of such."""
    if first.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _from_to(first: date, last: date, pattern: str, locale: str) -> str:
    """The year is said once where both lie in it."""
    if first == last:
        return _said(last, f"{pattern} yyyy", locale)
    year = "" if first.year == last.year else " yyyy"
    return f"{_said(first, pattern + year, locale)}–{_said(last, pattern + ' yyyy', locale)}"


def _said(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale=locale.replace("-", "_"))
