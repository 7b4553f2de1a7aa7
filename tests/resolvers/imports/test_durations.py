"""How long somebody worked, in every way the trackers write it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.imports.durations import parse_duration, spoken
from resolvers.imports.refusals import RowRefused


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("01:33:29", 5609),
        ("1:33:29", 5609),
        ("123:00:00", 442_800),
        ("1:30", 5400),
        ("0:13", 780),
        ("47:06 min", 2826),
        ("52 sec", 52),
        ("1.5", 5400),
        ("1,5", 5400),
        ("0.07", 252),
        ("0,01", 36),
        ("1.50 h", 5400),
        ("2h", 7200),
        ("1h 30m", 5400),
        ("1h 30m 5s", 5405),
        ("90m", 5400),
        ("0.0", 0),
        ("1.234,5", 4_444_200),
        ("1,234.5", 4_444_200),
        ("7", 25_200),
    ],
)
def test_every_way_of_writing_a_duration_is_read_to_the_second(text: str, seconds: int) -> None:
    assert parse_duration(text).seconds == seconds


@pytest.mark.parametrize(
    "text", ["1:75", "1:30:61", "abc", "", "1:2:3:4", "h", "1..", "NaN", "1e3"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(RowRefused, match="not a duration"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["-1.5", "-0:30", "−0:30"])
def test_a_negative_duration_is_refused_as_such(text: str) -> None:
    with pytest.raises(RowRefused, match="negative"):
        parse_duration(text)


def test_a_duration_beyond_a_year_is_refused() -> None:
    assert parse_duration("8784").seconds == 31_622_400
    with pytest.raises(RowRefused, match="longer than a year"):
        parse_duration("8784:00:01")


def test_parts_of_seconds_are_rounded_half_up_and_the_exact_sum_is_kept() -> None:
    third = parse_duration("0.3333")
    assert third.seconds == 1200
    assert third.exact == Decimal("1199.88")
    assert parse_duration("0.000138888889").seconds == 1  # 0.5000000004 s
    assert parse_duration("0.00013").seconds == 0  # 0.468 s


@given(st.integers(0, 31_622_400))
def test_a_duration_written_as_a_clock_comes_back_the_same(seconds: int) -> None:
    minutes, rest = divmod(seconds, 60)
    assert parse_duration(f"{minutes // 60:02d}:{minutes % 60:02d}:{rest:02d}").seconds == seconds


@given(st.integers(0, 800_000), st.sampled_from(".,"))
def test_hours_in_hundredths_are_exact_seconds(hundredths: int, sign: str) -> None:
    worked = parse_duration(f"{hundredths // 100}{sign}{hundredths % 100:02d}")
    assert worked.seconds == hundredths * 36
    assert worked.exact == hundredths * 36


def test_a_sum_is_spoken_to_the_second() -> None:
    assert spoken(4_442_709) == "1,234:05:09"
