"""Holiday calendars: what the acts say, computed a second time in plain words, for ten years, and the
due dates that follow.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from models.holiday_calendars import HolidayCalendar, Holidays, holidays_of
from models.working_days import BusinessDayRule, OffsetUnit, moved, offset_from

DAY = timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
YEARS = range(2025, 2037)


def nth(year: int, month: int, weekday: int, which: int) -> date:
    """The first, second … such weekday of a month; the last when it is -1."""
    days = [date(year, month, 1) + n * DAY for n in range(31)]
    fitting = [day for day in days if day.month == month and day.weekday() == weekday]
    return fitting[which if which < 0 else which - 1]


def us_federal(year: int) -> set[date]:
    """5 USC 6103 (a), and (b) of what falls on a Saturday; Executive Order 11582 of a Sunday."""
    kept = {nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), nth(year, 5, MONDAY, -1),
            nth(year, 9, MONDAY, 1), nth(year, 10, MONDAY, 2), nth(year, 11, THURSDAY, 4)}  # fmt: skip
    fixed = [date(y, month, day) for y in (year, year + 1)
             for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]  # fmt: skip
    for day in fixed:
        off = {SATURDAY: day - DAY, SUNDAY: day + DAY}.get(day.weekday(), day)
        kept.add(off)
    return {day for day in kept if day.year == year}


def england_and_wales(year: int) -> set[date]:
    """The Banking and Financial Dealings Act 1971, and what is proclaimed each year."""
    kept = {easter(year) - 2 * DAY, easter(year) + DAY, nth(year, 5, MONDAY, 1),
            nth(year, 5, MONDAY, -1), nth(year, 8, MONDAY, -1)}  # fmt: skip
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        following = (day + n * DAY for n in range(7))
        kept.add(next(one for one in following if one.weekday() < SATURDAY and one not in kept))
    return kept


def germany(year: int) -> set[date]:
    """What the acts of all sixteen Länder have in common."""
    around_easter = {easter(year) + days * DAY for days in (-2, 1, 39, 50)}
    fixed = {date(year, month, day) for month, day in
             ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))}  # fmt: skip
    return around_easter | fixed


SECOND_OPINION: dict[HolidayCalendar, Callable[[int], set[date]]] = {
    HolidayCalendar.US_FEDERAL: us_federal,
    HolidayCalendar.ENGLAND_AND_WALES: england_and_wales,
    HolidayCalendar.GERMANY: germany,
}
calendars = st.sampled_from(HolidayCalendar)
days = st.dates(date(2026, 1, 1), date(2035, 12, 31))


def on_weekdays(kept: set[date] | frozenset[date]) -> set[date]:
    """Nobody works on the others anyway."""
    return {day for day in kept if day.weekday() < SATURDAY}


@pytest.mark.parametrize("calendar", HolidayCalendar)
@pytest.mark.parametrize("year", YEARS)
def test_the_days_of_a_year_are_those_that_the_acts_name(
    calendar: HolidayCalendar, year: int
) -> None:
    assert on_weekdays(holidays_of(calendar, year)) == on_weekdays(SECOND_OPINION[calendar](year))


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        (HolidayCalendar.US_FEDERAL, date(2021, 12, 31)),  # of the year that follows
        (HolidayCalendar.US_FEDERAL, date(2027, 12, 31)),
        (HolidayCalendar.ENGLAND_AND_WALES, date(2020, 5, 8)),  # VE Day, not the first Monday
        (HolidayCalendar.ENGLAND_AND_WALES, date(2022, 9, 19)),  # the Queen's funeral
        (HolidayCalendar.ENGLAND_AND_WALES, date(2023, 5, 8)),  # the coronation
        (HolidayCalendar.GERMANY, date(2017, 10, 31)),  # five hundred years of the Reformation
    ],
)
def test_days_of_a_single_year_are_kept(calendar: HolidayCalendar, day: date) -> None:
    assert day in Holidays(calendar)


def test_what_is_no_holiday_is_none() -> None:
    assert date(2020, 5, 4) not in Holidays(HolidayCalendar.ENGLAND_AND_WALES)
    assert date(2020, 6, 19) not in Holidays(HolidayCalendar.US_FEDERAL)  # a year before its act
    assert date(2026, 12, 28) not in Holidays(HolidayCalendar.GERMANY)
    assert "2026-12-25" not in Holidays(HolidayCalendar.GERMANY)


def works(calendar: HolidayCalendar, day: date) -> bool:
    return day.weekday() < SATURDAY and day not in SECOND_OPINION[calendar](day.year)


@given(calendars, days, st.integers(-25, 25))
def test_for_ten_years_business_days_are_counted_as_by_hand(
    calendar: HolidayCalendar, day: date, count: int
) -> None:
    there, left = day, abs(count)
    while left or not works(calendar, there):
        there += DAY if count >= 0 else -DAY
        left -= left > 0 and works(calendar, there)

    assert offset_from(day, count, OffsetUnit.BUSINESS_DAYS, Holidays(calendar)) == there


@given(calendars, days)
def test_for_ten_years_a_due_date_goes_to_the_business_day_found_by_hand(
    calendar: HolidayCalendar, day: date
) -> None:
    before = next(day - n * DAY for n in range(12) if works(calendar, day - n * DAY))
    after = next(day + n * DAY for n in range(12) if works(calendar, day + n * DAY))
    holidays = Holidays(calendar)

    assert moved(day, BusinessDayRule.BEFORE, holidays) == before
    assert moved(day, BusinessDayRule.AFTER, holidays) == after
    assert moved(day, BusinessDayRule.NEAREST, holidays) == min(
        (before, after), key=lambda there: (abs(there - day), there)
    )
