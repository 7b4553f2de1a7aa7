"""Round trips: rows written in a product's dialect and its user's settings, read back the same."""

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolvers.imports.dates import DateOrder
from resolvers.imports.entries import ParsedEntry
from tests.resolvers.imports.reading import entries_of

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=40
).map(str.strip)
NAMES = TEXT.filter(lambda text: text not in {"", "-", "–", "—"} and "(" not in text).map(
    lambda text: " ".join(text.split()) or "x"
)
NOTES = st.tuples(NAMES, st.sampled_from(["", "\n", ', "quoted", ']), NAMES).map("".join)
DATES = {
    "%Y-%m-%d": DateOrder.YMD,
    "%d/%m/%Y": DateOrder.DMY,
    "%m/%d/%Y": DateOrder.MDY,
    "%d.%m.%Y": DateOrder.DMY,
    "%m-%d-%Y": DateOrder.MDY,
}
CLOCKS = ("%H:%M:%S", "%I:%M:%S %p")


@dataclass(frozen=True)
class Row:
    name: str
    client: str
    project: str
    task: str
    note: str
    billable: bool
    start: datetime
    seconds: int


ROWS = st.lists(
    st.builds(
        Row,
        name=NAMES,
        client=NAMES | st.just(""),
        project=NAMES | st.just(""),
        task=NAMES | st.just(""),
        note=NOTES | st.just(""),
        billable=st.booleans(),
        start=st.integers(0, 10 * 365 * 86_400).map(
            lambda seconds: datetime(2020, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001
        ),
        seconds=st.integers(0, 200_000),
    ),
    min_size=1,
    max_size=5,
)
WRITING = st.tuples(
    st.sampled_from(list(DATES)), st.sampled_from(CLOCKS), st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
patient = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def yes_no(value: bool) -> str:
    return "Yes" if value else "No"


def write(
    path: Path, headings: str, rows: list[list[str]], writing: tuple[str, str, str, str, str]
) -> DateOrder:
    form, _, separator, encoding, ending = writing
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator, lineterminator=ending)
        writer.writerow(headings.split(","))
        writer.writerows(rows)
    return DATES[form]


def told(entry: ParsedEntry) -> tuple[object, ...]:
    assert entry.worked is not None
    return (
        entry.client, entry.project, entry.task, entry.note, entry.billable, entry.on,
        entry.worked.seconds,
    )  # fmt: skip


def meant(row: Row, seconds: int | None = None) -> tuple[object, ...]:
    return (
        row.client, row.project, row.task, row.note, row.billable, row.start.date(),
        row.seconds if seconds is None else seconds,
    )  # fmt: skip


@patient
@given(rows=ROWS, writing=WRITING)
def test_what_toggl_writes_is_read_the_same(
    tmp_path: Path, rows: list[Row], writing: tuple[str, str, str, str, str]
) -> None:
    form, times, *_ = writing
    ends = [row.start + timedelta(seconds=row.seconds) for row in rows]
    order = write(
        tmp_path / "toggl.csv",
        "User,Email,Client,Project,Task,Description,Billable,"
        "Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)",
        [
            [
                row.name, "", row.client, row.project, row.task, row.note, yes_no(row.billable),
                row.start.strftime(form), row.start.strftime(times),
                end.strftime(form), end.strftime(times), clock(row.seconds), "", "",
            ]
            for row, end in zip(rows, ends, strict=True)
        ],
        writing,
    )  # fmt: skip
    read = entries_of(tmp_path / "toggl.csv", date_order=order)
    assert [told(entry) for entry in read] == [meant(row) for row in rows]
    assert [entry.start and entry.start.at for entry in read] == [r.start.time() for r in rows]
    assert [entry.until for entry in read] == [end.date() for end in ends]
    assert [entry.person.name for entry in read] == [row.name for row in rows]


@patient
@given(rows=ROWS, writing=WRITING, sign=st.sampled_from(".,"))
def test_what_harvest_writes_is_read_the_same(
    tmp_path: Path, rows: list[Row], writing: tuple[str, str, str, str, str], sign: str
) -> None:
    hundredths = [row.seconds // 36 for row in rows]
    order = write(
        tmp_path / "harvest.csv",
        "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,"
        "First Name,Last Name,Employee?,Billable Rate,Currency",
        [
            [
                row.start.strftime(writing[0]), row.client, row.project, "", row.task, row.note,
                f"{n // 100}{sign}{n % 100:02d}", yes_no(row.billable), "No",
                row.name, "", "Yes", "95,0", "Euro - EUR",
            ]
            for row, n in zip(rows, hundredths, strict=True)
        ],
        writing,
    )  # fmt: skip
    read = entries_of(tmp_path / "harvest.csv", date_order=order)
    assert [told(entry) for entry in read] == [
        meant(row, n * 36) for row, n in zip(rows, hundredths, strict=True)
    ]


@patient
@given(rows=ROWS, writing=WRITING)
def test_what_clockify_writes_is_read_the_same(
    tmp_path: Path, rows: list[Row], writing: tuple[str, str, str, str, str]
) -> None:
    form, times, *_ = writing
    order = write(
        tmp_path / "clockify.csv",
        "Project,Client,Description,Task,User,Group,Email,Tags,Billable,"
        "Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal)",
        [
            [
                row.project, row.client, row.note, row.task, row.name, "", "", "",
                yes_no(row.billable), row.start.strftime(form), row.start.strftime(times),
                (row.start + timedelta(seconds=row.seconds)).strftime(form),
                (row.start + timedelta(seconds=row.seconds)).strftime(times),
                clock(row.seconds), f"{row.seconds // 36 // 100}.{row.seconds // 36 % 100:02d}",
            ]
            for row in rows
        ],
        writing,
    )  # fmt: skip
    read = entries_of(tmp_path / "clockify.csv", date_order=order)
    assert [told(entry) for entry in read] == [meant(row) for row in rows]
