"""Ten years of month ends, leap days and changes of the clock: the dates and periods of rules agree
with two other opinions, python-dateutil's own and one that looks at every day by itself.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from dateutil import rrule, tz
from hypothesis import given
from hypothesis import strategies as st

from models.clock import local_date
from models.recurrences.rules import Rule

DAY = timedelta(days=1)
YEARS = 10
first_dates = st.dates(date(2023, 1, 1), date(2029, 12, 31))


def last_of_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def months_between(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


@dataclass(frozen=True)
class Said:
    """A rule as people write it, whether it names a day, and what dateutil is told."""

    rule: str
    names: Callable[[date, date], bool]
    theirs: Callable[[date], rrule.rrule]


def _theirs(freq: Literal[0, 1, 2], **parts: object) -> Callable[[date], rrule.rrule]:
    return lambda first: rrule.rrule(
        freq, dtstart=datetime(first.year, first.month, first.day),  # noqa: DTZ001
        until=datetime(first.year + YEARS, first.month, min(first.day, 28)),  # noqa: DTZ001
        **parts,  # type: ignore[arg-type]
    )  # fmt: skip


def _month_ends(every: int) -> Said:
    return Said(
        f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY=-1",
        lambda first, day: (
            day.day == last_of_month(day) and months_between(first, day) % every == 0
        ),
        _theirs(rrule.MONTHLY, interval=every, bymonthday=-1),
    )


def _weeks(every: int) -> Said:
    return Said(
        f"FREQ=WEEKLY;INTERVAL={every}", lambda first, day: (day - first).days % (7 * every) == 0,
        _theirs(rrule.WEEKLY, interval=every),
    )  # fmt: skip


SEMI_MONTHLY = Said(
    "FREQ=MONTHLY;BYMONTHDAY=15,-1", lambda _, day: day.day in (15, last_of_month(day)),
    _theirs(rrule.MONTHLY, bymonthday=(15, -1)),
)  # fmt: skip
YEARS_THAT_END_IN_FEBRUARY = Said(
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", lambda _, day: (day + DAY).day == 1 and day.month == 2,
    _theirs(rrule.YEARLY, bymonth=2, bymonthday=-1),
)  # fmt: skip
LAST_FRIDAYS = Said(
    "FREQ=MONTHLY;BYDAY=-1FR", lambda _, day: day.weekday() == 4 and day.day + 7 > last_of_month(day),
    _theirs(rrule.MONTHLY, byweekday=rrule.FR(-1)),
)  # fmt: skip
TWICE_A_WEEK = Said(
    "FREQ=WEEKLY;BYDAY=MO,TH", lambda _, day: day.weekday() in (0, 3),
    _theirs(rrule.WEEKLY, byweekday=(rrule.MO, rrule.TH)),
)  # fmt: skip
rules = st.sampled_from([
    *map(_month_ends, (1, 2, 3, 6, 12)), *map(_weeks, (1, 2, 4)), SEMI_MONTHLY,
    YEARS_THAT_END_IN_FEBRUARY, LAST_FRIDAYS, TWICE_A_WEEK,
])  # fmt: skip


def ten_years_from(first: date) -> list[date]:
    last = date(first.year + YEARS, first.month, min(first.day, 28))
    return [first + n * DAY for n in range((last - first).days + 1)]


@given(rules, first_dates)
def test_for_ten_years_three_opinions_name_the_same_days(said: Said, first: date) -> None:
    days = ten_years_from(first)
    ours = [
        day for day in Rule.read(said.rule, first).written_out().dates(first) if day <= days[-1]
    ]

    assert ours == [day for day in days if said.names(first, day)]
    assert ours == [moment.date() for moment in said.theirs(first)]


@given(first_dates)
def test_for_ten_years_monthly_is_each_month_on_its_day_or_its_last(first: date) -> None:
    months = [(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1)
              for n in range(12 * YEARS)]  # fmt: skip
    means_the_last = first.day == last_of_month(first)
    expected = []
    for year, month in months:
        last = monthrange(year, month)[1]
        expected.append(date(year, month, last if means_the_last else min(first.day, last)))

    assert (
        list(Rule.read("FREQ=MONTHLY", first).written_out().dates(first))[: len(months)] == expected
    )


@given(first_dates)
def test_for_ten_years_yearly_is_each_year_on_its_day_or_februarys_last(first: date) -> None:
    ends_february = first.month == 2 and first.day == last_of_month(first)
    expected = [
        date(year, 3, 1) - DAY if ends_february else date(year, first.month, first.day)
        for year in range(first.year, first.year + YEARS)
    ]

    assert list(Rule.read("FREQ=YEARLY", first).written_out().dates(first))[:YEARS] == expected


@given(rules, first_dates, st.integers(0, 3000))
def test_every_day_of_ten_years_lies_in_one_period_wherever_one_looks_from(
    said: Said, first: date, later: int
) -> None:
    rule = Rule.read(said.rule, first)
    periods = list(rule.periods(first))

    for (begun, last), (following, _) in pairwise(periods):
        assert begun <= last
        assert following == last + DAY
    since = first + later * DAY
    seen_from_the_first = [one for one in periods if one[1] >= since]
    assert list(rule.periods(since))[: len(seen_from_the_first)] == seen_from_the_first


@given(rules, first_dates)
def test_the_first_period_is_what_it_would_be_had_the_rule_always_held(
    said: Said, first: date
) -> None:
    begun, last = next(Rule.read(said.rule, first).periods(first))

    before = last - DAY
    while not said.names(first, before):
        before -= DAY
    assert begun == before + DAY


def _sunday(year: int, month: int, nth: int) -> date:
    """The nth Sunday of a month; the last when it is -1."""
    sundays = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)
               if date(year, month, day).weekday() == 6]  # fmt: skip
    return sundays[nth if nth < 0 else nth - 1]


def _hours_from_utc(zone: str, moment: datetime) -> int:
    """As the law has it: Directive 2000/84/EC, the Summer Time Order 2002, 15 USC 260a."""
    year, standard = (
        moment.year,
        {"Europe/London": 0, "Europe/Berlin": 1, "America/New_York": -5}[zone],
    )
    if zone == "America/New_York":
        begin, end = _sunday(year, 3, 2), _sunday(year, 11, 1)
        hours = (7, 6)  # two o'clock by the clock that is changed
    else:
        begin, end = _sunday(year, 3, -1), _sunday(year, 10, -1)
        hours = (1, 1)
    began = datetime(year, begin.month, begin.day, hours[0], tzinfo=UTC)
    ended = datetime(year, end.month, end.day, hours[1], tzinfo=UTC)
    return standard + (began <= moment < ended)


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Any of ten years; every other one within two days of a change of the clock."""
    if draw(st.booleans()):
        year = draw(st.integers(2026, 2036))
        month, nth = draw(st.sampled_from([(3, -1), (10, -1), (3, 2), (11, 1)]))
        changed = _sunday(year, month, nth)
        near = draw(st.integers(-2 * 24 * 60, 2 * 24 * 60))
        return datetime(year, month, changed.day, tzinfo=UTC) + timedelta(minutes=near)
    return draw(st.datetimes(datetime(2026, 1, 2), datetime(2036, 12, 30))).replace(tzinfo=UTC)  # noqa: DTZ001


@given(moments(), st.sampled_from(["Europe/London", "Europe/Berlin", "America/New_York"]))
def test_for_ten_years_the_day_on_which_a_job_is_made_is_told_alike_by_three(
    moment: datetime, zone: str
) -> None:
    theirs = tz.gettz(zone)
    assert theirs is not None

    assert local_date(moment, zone) == moment.astimezone(theirs).date()
    assert (
        local_date(moment, zone) == (moment + timedelta(hours=_hours_from_utc(zone, moment))).date()
    )
