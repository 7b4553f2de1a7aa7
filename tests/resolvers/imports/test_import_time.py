"""Tracked time in the database: whole or not at all, once, and exact to the second."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import Conflict, Forbidden
from models.members import Member
from models.permissions import Role
from models.teams import Team
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from resolvers import boards
from resolvers.boards.cards import of_columns
from resolvers.imports import time_entries
from resolvers.imports.report import Outcome
from resolvers.imports.transactions import importing
from resolvers.pages import Window, edges
from tests.resolvers.imports.bringing import bring, counts, toggl
from tests.resolvers.imports.conftest import TestFirm
from tests.resolvers.imports.reading import SAMPLES


@pytest.mark.parametrize(
    ("sample", "created", "seconds", "left_out"),
    [
        ("toggl_classic.csv", 6, 17_009, 0),
        ("toggl_member_columns.csv", 3, 8400, 0),
        ("toggl_day_first_decimal.csv", 2, 6588, 0),
        ("harvest.csv", 3, 16_452, 0),
        ("harvest_comma.csv", 2, 27_036, 0),
        ("harvest_excel_semicolons.csv", 2, 11_700, 0),
        ("harvest_start_and_end.csv", 1, 5400, 0),
        ("clockify_us.csv", 2, 8107, 0),
        ("clockify_day_first_minutes.csv", 2, 11_580, 1800),
        ("clockify_portuguese_excel.csv", 2, 12_600, 0),
        ("clockify_renamed_columns.csv", 1, 3601, 0),
        ("clockify_unicode_text.txt", 1, 10_800, 0),
    ],
)
async def test_every_second_of_a_file_comes_in_and_a_second_import_makes_nothing_twice(
    fern: TestFirm, sample: str, created: int, seconds: int, left_out: int
) -> None:
    first = await bring(fern, SAMPLES / sample)
    assert first.written
    assert first.refused == 0
    assert first.counts[Outcome.CREATED] == created
    assert first.seconds[Outcome.CREATED] == seconds
    assert first.seconds[Outcome.LEFT_OUT] == left_out
    assert first.file_seconds == Decimal(seconds + left_out)
    assert first.rounded_away == 0
    assert (
        await fern.value("select sum(seconds) from time_entry where source = 'import'") == seconds
    )
    before, stream = await counts(fern), await fern.events()

    again = await bring(fern, SAMPLES / sample)
    assert again.written
    assert again.counts[Outcome.CREATED] == 0
    assert again.seconds[Outcome.UNCHANGED] == seconds
    assert again.file_seconds == first.file_seconds
    assert not any(again.made.values())
    assert (await counts(fern), await fern.events()) == (before, stream)


async def test_a_dry_run_tells_the_same_and_writes_nothing(fern: TestFirm) -> None:
    before, stream = await counts(fern), await fern.events()
    tried = await bring(fern, SAMPLES / "toggl_classic.csv", dry_run=True)
    assert (await counts(fern), await fern.events()) == (before, stream)
    done = await bring(fern, SAMPLES / "toggl_classic.csv")
    assert not tried.written
    assert (tried.counts, tried.seconds, tried.made) == (done.counts, done.seconds, done.made)
    assert tried.made == {
        "clients": ["Oak & Sons GmbH", "Brook Dental"],
        "jobs": ["Oak & Sons GmbH: Bookkeeping March", "Brook Dental: Payroll"],
        "tasks": [
            "Oak & Sons GmbH: Bookkeeping March: Bank reconciliation",
            "Brook Dental: Payroll: Month end",
        ],
    }
    assert "Dry run: nothing was written." in tried.summary()


async def test_a_row_becomes_an_entry_with_all_it_says(fern: TestFirm) -> None:
    await bring(fern, SAMPLES / "toggl_classic.csv")
    rows = await fern.fetch(
        "select e.*, c.name as client, j.title as job, t.title as task from time_entry e"
        " left join client c on c.id = e.client_id left join job j on j.id = e.job_id"
        " left join task t on t.id = e.task_id order by e.started_at, e.id"
    )
    second, training, midnight = rows[1], rows[3], rows[2]
    assert second["member_id"] == fern.members["ada@fern.example"]
    assert (second["client"], second["job"], second["task"]) == (
        "Oak & Sons GmbH", "Bookkeeping March", "Bank reconciliation",
    )  # fmt: skip
    assert second["note"] == "Call with the bank:\ncard limit, new signatory [phone, bank]"
    assert (second["billing"], second["source"]) == ("billable", "import")
    assert (second["local_date"], second["time_zone"]) == (date(2026, 3, 2), "Europe/Berlin")
    assert second["started_at"] == datetime(2026, 3, 2, 9, 45, tzinfo=UTC)
    assert midnight["local_date"] == date(2026, 3, 2)
    assert midnight["stopped_at"] == datetime(2026, 3, 2, 23, 15, tzinfo=UTC)
    assert (training["client"], training["activity"], training["billing"]) == (
        None, "Training", "non_billable",
    )  # fmt: skip


async def test_imported_work_is_in_progress_and_its_only_worker_s(fern: TestFirm) -> None:
    await bring(fern, SAMPLES / "toggl_classic.csv")
    jobs = {row["title"]: row for row in await fern.fetch("select * from job")}
    tasks = {row["title"]: row for row in await fern.fetch("select * from task")}
    assert jobs["Payroll"]["category"] == tasks["Month end"]["status"] == "in_progress"
    assert jobs["Payroll"]["start_date"] == date(2026, 3, 2)
    assert jobs["Payroll"]["owner_id"] == fern.members["ben@fern.example"]
    assert tasks["Month end"]["assignee_id"] == fern.members["ben@fern.example"]


async def test_imported_work_is_on_the_board_of_its_workers_team_at_once(fern: TestFirm) -> None:
    ada, ben = fern.members["ada@fern.example"], fern.members["ben@fern.example"]
    async with unit_of_work(fern.viewer):
        team = await Team.form(name="Books")
        await team.add(await Member.load(ada))
        await team.add(await Member.load(ben))
    await bring(fern, SAMPLES / "toggl_classic.csv")
    mine = Viewer(fern.viewer.firm_id, ada, Role.STAFF)
    async with reading(mine):
        for kind, titles in (
            (boards.JOBS, {"Bookkeeping March", "Payroll"}),
            (boards.TASKS, {"Bank reconciliation", "Month end"}),
        ):
            shown = await boards.board(kind, {}, "category", "IN_PROGRESS")
            (cards,) = await of_columns(shown["columns"], Window(50))
            assert {edge["node"]["title"] for edge in edges(cards)} == titles


async def test_rows_that_say_the_same_are_all_kept_and_found_again(fern: TestFirm) -> None:
    await bring(fern, SAMPLES / "toggl_classic.csv")
    twins = "select count(*) from time_entry where seconds = 1200"
    assert await fern.value(twins) == 2
    await bring(fern, SAMPLES / "toggl_classic.csv")
    assert await fern.value(twins) == 2


async def test_an_overlapping_export_in_other_settings_adds_only_what_is_new(
    fern: TestFirm, tmp_path: Path
) -> None:
    await bring(fern, toggl(
        tmp_path,
        "Ada Byron,ada@fern.example,Oak,VAT,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,01:00:00,",
        "Ada Byron,ada@fern.example,Oak,VAT,,Return,Yes,2026-03-14,09:00:00,2026-03-14,10:00:00,01:00:00,",
    ))  # fmt: skip
    newer = tmp_path / "newer.csv"
    newer.write_text(
        "Description,Duration,Member,Project,Client,Billable,Tags,Start date,Start time,Stop date,Stop time\n"
        "Return,0:30:00,ADA BYRON,VAT,Oak,Yes,-,03/15/2026,9:00:00 AM,03/15/2026,9:30:00 AM\n"
        "Return,1:00:00,Ada Byron,VAT,OAK,No,late,03/14/2026,9:00:00 AM,03/14/2026,10:00:00 AM\n"
    )
    report = await bring(fern, newer)
    assert report.counts == {Outcome.CREATED: 1, Outcome.UNCHANGED: 1}
    assert await fern.value("select sum(seconds) from time_entry") == 9000
    assert await fern.value("select count(*) from job") == 1


async def test_one_bad_row_in_the_middle_and_nothing_comes_in(
    fern: TestFirm, tmp_path: Path
) -> None:
    good = "Ada Byron,ada@fern.example,Oak,VAT,,Return,Yes,2026-03-13,09:0{0}:00,2026-03-13,10:0{0}:00,01:00:00,"
    rows = [good.format(minute) for minute in range(5)]
    rows[2] = rows[2].replace("2026-03-13", "2026-03-41", 1)
    before, stream = await counts(fern), await fern.events()
    report = await bring(fern, toggl(tmp_path, *rows))
    assert not report.written
    assert [(line.row, line.outcome) for line in report.lines] == [(4, Outcome.REFUSED)]
    assert "“2026-03-41” is not a date" in report.lines[0].remarks[0]
    assert "Nothing was imported" in report.summary()
    assert (await counts(fern), await fern.events()) == (before, stream)

    rest = await bring(fern, toggl(tmp_path, *rows), skip_refused=True)
    assert rest.written
    assert rest.counts == {Outcome.CREATED: 4, Outcome.REFUSED: 1}
    assert rest.seconds == {Outcome.CREATED: 14_400, Outcome.REFUSED: 3600}
    assert rest.file_seconds == 18_000


async def test_a_failure_half_way_leaves_no_trace(fern: TestFirm, tmp_path: Path) -> None:
    row = "Ada Byron,ada@fern.example,Oak {0},VAT,,Return,Yes,2026-03-13,09:00:00,2026-03-13,10:00:00,0{0}:00:00,"
    path = toggl(tmp_path, *(row.format(n % 10) + f"x{n}" for n in range(1, 3000)))
    before, stream = await counts(fern), await fern.events()

    def pull_the_plug(done: int, total: int) -> None:
        if done > total * 3 / 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await time_entries.run(fern.viewer, path, progress=pull_the_plug)
    assert (await counts(fern), await fern.events()) == (before, stream)
    assert (await time_entries.run(fern.viewer, path)).counts[Outcome.CREATED] == 2999 - 299


async def test_only_who_may_book_for_everybody_imports_time(fern: TestFirm) -> None:
    staff = Viewer(fern.viewer.firm_id, fern.members["ada@fern.example"], Role.STAFF)
    with pytest.raises(Forbidden, match="time:manage"):
        await time_entries.run(staff, SAMPLES / "harvest.csv")


async def test_of_two_imports_at_once_one_is_told_to_wait(fern: TestFirm) -> None:
    async with importing(fern.viewer, dry_run=False):
        with pytest.raises(Conflict, match="Another import for this firm is under way"):
            await time_entries.run(fern.viewer, SAMPLES / "harvest.csv")
    assert (await time_entries.run(fern.viewer, SAMPLES / "harvest.csv")).written


async def test_the_progress_grows_and_ends_with_the_commit(fern: TestFirm) -> None:
    told: list[tuple[int, int]] = []
    await time_entries.run(
        fern.viewer, SAMPLES / "toggl_classic.csv", progress=lambda *step: told.append(step)
    )
    assert told == sorted(told)
    assert len({total for _, total in told}) == 1
    assert [done for done, total in told if done == total] == [told[-1][0]]
