"""Holiday calendars: the days of a year on which an office is closed, by rules, for any year.

The rules are those of `holidays` (vacanza/holidays on GitHub, several maintainers, a release each
month), which cites the act for each day and takes in what is proclaimed for a single year. What is
proclaimed later comes with a later version of it: nothing that was made before moves.
"""

import asyncio
import sys
from collections.abc import Container
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib import import_module

_RULES = "holidays.countries"


class HolidayCalendar(StrEnum):
    """Whose holidays a firm keeps."""

    US_FEDERAL = "us_federal"
    ENGLAND_AND_WALES = "england_and_wales"
    GERMANY = "germany"


@lru_cache(maxsize=128)
def holidays_of(calendar: HolidayCalendar, year: int) -> frozenset[date]:
    """The calendar's holidays in a year, those that a weekend moves on the days they are kept.

    - US federal: 5 USC 6103 (Juneteenth since 2021, Public Law 117-17); of a Saturday the Friday
      before is kept, of a Sunday the Monday after (Executive Order 11582), across a year's end too.
    - England and Wales: Good Friday and Christmas Day at common law, the bank holidays of the
      Banking and Financial Dealings Act 1971, schedule 1, with New Year's Day and early May by
      proclamation each year, and those of a single year; of a weekend the next working day is kept.
    - Germany, what is kept in each of the Länder: German Unity Day by the Einigungsvertrag,
      article 2, the others by the acts of all sixteen; none is moved.
    """
    from holidays import country_holidays

    match calendar:
        case HolidayCalendar.US_FEDERAL:
            return frozenset(country_holidays("US", years=year))
        case HolidayCalendar.ENGLAND_AND_WALES:
            return frozenset(country_holidays("GB", subdiv="ENG", years=year))
        case HolidayCalendar.GERMANY:
            return frozenset(country_holidays("DE", years=year))


class Holidays(Container[date]):
    """All the holidays of a calendar, of whatever year."""

    def __init__(self, calendar: HolidayCalendar) -> None:
        self._calendar = calendar

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in holidays_of(self._calendar, day.year)


async def kept(calendar: HolidayCalendar | None) -> Container[date]:
    """The holidays that are kept by it; none without one.

    All countries' rules come at once, which takes a third of a second: in a thread, so that nobody
    waits for it, and only where somebody keeps some.
    """
    if calendar is None:
        return ()
    if _RULES not in sys.modules:
        await asyncio.to_thread(import_module, _RULES)
    return Holidays(calendar)
