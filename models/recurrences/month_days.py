"""Which day of each month a rule means. RFC 5545 leaves out the months that lack the day: monthly
from the 31st would come seven times a year, and nobody who says it means that.
"""

from calendar import monthrange
from datetime import date

from models.errors import ValidationError

_COMMON, _LEAP = 2023, 2024
_ALWAYS_THERE = 28
Parts = dict[str, str]


def said(parts: Parts, first_date: date) -> Parts:
    """The parts, with what the rule leaves to its first date."""
    if parts["FREQ"] not in ("MONTHLY", "YEARLY") or {"BYDAY", "BYMONTHDAY"} & parts.keys():
        return parts
    return {**_its_month(parts, first_date), "BYMONTHDAY": str(first_date.day)}


def meant(parts: Parts, first_date: date) -> Parts:
    """The parts as people mean them, where RFC 5545 would leave out months.

    As months are counted everywhere here, from the last day of a month it is the last day of the
    others; from another day that a month does not have, it is that month's last. Raises
    ValidationError where the rule itself names a day that some of its months lack.
    """
    if parts["FREQ"] not in ("MONTHLY", "YEARLY") or "BYDAY" in parts:
        return parts
    if "BYMONTHDAY" in parts:
        _must_be_in_every_month(parts)
        return parts
    day, months = first_date.day, _months(_its_month(parts, first_date))
    if day == monthrange(first_date.year, first_date.month)[1]:
        if all(_shortest(month) == day == _longest(month) for month in months):
            return parts
        return {**_its_month(parts, first_date), "BYMONTHDAY": "-1"}
    if all(day <= _shortest(month) for month in months):
        return parts
    if parts["FREQ"] == "YEARLY" or "BYSETPOS" in parts:
        raise _wrong(f"Some of its months have no {day}th: say which day by BYMONTHDAY.")
    days = ",".join(str(each) for each in range(_ALWAYS_THERE, day + 1))
    return {**parts, "BYMONTHDAY": days, "BYSETPOS": "-1"}


def _must_be_in_every_month(parts: Parts) -> None:
    """Of several days, BYSETPOS takes those that are there."""
    if "BYSETPOS" in parts:
        return
    there = min(_shortest(month) for month in _months(parts))
    for day in parts["BYMONTHDAY"].split(","):
        if abs(int(day)) > there:
            raise _wrong(
                f"BYMONTHDAY={day} leaves out the months that have no such day. Write"
                " BYMONTHDAY=-1 for the last day of each month."
            )


def _its_month(parts: Parts, first_date: date) -> Parts:
    """A year's month is that of the first date, unless it is said."""
    if parts["FREQ"] != "YEARLY" or "BYMONTH" in parts:
        return parts
    return {**parts, "BYMONTH": str(first_date.month)}


def _months(parts: Parts) -> list[int]:
    return [int(month) for month in parts.get("BYMONTH", "1,2,3,4,5,6,7,8,9,10,11,12").split(",")]


def _shortest(month: int) -> int:
    return monthrange(_COMMON, month)[1]


def _longest(month: int) -> int:
    return monthrange(_LEAP, month)[1]


def _wrong(message: str) -> ValidationError:
    return ValidationError(message, path=("rule",))
