"""Bringing a file of tracked time into a firm, and counting what is there afterwards."""

from pathlib import Path

from resolvers.imports import time_entries
from resolvers.imports.report import TimeReport
from resolvers.imports.time_entries import TimeOptions
from tests.resolvers.imports.conftest import TestFirm

TOGGL = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"


async def bring(firm: TestFirm, path: Path, *, dry_run: bool = False, **said: object) -> TimeReport:
    options = TimeOptions(**said)  # type: ignore[arg-type]
    return await time_entries.run(firm.viewer, path, dry_run=dry_run, options=options)


def toggl(path: Path, *rows: str) -> Path:
    file = path / "toggl.csv"
    file.write_text(TOGGL + "".join(f"{row}\n" for row in rows))
    return file


async def counts(firm: TestFirm) -> tuple[int, ...]:
    row = (
        await firm.fetch(
            "select (select count(*) from client), (select count(*) from job),"
            " (select count(*) from task), (select count(*) from time_entry),"
            " (select count(*) from external_id)"
        )
    )[0]
    return tuple(row)
