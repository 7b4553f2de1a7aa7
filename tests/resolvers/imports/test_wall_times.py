"""Wall clocks of 12 and 24 hours, over midnight and daylight saving, exact to the second."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.imports.refusals import RowRefused
from resolvers.imports.wall_times import parse_time, stretch

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("14:00", time(14)),
        ("9:05", time(9, 5)),
        ("09:05:07", time(9, 5, 7)),
        ("12:15:00 AM", time(0, 15)),
        ("12:15 PM", time(12, 15)),
        ("02:44:33 PM", time(14, 44, 33)),
        ("9:00am", time(9)),
        ("9:00 p.m.", time(21)),
        ("9:00\u202fPM", time(21)),
    ],
)
def test_a_time_of_day_is_read_on_either_clock(text: str, at: time) -> None:
    assert parse_time(text).at == at


@pytest.mark.parametrize("text", ["24:00", "12:60", "9", "noon", "", "9:00 XM"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(RowRefused, match="not a time of day"):
        parse_time(text)


@given(st.times())
def test_both_clocks_come_back_the_same(at: time) -> None:
    at = at.replace(microsecond=0)
    assert parse_time(at.strftime("%H:%M:%S")).at == at
    assert parse_time(at.strftime("%I:%M:%S %p")).at == at


def test_an_entry_over_midnight_ends_the_next_day_even_without_an_end_date() -> None:
    worked = stretch(date(2026, 3, 2), time(23, 30), None, time(0, 15), seconds=2700, zone=BERLIN)
    assert worked.seconds == 2700
    assert worked.stopped_at == datetime(2026, 3, 2, 23, 15, tzinfo=UTC)


def test_the_hour_that_the_clock_shows_twice_is_told_by_the_duration() -> None:
    night = date(2026, 10, 25)
    first = stretch(night, time(2, 10), night, time(2, 40), seconds=1800, zone=BERLIN)
    across = stretch(night, time(2, 50), night, time(2, 10), seconds=1200, zone=BERLIN)
    long = stretch(night, time(1, 30), night, time(3, 30), seconds=10_800, zone=BERLIN)
    second = stretch(night, time(1, 30), night, time(2, 30), seconds=7200, zone=BERLIN)
    assert [s.seconds for s in (first, across, long, second)] == [1800, 1200, 10_800, 7200]
    assert first.started_at == datetime(2026, 10, 25, 0, 10, tzinfo=UTC)
    assert second.stopped_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_an_hour_that_the_clock_skipped_is_read_with_a_remark() -> None:
    worked = stretch(
        date(2026, 3, 8), time(2, 30), date(2026, 3, 8), time(4), seconds=1800, zone=NEW_YORK
    )
    assert worked.seconds == 1800
    assert worked.remark == "in America/New_York the clock skipped 02:30 that day; read as 03:30"


def test_without_a_stop_the_entry_ends_after_its_duration() -> None:
    worked = stretch(date(2026, 3, 29), time(1, 30), None, None, seconds=7200, zone=BERLIN)
    assert worked.stopped_at - worked.started_at == timedelta(hours=2)


@given(
    st.integers(0, 10 * 365 * 86_400),
    st.integers(0, 100_000),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_any_stretch_written_as_wall_times_and_duration_keeps_its_seconds(
    since_2020: int, seconds: int, zone_name: str
) -> None:
    zone = ZoneInfo(zone_name)
    began = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=since_2020)
    wall, wall_end = began.astimezone(zone), (began + timedelta(seconds=seconds)).astimezone(zone)
    read = stretch(
        wall.date(), wall.time(), wall_end.date(), wall_end.time(), seconds=seconds, zone=zone
    )
    assert read.seconds == seconds
    assert read.started_at.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None)
    assert read.remark is None
