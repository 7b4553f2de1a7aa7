"""`openpractice import`: a firm's clients and tracked time, from other products' files."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from models.errors import PracticeError
from resolvers.imports.dates import DateOrder
from resolvers.imports.files import open_table
from resolvers.imports.mappings import Mappings
from resolvers.imports.report import Report
from server.cannot_start import CannotStart
from server.commands.options import As, Data, InFirm
from server.commands.practice import in_practice, speaking_for
from server.progress import bar


class Format(StrEnum):
    """Whose detailed export it is."""

    TOGGL = "toggl"
    HARVEST = "harvest"
    CLOCKIFY = "clockify"


File = Annotated[Path, typer.Argument(help="The exported file.", show_default=False)]
Encoding = Annotated[
    str | None, typer.Option(help="How the file is encoded, where its bytes do not tell.")
]
Skip = Annotated[
    bool, typer.Option("--skip-refused", help="Import the good rows although others are not.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would happen.")]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="KIND:THEIRS=OURS|FILE",
        help="What a name means here, or a file with one such line for each name.",
    ),
]

app = typer.Typer(no_args_is_help=True, help="Bring in clients or tracked time from a file.")


@app.command("clients")
def import_clients(
    file: File,
    email: As,
    *,
    firm: InFirm = None,
    folder: Data = None,
    system: Annotated[
        str, typer.Option(help="The program it comes from, whose numbers are its own.")
    ] = "csv",
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=HEADING", help="Which column holds a field."),
    ] = None,
    mapped: Mapped = None,
    encoding: Encoding = None,
    skip_refused: Skip = False,
    dry_run: DryRun = False,
) -> None:
    """Bring in a client list; columns are recognised by their names.

    Run again it changes what differs and makes nothing twice.
    """
    from resolvers.imports import clients

    _must_be_readable(file, encoding)
    options = clients.ClientOptions(
        system=system,
        columns=dict(_named_column(said) for said in column or ()),
        mappings=_mappings(mapped),
        skip_refused=skip_refused,
        encoding=encoding,
    )

    async def bring_in() -> Report:
        viewer = await speaking_for(email, firm)
        return await clients.run(viewer, file, dry_run=dry_run, options=options, progress=advance)

    with bar(f"Reading {file.name}") as advance:
        report = in_practice("import", bring_in, folder)
    _tell(report, skip_refused=skip_refused)


@app.command("time")
def import_time(
    file: File,
    email: As,
    *,
    firm: InFirm = None,
    folder: Data = None,
    product: Annotated[
        Format | None, typer.Option("--format", help="Whose export it is. [default: its headings']")
    ] = None,
    date_order: Annotated[
        DateOrder | None, typer.Option(help="How its dates stand, where they do not tell.")
    ] = None,
    time_zone: Annotated[
        str | None,
        typer.Option(metavar="ZONE", help="In which zone its clock runs. [default: each office's]"),
    ] = None,
    mapped: Mapped = None,
    encoding: Encoding = None,
    skip_refused: Skip = False,
    dry_run: DryRun = False,
) -> None:
    """Bring in a detailed export of Toggl Track, Harvest or Clockify.

    Run again it finds what it made and makes nothing twice.
    """
    from resolvers.imports import time_entries

    _must_be_readable(file, encoding)
    options = time_entries.TimeOptions(
        system=product,
        date_order=date_order,
        time_zone=time_zone,
        mappings=_mappings(mapped),
        skip_refused=skip_refused,
        encoding=encoding,
    )

    async def bring_in() -> Report:
        viewer = await speaking_for(email, firm)
        return await time_entries.run(
            viewer, file, dry_run=dry_run, options=options, progress=advance
        )

    with bar(f"Reading {file.name}") as advance:
        report = in_practice("import", bring_in, folder)
    _tell(report, skip_refused=skip_refused)


def _must_be_readable(file: Path, encoding: str | None) -> None:
    """Raise CannotStart for a file that is none, before any server is started for it."""
    try:
        open_table(file, encoding=encoding)
    except PracticeError as refused:
        raise CannotStart(refused.message) from refused


def _named_column(said: str) -> tuple[str, str]:
    name, equals, heading = said.partition("=")
    if not (name and equals and heading.strip()):
        raise CannotStart(f"“{said}” names no column. Write FIELD=HEADING, as in name=Customer.")
    return name.strip(), heading.strip()


def _mappings(said: list[str] | None) -> Mappings:
    """What names mean; what has no colon is a file of mappings."""
    lines: list[str] = []
    for one in said or ():
        lines += [one] if ":" in one else _lines(Path(one))
    try:
        return Mappings.parse(lines)
    except PracticeError as refused:
        raise CannotStart(refused.message) from refused


def _lines(file: Path) -> list[str]:
    try:
        return [line for line in file.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise CannotStart(f"The mappings in {file} cannot be read: {reason}.") from error


def _tell(report: Report, *, skip_refused: bool) -> None:
    """Print the report; a file that does not come in whole, or would not, is a failure."""
    for line in report.text():
        sys.stdout.write(line + "\n")
    if report.refused and not skip_refused:
        raise typer.Exit(1)
