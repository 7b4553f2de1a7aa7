"""Business days and offsets, for all dates at once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ValidationError
from models.working_days import (
    BusinessDayRule,
    OffsetUnit,
    add_business_days,
    is_business_day,
    months_from,
    moved,
    offset_from,
)

DAY = timedelta(days=1)
FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2026, 1, day) for day in (2, 3, 4, 5))

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
counts = st.integers(-300, 300)
holidays = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=20)
quarter = st.dates(date(2026, 1, 1), date(2026, 3, 31))


@given(days, st.integers(1, 300))
def test_so_many_business_days_on_there_are_as_many_in_between(day: date, count: int) -> None:
    there = add_business_days(day, count)

    passed = [day + n * DAY for n in range(1, (there - day).days + 1)]
    assert is_business_day(there)
    assert sum(map(is_business_day, passed)) == count


@given(days, st.integers(1, 300))
def test_back_is_counted_as_on(day: date, count: int) -> None:
    there = add_business_days(day, -count)

    passed = [there + n * DAY for n in range((day - there).days)]
    assert is_business_day(there)
    assert sum(map(is_business_day, passed)) == count


@given(days, counts)
def test_from_a_business_day_on_and_back_is_where_one_began(day: date, count: int) -> None:
    begun = moved(day, BusinessDayRule.AFTER)

    assert add_business_days(add_business_days(begun, count), -count) == begun


@given(days, counts)
def test_a_set_of_no_holidays_changes_nothing(day: date, count: int) -> None:
    elsewhere = {date(1900, 1, 1)}  # none that could be met, but counted day by day

    assert add_business_days(day, count) == add_business_days(day, count, elsewhere)


@given(quarter, st.integers(-30, 30), holidays)
def test_nobody_is_asked_to_work_on_a_holiday(
    day: date, count: int, closed: frozenset[date]
) -> None:
    assert is_business_day(add_business_days(day, count, closed), closed)
    for rule in (BusinessDayRule.BEFORE, BusinessDayRule.AFTER, BusinessDayRule.NEAREST):
        assert is_business_day(moved(day, rule, closed), closed)


@given(quarter, holidays)
def test_the_nearest_business_day_is_no_further_than_the_one_before_or_after(
    day: date, closed: frozenset[date]
) -> None:
    before, after, nearest = (moved(day, rule, closed) for rule in (
        BusinessDayRule.BEFORE, BusinessDayRule.AFTER, BusinessDayRule.NEAREST,
    ))  # fmt: skip

    assert before <= day <= after
    assert abs(nearest - day) == min(day - before, after - day)


@pytest.mark.parametrize(
    ("day", "rule", "there"),
    [
        (SATURDAY, BusinessDayRule.NONE, SATURDAY),
        (SATURDAY, BusinessDayRule.BEFORE, FRIDAY),
        (SATURDAY, BusinessDayRule.AFTER, MONDAY),
        (SATURDAY, BusinessDayRule.NEAREST, FRIDAY),
        (SUNDAY, BusinessDayRule.NEAREST, MONDAY),
        (MONDAY, BusinessDayRule.BEFORE, MONDAY),
    ],
)
def test_a_weekend_goes_where_the_rule_says(day: date, rule: BusinessDayRule, there: date) -> None:
    assert moved(day, rule) == there


@given(days, st.integers(-1000, 1000))
def test_the_last_day_of_a_month_leads_to_the_last_day_of_a_month(day: date, count: int) -> None:
    there = months_from(day, count)

    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == count
    if (day + DAY).day == 1:
        assert (there + DAY).day == 1


@pytest.mark.parametrize(
    ("count", "unit", "there"),
    [
        (0, OffsetUnit.BUSINESS_DAYS, MONDAY),
        (-1, OffsetUnit.BUSINESS_DAYS, FRIDAY),
        (6, OffsetUnit.BUSINESS_DAYS, date(2026, 1, 12)),
        (-3, OffsetUnit.CALENDAR_DAYS, date(2025, 12, 31)),
        (2, OffsetUnit.WEEKS, date(2026, 1, 17)),
        (1, OffsetUnit.MONTHS, date(2026, 2, 3)),
    ],
)
def test_each_unit_is_counted_in_its_own_way(count: int, unit: OffsetUnit, there: date) -> None:
    assert offset_from(SATURDAY, count, unit) == there


@pytest.mark.parametrize("unit", OffsetUnit)
def test_beyond_the_calendars_end_there_is_nothing(unit: OffsetUnit) -> None:
    with pytest.raises(ValidationError, match="calendar"):
        offset_from(date(9999, 12, 30), 1000, unit)
