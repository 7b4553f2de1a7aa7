"""`openpractice import`: a firm's clients and tracked time, from other products' files."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from resolvers import operators
from resolvers.imports.report import Report
from server.commands.options import As, Data
from server.commands.practice import in_practice
from server.progress import bar

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The exported file.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would happen.")]

app = typer.Typer(no_args_is_help=True, help="Bring in clients or tracked time from a file.")


@app.command("clients")
def import_clients(file: File, email: As, folder: Data = None, *, dry_run: DryRun = False) -> None:
    """Bring in clients; columns are recognised by their names."""
    from resolvers.imports import clients

    async def bring_in() -> Report:
        viewer = await operators.viewer_for(email)
        return await clients.run(viewer, file, dry_run=dry_run, progress=advance)

    with bar(f"Reading {file.name}") as advance:
        report = in_practice("import", bring_in, folder)
    _tell(report)


@app.command("time")
def import_time(
    file: File,
    email: As,
    *,
    folder: Data = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="KIND:THEIRS=OURS", help="What a name means here."),
    ] = None,
    date_order: Annotated[str | None, typer.Option(help="dmy, mdy or ymd.")] = None,
    time_zone: Annotated[
        str | None, typer.Option(help="In which zone the file's clock runs.")
    ] = None,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Import the good rows although others are not.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Bring in a detailed export of Toggl Track, Harvest or Clockify."""
    from resolvers.imports import time_entries
    from resolvers.imports.dates import DateOrder
    from resolvers.imports.mappings import Mappings

    async def bring_in() -> Report:
        options = time_entries.TimeOptions(
            date_order=DateOrder(date_order) if date_order else None,
            time_zone=time_zone,
            mappings=Mappings.parse(mapped or []),
            skip_refused=skip_refused,
        )
        viewer = await operators.viewer_for(email)
        return await time_entries.run(
            viewer, file, dry_run=dry_run, options=options, progress=advance
        )

    with bar(f"Reading {file.name}") as advance:
        report = in_practice("import", bring_in, folder)
    _tell(report)


def _tell(report: Report) -> None:
    """Print the report; a file of which nothing came in is a failure of the command."""
    for line in report.text():
        sys.stdout.write(line + "\n")
    if not report.written and not report.dry_run:
        raise typer.Exit(1)
