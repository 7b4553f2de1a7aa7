"""Rules by which work comes back: what they name, and which are refused."""

import time
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ValidationError
from models.recurrences.rules import Rule

FIRST = date(2026, 1, 31)


def named(text: str, *, first: date = FIRST, since: date | None = None) -> list[date]:
    return list(islice(Rule.read(text, first).dates(since or first), 4))


def test_the_ends_of_months_and_quarters_are_named_whatever_their_length() -> None:
    assert named("FREQ=MONTHLY;BYMONTHDAY=-1") == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
    ]  # fmt: skip
    assert named("RRULE:FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;COUNT=2") == [
        date(2026, 1, 31), date(2026, 4, 30),
    ]  # fmt: skip


def test_a_rule_ends_with_its_count_or_its_last_day_from_wherever_one_looks() -> None:
    assert named("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", since=date(2026, 3, 1)) == [
        date(2026, 3, 31)
    ]
    assert named("FREQ=WEEKLY;UNTIL=20260208") == [date(2026, 1, 31), date(2026, 2, 7)]


@pytest.mark.parametrize(
    ("rule", "since", "first", "last"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 28)),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", date(2026, 5, 1), date(2026, 5, 1),
         date(2026, 7, 31)),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", FIRST, date(2025, 4, 1), date(2026, 3, 31)),
        ("FREQ=WEEKLY;BYDAY=SU", FIRST, date(2026, 1, 26), date(2026, 2, 1)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", FIRST, date(2026, 1, 31), date(2026, 2, 13)),
        ("FREQ=DAILY", FIRST, FIRST, FIRST),
        ("FREQ=DAILY;INTERVAL=10", FIRST, date(2026, 1, 22), FIRST),
        ("FREQ=MONTHLY;BYDAY=-1FR", FIRST, date(2026, 1, 31), date(2026, 2, 27)),
        ("FREQ=YEARLY;INTERVAL=10;BYMONTH=1;BYMONTHDAY=-1", FIRST, date(2016, 2, 1), FIRST),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", FIRST, date(2024, 3, 1), date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_a_period_begins_when_the_one_before_has_ended(
    rule: str, since: date, first: date, last: date
) -> None:
    assert next(Rule.read(rule, FIRST).periods(since)) == (first, last)


def test_where_no_date_before_is_in_sight_the_first_period_is_one_step_of_the_rule() -> None:
    first = date(2120, 1, 1)  # 2100 has no leap day, nor have 2090 and 2110
    rule = Rule.read("FREQ=YEARLY;INTERVAL=10;BYMONTH=2;BYMONTHDAY=29", first)

    assert next(rule.periods(first)) == (date(2110, 3, 1), date(2120, 2, 29))


def test_semi_monthly_periods_end_where_the_next_begin() -> None:
    halves = Rule.read("FREQ=MONTHLY;BYMONTHDAY=15,-1", date(2026, 1, 10))

    assert list(islice(halves.periods(date(2026, 1, 10)), 4)) == [
        (date(2026, 1, 1), date(2026, 1, 15)), (date(2026, 1, 16), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 15)), (date(2026, 2, 16), date(2026, 2, 28)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "first", "meant"),
    [
        ("FREQ=MONTHLY", date(2026, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY", date(2026, 4, 30), "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY", date(2026, 1, 29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ("FREQ=MONTHLY", date(2026, 3, 30), "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("FREQ=MONTHLY;BYMONTH=3,6", date(2026, 3, 30), "FREQ=MONTHLY;BYMONTH=3,6"),
        ("FREQ=MONTHLY", date(2026, 3, 28), "FREQ=MONTHLY"),
        ("FREQ=YEARLY", date(2028, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"),
        ("FREQ=YEARLY", date(2026, 3, 31), "FREQ=YEARLY"),
        ("FREQ=YEARLY;BYMONTH=3,6", date(2026, 3, 31), "FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=-1"),
        ("FREQ=MONTHLY;BYDAY=2TU", date(2026, 1, 31), "FREQ=MONTHLY;BYDAY=2TU"),
        ("FREQ=WEEKLY", date(2026, 1, 31), "FREQ=WEEKLY"),
    ],
)
def test_the_day_that_people_mean_is_written_out(rule: str, first: date, meant: str) -> None:
    assert str(Rule.read(rule, first).written_out()) == meant


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=15,30",
        "FREQ=MONTHLY;BYMONTHDAY=-31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTH=1,2",
        "FREQ=MONTHLY;BYMONTH=1,2;BYSETPOS=1",
    ],
)
def test_days_that_some_months_lack_are_not_agreed_on(rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Rule.read(rule, date(2026, 1, 30)).written_out()
    assert refused.value.path == ("rule",)


def test_a_rule_that_is_too_long_once_written_out_is_refused() -> None:
    months = ",".join(["0001", "0002"] * 15)
    rule = Rule.read(f"FREQ=MONTHLY;INTERVAL=0001;BYMONTH={months},0003", FIRST)
    with pytest.raises(ValidationError, match="Written out"):
        rule.written_out()


def test_a_rule_that_was_agreed_on_before_keeps_its_dates() -> None:
    """Its periods are told apart by them."""
    assert named("FREQ=MONTHLY") == [
        date(2026, 1, 31), date(2026, 3, 31), date(2026, 5, 31), date(2026, 7, 31),
    ]  # fmt: skip
    assert next(Rule.read("FREQ=MONTHLY", FIRST).periods(date(2026, 3, 1))) == (
        date(2026, 2, 1), date(2026, 3, 31),
    )  # fmt: skip


@given(
    st.sampled_from(["MONTHLY;INTERVAL=1", "MONTHLY;INTERVAL=3", "MONTHLY;INTERVAL=12"]),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_periods_of_whole_months_follow_each_other_without_a_gap(step: str, first: date) -> None:
    rule = Rule.read(f"FREQ={step};BYMONTHDAY=-1", first)
    periods = islice(rule.periods(first), 5)

    for (_, last), (following, _) in pairwise(periods):
        assert following == last + timedelta(days=1)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every month",
        "INTERVAL=2",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=1",
        "FREQ=MONTHLY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=367",
        "FREQ=YEARLY;INTERVAL=11",
        "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=DAILY;COUNT=²",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=20261301",
        "FREQ=DAILY;UNTIL=20270101T000000Z",
        "FREQ=DAILY;UNTIL=20250101",
        "FREQ=DAILY;BYHOUR=1",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=" + ",".join(["1"] * 32),
        "FREQ=MONTHLY;" + "X" * 200,
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_what_makes_no_sense_or_no_end_is_refused_in_words(rule: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Rule.read(rule, FIRST)
    assert refused.value.path == ("rule",)


@given(
    st.text(max_size=60)
    | st.from_regex(r"FREQ=(DAILY|MONTHLY)(;[A-Z]{4,8}=[0-9A-Z,+-]{1,6}){1,3}", fullmatch=True)
)
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = Rule.read(text, FIRST)
    except ValidationError:
        return
    assert next(rule.dates(FIRST)) >= FIRST


def test_a_rule_that_names_no_day_is_given_up_at_once() -> None:
    began = time.thread_time()  # of this thread alone, however busy the machine is
    with pytest.raises(ValidationError, match="names no day"):
        Rule.read("FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=30", FIRST)
    assert time.thread_time() - began < 1
