"""The detailed exports of the three trackers, in the variants people have."""

from datetime import date, time
from pathlib import Path

import pytest

from resolvers.imports.dates import DateOrder
from resolvers.imports.entries import Person
from resolvers.imports.refusals import FileRefused
from resolvers.imports.time_files import Refusal, TimeFile
from tests.resolvers.imports.reading import SAMPLES, entries_of


@pytest.mark.parametrize(
    ("sample", "system", "order", "rows", "seconds"),
    [
        ("toggl_classic.csv", "toggl", DateOrder.YMD, 7, 5609 + 900 + 0 + 2700 + 5400 + 2400),
        ("toggl_member_columns.csv", "toggl", DateOrder.MDY, 3, 5400 + 300 + 2700),
        ("toggl_day_first_decimal.csv", "toggl", DateOrder.DMY, 2, 5400 + 1188),
        ("harvest.csv", "harvest", DateOrder.YMD, 3, 12_600 + 252 + 3600),
        ("harvest_comma.csv", "harvest", DateOrder.DMY, 2, 27_000 + 36),
        ("harvest_excel_semicolons.csv", "harvest", DateOrder.DMY, 2, 8100 + 3600),
        ("harvest_start_and_end.csv", "harvest", DateOrder.MDY, 1, 5400),
        ("clockify_us.csv", "clockify", DateOrder.MDY, 2, 5407 + 2700),
        ("clockify_day_first_minutes.csv", "clockify", DateOrder.DMY, 3, 10_800 + 1800 + 780),
        ("clockify_portuguese_excel.csv", "clockify", DateOrder.DMY, 2, 5400 + 7200),
        ("clockify_renamed_columns.csv", "clockify", DateOrder.YMD, 1, 3601),
        ("clockify_unicode_text.txt", "clockify", DateOrder.YMD, 1, 10_800),
    ],
)
def test_a_product_is_recognised_and_every_second_of_its_file_is_read(
    sample: str, system: str, order: DateOrder, rows: int, seconds: int
) -> None:
    file = TimeFile.open(SAMPLES / sample)
    assert (file.reader.dialect.system, file.order) == (system, order)
    entries = entries_of(SAMPLES / sample)
    assert len(entries) == rows
    assert sum(entry.worked.seconds for entry in entries if entry.worked) == seconds


def test_an_older_toggl_row_is_read_whole() -> None:
    first, second, *_ = entries_of(SAMPLES / "toggl_classic.csv")
    assert first.person == Person("Ada Byron", "ada@fern.example")
    assert (first.client, first.project, first.task) == (
        "Oak & Sons GmbH", "Bookkeeping March", "Bank reconciliation",
    )  # fmt: skip
    assert first.note == 'Accounts 1200, 1210 and the "old" one'
    assert (first.row, first.billable, first.on) == (2, True, date(2026, 3, 2))
    assert first.start is not None
    assert first.start.at == time(8, 58, 11)
    assert second.note == "Call with the bank:\ncard limit, new signatory"
    assert second.tags == ("phone", "bank")


def test_a_newer_toggl_row_has_a_dash_where_nothing_is() -> None:
    entry = entries_of(SAMPLES / "toggl_member_columns.csv")[1]
    assert (entry.client, entry.project, entry.task, entry.note, entry.tags) == (
        "", "", "", "", (),
    )  # fmt: skip
    assert entry.start is not None
    assert entry.stop is not None
    assert (entry.start.at, entry.stop.at) == (time(12, 55), time(13))


def test_harvest_names_people_in_two_parts_and_says_what_was_invoiced() -> None:
    first, second, third = entries_of(SAMPLES / "harvest.csv")
    assert first.person == Person("Ada Byron", "")
    assert (first.invoiced, second.invoiced) == (True, False)
    assert (first.start, first.stop) == (None, None)
    assert third.billable is False


def test_harvest_in_windows_1252_keeps_its_letters() -> None:
    assert entries_of(SAMPLES / "harvest_comma.csv")[0].note == "Anlagenspiegel – geprüft"
    assert entries_of(SAMPLES / "harvest_excel_semicolons.csv")[0].client == "Café Olé"


def test_a_clockify_break_is_known_as_one() -> None:
    assert [e.rest for e in entries_of(SAMPLES / "clockify_day_first_minutes.csv")] == [
        False, True, False,
    ]  # fmt: skip


def test_clockify_columns_that_a_workspace_renamed_are_found_by_their_place() -> None:
    entry = entries_of(SAMPLES / "clockify_renamed_columns.csv")[0]
    assert (entry.project, entry.client, entry.task) == ("Lease", "Oak & Sons GmbH", "Research")


def test_dates_that_can_be_read_two_ways_are_asked_about() -> None:
    with pytest.raises(FileRefused, match="--date-order"):
        TimeFile.open(SAMPLES / "ambiguous_dates.csv")
    read = entries_of(SAMPLES / "ambiguous_dates.csv", date_order=DateOrder.MDY)
    assert read[0].on == date(2026, 3, 4)


def test_an_entry_over_midnight_tells_the_order_of_its_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "User,Start date,Start time,End date,End time,Duration\n"
        "Ada,03/04/2026,23:30:00,03/05/2026,00:15:00,00:45:00\n"
    )
    assert TimeFile.open(path).order is DateOrder.MDY


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        ("Project,Client,Title,Duration", "Summary and weekly reports cannot be imported"),
        ("Date,Client,Hours", "No column says whose time it is"),
        ("User,Start date,Duration,Duration", "two columns called “Duration”"),
        ("a,b,c", "not those of a detailed export"),
    ],
)
def test_a_file_that_cannot_be_tracked_time_is_refused(
    tmp_path: Path, headings: str, sentence: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{headings}\n1,2,3,4\n")
    with pytest.raises(FileRefused, match=sentence):
        TimeFile.open(path)


def test_naming_the_product_overrules_the_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("User,Start date,Duration,Duration (h)\nAda,2026-03-04,1:00:00,1:00\n")
    assert TimeFile.open(path).reader.dialect.system == "clockify"
    assert TimeFile.open(path, system="toggl").reader.dialect.system == "toggl"
    with pytest.raises(FileRefused, match="none of clockify, harvest, toggl"):
        TimeFile.open(path, system="excel")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("Ada,2026-02-30,1:00:00,Yes", "“2026-02-30” is not a date"),
        ("Ada,2026-03-04,,Yes", "no duration: was it still running"),
        ("Ada,2026-03-04,-,Yes", "no duration: was it still running"),
        ("Ada,2026-03-04,soon,Yes", "“soon” is not a duration"),
        (",2026-03-04,1:00:00,Yes", "does not say whose time"),
        ("Ada,,1:00:00,Yes", "it has no date"),
        ("Ada,2026-03-04,1:00:00,Perhaps", "neither yes nor no"),
        ("Ada,2026-03-04,1:00:00", "was the file cut off"),
        ("Ada,2026-03-04,-1:00:00,Yes", "negative duration"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_by_its_number(
    tmp_path: Path, cells: str, reason: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"User,Start date,Duration,Billable\nBen,2026-03-04,0:30:00,No\n{cells}\n")
    good, bad = TimeFile.open(path).entries()
    assert isinstance(bad, Refusal)
    assert bad.row == 3
    assert reason in bad.reason
    assert not isinstance(good, Refusal)


def test_a_refused_row_still_counts_its_seconds_where_they_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("User,Start date,Duration\n,2026-03-04,0:30:00\n")
    (refused,) = TimeFile.open(path).entries()
    assert isinstance(refused, Refusal)
    assert refused.worked is not None
    assert refused.worked.seconds == 1800
