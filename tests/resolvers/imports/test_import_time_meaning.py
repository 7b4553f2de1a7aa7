"""What the rows of a time file mean here: whose, for whom, how long, on which date."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from models import clock
from models.clients import Client
from models.jobs import Job
from models.time_entries import TimeEntry
from models.unit_of_work import reading, unit_of_work
from models.workflows import WorkCategory
from resolvers.imports.dates import DateOrder
from resolvers.imports.mappings import Mappings
from resolvers.imports.refusals import FileRefused
from resolvers.imports.report import Outcome
from tests.resolvers.imports.bringing import bring, counts, toggl
from tests.resolvers.imports.conftest import TestFirm
from tests.resolvers.imports.reading import SAMPLES


async def test_another_firm_s_member_is_nobody_here(
    fern: TestFirm, rival: TestFirm, tmp_path: Path
) -> None:
    path = toggl(
        tmp_path,
        "Jan Rival,jan@rival.example,Oak,VAT,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,",
    )
    stream = await rival.events()
    report = await bring(fern, path)
    assert report.refused == 1
    assert "nobody here has the e-mail jan@rival.example" in report.lines[0].remarks[0]
    mapped = await bring(
        fern, path, mappings=Mappings.parse(["member:jan@rival.example=ben@fern.example"])
    )
    assert mapped.counts == {Outcome.CREATED: 1}
    assert await fern.value("select member_id from time_entry") == fern.members["ben@fern.example"]
    elsewhere = await bring(
        fern, path, mappings=Mappings.parse(["member:Jan Rival=jan@rival.example"])
    )
    assert "that is no member" in elsewhere.lines[0].remarks[0]
    assert (await rival.events(), await counts(rival)) == (stream, (0, 0, 0, 0, 0))


async def test_names_are_mapped_to_what_they_are_called_here(
    fern: TestFirm, tmp_path: Path
) -> None:
    path = toggl(
        tmp_path,
        "A. Byron,,Oak,VAT,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,",
        "A. Byron,,Own Firm,Holidays,,,Yes,2026-03-14,09:00:00,2026-03-14,17:00:00,08:00:00,",
        "A. Byron,,,Webinar,,,Yes,2026-03-15,09:00:00,2026-03-15,10:00:00,01:00:00,",
    )
    refused = await bring(fern, path)
    assert [line.row for line in refused.lines] == [2, 3, 4]
    assert (
        'nobody here is called “A. Byron”; say who it is: --map "member:A. Byron=E-MAIL"'
        in (refused.lines[0].remarks[0])
    )
    assert "billable and names no client" in refused.lines[2].remarks[0]
    said = Mappings.parse([
        "member:a. byron=ada@fern.example", "client:Oak=Oak & Sons", "project:VAT=VAT returns",
        "client:Own Firm=activity:absence", "client:=activity:training",
    ])  # fmt: skip
    report = await bring(fern, path, mappings=said)
    assert report.counts == {Outcome.CREATED: 3}
    rows = await fern.fetch(
        "select c.name, j.title, e.activity, e.billing from time_entry e"
        " left join client c on c.id = e.client_id left join job j on j.id = e.job_id"
        " order by e.local_date"
    )
    assert [tuple(row) for row in rows] == [
        ("Oak & Sons", "VAT returns", None, "billable"),
        (None, None, "absence", "non_billable"),
        (None, None, "training", "non_billable"),
    ]


async def test_a_known_client_and_job_are_found_whatever_their_spelling(
    fern: TestFirm, tmp_path: Path
) -> None:
    async with unit_of_work(fern.viewer):
        client = await Client.add(name="Oak & Sons GmbH")
        march = await Job.open(
            client_id=client.id,
            title="VAT",
            period_start=date(2026, 3, 1),
            period_end=date(2026, 3, 31),
        )
        april = await Job.open(
            client_id=client.id,
            title="VAT",
            period_start=date(2026, 4, 1),
            period_end=date(2026, 4, 30),
        )
    await bring(fern, toggl(
        tmp_path,
        "Ada Byron,,OAK  & sons gmbh,vat,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,",
        "Ada Byron,,Oak & Sons GmbH,VAT,,Return,Yes,2026-04-13,09:00:00,2026-04-13,10:00:00,02:00:00,",
    ))  # fmt: skip
    booked = await fern.fetch("select job_id, seconds from time_entry order by local_date")
    assert [tuple(row) for row in booked] == [(march.id, 3600), (april.id, 7200)]
    assert await fern.value("select count(*) from client") == 1


async def test_two_clients_of_one_name_are_not_guessed_between(
    fern: TestFirm, tmp_path: Path
) -> None:
    async with unit_of_work(fern.viewer):
        await Client.add(name="Oak")
        await Client.add(name="oak")
    report = await bring(fern, toggl(
        tmp_path,
        "Ada Byron,,Oak,VAT,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,",
    ))  # fmt: skip
    assert not report.written
    assert "2 clients here are called “Oak”" in report.lines[0].remarks[0]


async def test_a_client_renamed_here_is_still_the_one(fern: TestFirm, tmp_path: Path) -> None:
    row = (
        "Ada Byron,,Oak,VAT,Filing,Return,Yes,2026-03-1{0},09:00:00,2026-03-1{0},10:00:00,01:00:00,"
    )
    await bring(fern, toggl(tmp_path, row.format(3)))
    async with unit_of_work(fern.viewer):
        client = await Client.load(await fern.value("select id from client"))
        await client.change({"name": "Oak Holding"}, None)
    report = await bring(fern, toggl(tmp_path, row.format(3), row.format(4)))
    assert report.counts == {Outcome.UNCHANGED: 1, Outcome.CREATED: 1}
    assert not any(report.made.values())


async def test_an_entry_removed_here_does_not_come_back(fern: TestFirm, tmp_path: Path) -> None:
    path = toggl(
        tmp_path,
        "Ada Byron,,Oak,VAT,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,",
    )
    await bring(fern, path)
    async with unit_of_work(fern.viewer):
        entry = await TimeEntry.load(await fern.value("select id from time_entry"))
        await entry.remove()
    assert (await bring(fern, path)).counts == {Outcome.UNCHANGED: 1}
    assert await fern.value("select count(*) from time_entry") == 0


async def test_the_duration_counts_where_start_and_end_say_otherwise(
    fern: TestFirm, tmp_path: Path
) -> None:
    report = await bring(fern, toggl(
        tmp_path,
        "Ada Byron,,Oak,VAT,,Return,Yes,2025-03-13,09:00:00,2025-03-13,10:00:00,00:45:00,",
    ))  # fmt: skip
    assert report.lines[0].remarks == (
        "its duration is 0:45:00 and between start and end lies 1:00:00",
    )
    assert await fern.value("select seconds from time_entry") == 2700
    assert await fern.value("select stopped_at - started_at from time_entry") == timedelta(hours=1)


async def test_the_clock_runs_in_the_member_s_office_or_as_said(
    fern: TestFirm, tmp_path: Path
) -> None:
    path = toggl(
        tmp_path,
        "Ada Byron,,Oak,VAT,,Autumn,Yes,2025-10-26,01:30:00,2025-10-26,02:30:00,02:00:00,",
    )
    report = await bring(fern, path)
    assert report.lines == []
    assert await fern.value("select stopped_at from time_entry") == datetime(
        2025, 10, 26, 1, 30, tzinfo=UTC
    )
    other = toggl(
        tmp_path,
        "Ada Byron,,Oak,VAT,,Other,Yes,2026-07-01,09:00:00,2026-07-01,10:00:00,01:00:00,",
    )
    await bring(fern, other, time_zone="America/New_York")
    assert await fern.value("select started_at from time_entry where note = 'Other'") == datetime(
        2026, 7, 1, 13, tzinfo=UTC
    )
    with pytest.raises(FileRefused, match="no time zone called “Mars”"):
        await bring(fern, other, time_zone="Mars")


async def test_a_row_edited_since_is_pointed_out(fern: TestFirm, tmp_path: Path) -> None:
    row = "Ada Byron,,Oak,VAT,,{},Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,"
    await bring(fern, toggl(tmp_path, row.format("Retrun")))
    report = await bring(fern, toggl(tmp_path, row.format("Return")))
    assert report.counts == {Outcome.CREATED: 1}
    assert "with the same start was imported before" in report.lines[0].remarks[0]
    both = await bring(fern, toggl(tmp_path, row.format("Return"), row.format("Retrun")))
    assert (both.counts, both.lines) == ({Outcome.UNCHANGED: 2}, [])


async def test_a_row_has_one_line_that_says_each_thing_once(fern: TestFirm, tmp_path: Path) -> None:
    row = "Ada Byron,,Oak,VAT,,{},Yes,2025-03-13,09:00:00,2025-03-13,10:00:00,00:45:00,"
    await bring(fern, toggl(tmp_path, row.format("Retrun"), row.format("Retrnu")))
    report = await bring(fern, toggl(tmp_path, row.format("Return")))
    (line,) = report.lines
    differs, repeats = line.remarks
    assert differs == "its duration is 0:45:00 and between start and end lies 1:00:00"
    assert "with the same start was imported before" in repeats
    (told,) = [line for line in report.text() if line.startswith("row 2: created: Ada Byron")]
    assert told.count("was imported before") == 1


async def test_more_than_a_day_and_a_date_to_come_are_remarked_on_and_come_in(
    fern: TestFirm, tmp_path: Path
) -> None:
    async with reading(fern.viewer):
        tomorrow = await clock.today("Europe/Berlin") + timedelta(days=1)
    path = tmp_path / "harvest.csv"
    path.write_text(
        "Date,Client,Project,Task,Hours,First Name,Last Name\n"
        "2025-03-13,Oak,VAT,,24,Ada,Byron\n"
        "2025-03-14,Oak,VAT,,24.01,Ada,Byron\n"
        f"{tomorrow - timedelta(days=1)},Oak,VAT,,1,Ada,Byron\n"
        f"{tomorrow},Oak,VAT,,30,Ada,Byron\n"
    )
    report = await bring(fern, path)
    assert report.counts == {Outcome.CREATED: 4}
    assert {line.row: line.remarks for line in report.lines} == {
        3: ("it is longer than a day: 24:00:36",),
        5: (
            "it is longer than a day: 30:00:00",
            f"its date is in the future: {tomorrow.isoformat()}",
        ),
    }
    assert "made 1 client: Oak" in list(report.text())


async def test_what_cannot_be_kept_whole_is_said(fern: TestFirm, tmp_path: Path) -> None:
    row = "Ada Byron,,Oak,VAT,{},{},Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,"
    await bring(fern, toggl(tmp_path, row.format("", "x" * 2500)))
    assert await fern.value("select length(note) from time_entry") == 2000
    async with unit_of_work(fern.viewer):
        job = await Job.load(await fern.value("select id from job"))
        await job.move(stage=await job.stage_of(WorkCategory.DONE))
    report = await bring(fern, toggl(tmp_path, row.format("Filing", "late")))
    assert report.lines[0].remarks[0] == "its job is over, so task “Filing” was not made"
    assert await fern.value("select count(*) from time_entry where job_id = $1", job.id) == 2


async def test_dates_are_asked_about_before_anything_is_touched(fern: TestFirm) -> None:
    stream = await fern.events()
    with pytest.raises(FileRefused, match="--date-order"):
        await bring(fern, SAMPLES / "ambiguous_dates.csv")
    assert await fern.events() == stream
    await bring(fern, SAMPLES / "ambiguous_dates.csv", date_order=DateOrder.DMY)
    assert await fern.value("select min(local_date) from time_entry") == date(2026, 4, 3)


async def test_parts_of_seconds_are_rounded_and_the_difference_is_told(
    fern: TestFirm, tmp_path: Path
) -> None:
    path = tmp_path / "harvest.csv"
    path.write_text(
        "Date,Client,Project,Task,Hours,First Name,Last Name\n"
        + "2026-03-13,Oak,VAT,,0.3333,Ada,Byron\n" * 3
    )
    report = await bring(fern, path)
    assert report.seconds[Outcome.CREATED] == 3600
    assert report.file_seconds == Decimal("3599.64")
    assert report.rounded_away == Decimal("-0.36")
    assert "-0.36 s were rounded" in report.summary()
