"""A firm's calendar: the days on which it works, and the periods that its services are for."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from babel.dates import format_date
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

_DAY = timedelta(days=1)
_FIXED = {
    "GB": ((1, 1), (12, 25), (12, 26)),
    "PT": ((1, 1), (4, 25), (5, 1), (6, 10), (8, 15), (10, 5), (11, 1), (12, 1), (12, 8), (12, 25)),
}
_AROUND_EASTER = {"GB": (-2, 1), "PT": (-2,)}


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    """The days of a year on which nobody there works; a story needs no more than the great ones."""
    fixed = {date(year, month, day) for month, day in _FIXED[country]}
    return frozenset(fixed | {easter(year) + days * _DAY for days in _AROUND_EASTER[country]})


def is_workday(day: date, country: str) -> bool:
    return day.weekday() < 5 and day not in _holidays(country, day.year)


def workday_by(day: date, country: str) -> date:
    """The day itself, or the last one before it on which the firm works."""
    while not is_workday(day, country):
        day -= _DAY
    return day


def workday_from(day: date, country: str) -> date:
    """The day itself, or the first one after it on which the firm works."""
    while not is_workday(day, country):
        day += _DAY
    return day


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += _DAY


def period_ends(every_months: int, ends_in: tuple[int, int], since: date) -> Iterator[date]:
    """The last days of periods, from the first after `since`: of months, quarters or years.

    `ends_in` is the month and day on which a year ends; quarters are counted from it.
    """
    month, day = ends_in
    end = date(since.year - 1, month, 1)
    while True:
        # The 31st of a month is its last day, also where it has fewer.
        last = end + relativedelta(day=day if every_months == 12 else 31)
        if last > since:
            yield last
        end += relativedelta(months=every_months)


def period_start(end: date, every_months: int) -> date:
    """The first day of the period that ends then."""
    return end + _DAY - relativedelta(months=every_months)


def period_name(end: date, every_months: int, locale: str) -> str:
    """The period as the firm's people say it: March 2026, Jan–Mar 2026, 2025/26."""
    spoken = locale.replace("-", "_")
    if every_months == 1:
        return format_date(end, "LLLL yyyy", locale=spoken)
    if every_months == 3:
        start = period_start(end, 3)
        first = format_date(start, "LLL", locale=spoken)
        if start.year != end.year:
            first += f" {start.year}"
        return f"{first}–{format_date(end, 'LLL yyyy', locale=spoken)}"
    return str(end.year) if end.month == 12 else f"{end.year - 1}/{end.year % 100:02}"
