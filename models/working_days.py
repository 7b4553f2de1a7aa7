"""Business days and offsets: which day lies so many days, weeks or months from another.

Holidays are a parameter; a firm that names no calendar of them has none.
"""

from collections.abc import Container
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from models.errors import ValidationError

_DAY = timedelta(days=1)
_WEEKEND = 5  # Saturday, counted from Monday
_WEEK = 5  # business days in one without holidays

LARGEST_OFFSET = 1_000
"""Nothing lies further from its anchor than this, in whatever unit."""


class OffsetUnit(StrEnum):
    """What an offset is counted in."""

    BUSINESS_DAYS = "business_days"
    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"


class BusinessDayRule(StrEnum):
    """Where a date goes that falls on a day on which nobody works."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"
    NEAREST = "nearest"


def must_be_near(count: int, path: str) -> None:
    """Raise ValidationError at `path` for an offset that no practice means."""
    if abs(count) > LARGEST_OFFSET:
        raise ValidationError(f"An offset is at most {LARGEST_OFFSET} either way.", path=(path,))


def is_business_day(day: date, holidays: Container[date] = ()) -> bool:
    return day.weekday() < _WEEKEND and day not in holidays


def moved(day: date, rule: BusinessDayRule, holidays: Container[date] = ()) -> date:
    """The day itself if it is a business day, else the one that the rule names; of two that are
    equally near, the earlier."""
    if rule is BusinessDayRule.NONE:
        return day
    before, after = _from(day, -_DAY, holidays), _from(day, _DAY, holidays)
    match rule:
        case BusinessDayRule.BEFORE:
            return before
        case BusinessDayRule.AFTER:
            return after
        case BusinessDayRule.NEAREST:
            return before if day - before <= after - day else after


def _from(day: date, step: timedelta, holidays: Container[date]) -> date:
    while not is_business_day(day, holidays):
        day += step
    return day


def add_business_days(day: date, count: int, holidays: Container[date] = ()) -> date:
    """The `count`-th business day after the day (before it, when negative).

    None at all is the day itself, or the first business day after it.
    """
    step = _DAY if count >= 0 else -_DAY
    if count == 0:
        return _from(day, step, holidays)
    weeks, rest = divmod(abs(count), _WEEK) if holidays == () else (0, abs(count))
    if weeks:
        # From a weekend, a whole week on is counted from the business day just passed.
        day = _from(day, -step, holidays) + weeks * 7 * step
    for _ in range(rest):
        day = _from(day + step, step, holidays)
    return day


def offset_from(day: date, count: int, unit: OffsetUnit, holidays: Container[date] = ()) -> date:
    """The day that lies `count` units after the day (before it, when negative).

    A month from a day that the other month does not have is its last day; from the last day of
    a month it is the last day of the other.  Raises ValidationError beyond the calendar's end.
    """
    try:
        match unit:
            case OffsetUnit.BUSINESS_DAYS:
                return add_business_days(day, count, holidays)
            case OffsetUnit.CALENDAR_DAYS:
                return day + count * _DAY
            case OffsetUnit.WEEKS:
                return day + count * 7 * _DAY
            case OffsetUnit.MONTHS:
                return months_from(day, count)
    except (OverflowError, ValueError) as error:
        raise ValidationError("That lies beyond the calendar's end.", path=("dueDate",)) from error


def months_from(day: date, count: int) -> date:
    """So many months on; the last day of a month leads to the last day of a month."""
    there = day + relativedelta(months=count)
    ends_a_month = (day + _DAY).day == 1
    return there + relativedelta(day=31) if ends_a_month else there


class BusinessDays:
    """The business days of a period, counted once for whoever asks often."""

    def __init__(self, first: date, last: date, holidays: Container[date] = ()) -> None:
        self._first, self._until = first, [0]
        for number in range((last - first).days + 1):
            day = first + number * _DAY
            self._until.append(self._until[-1] + is_business_day(day, holidays))

    def after(self, day: date, last: date) -> int:
        """How many there are after the day up to the last one: on the same day none has passed.
        Both lie in the period."""
        since = self._until[(day - self._first).days + 1]
        return self._until[(last - self._first).days + 1] - since
