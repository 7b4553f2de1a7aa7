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
    ("rule", "last", "first"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2026, 2, 28), date(2026, 2, 1)),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", date(2026, 6, 30), date(2026, 4, 1)),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", date(2026, 3, 31), date(2025, 4, 1)),
        ("FREQ=WEEKLY;BYDAY=SU", date(2026, 1, 11), date(2026, 1, 5)),
        ("FREQ=DAILY", date(2026, 1, 11), date(2026, 1, 11)),
    ],
)
def test_a_period_is_one_step_of_the_rule(rule: str, last: date, first: date) -> None:
    assert Rule.read(rule, FIRST).period(last) == (first, last)


@given(
    st.sampled_from(["MONTHLY;INTERVAL=1", "MONTHLY;INTERVAL=3", "MONTHLY;INTERVAL=12"]),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
)
def test_periods_of_whole_months_follow_each_other_without_a_gap(step: str, first: date) -> None:
    rule = Rule.read(f"FREQ={step};BYMONTHDAY=-1", first)
    periods = [rule.period(last) for last in islice(rule.dates(first), 5)]

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
