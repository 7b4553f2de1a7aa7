"""`openpractice import clients FILE.csv`: a client list from another program, or our own export.

A list comes in whole or not at all. A dry run is the import itself, undone at the end: what it
reports is what would happen.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import PracticeError
from models.permissions import Permission
from models.unit_of_work import Unit
from models.viewer import Viewer
from resolvers.imports.client_keeping import ClientKeeping
from resolvers.imports.client_rows import ClientReader, ParsedClient
from resolvers.imports.external_ids import ExternalIds
from resolvers.imports.files import Table, open_table
from resolvers.imports.mappings import Mappings
from resolvers.imports.people import People
from resolvers.imports.refusals import RowRefused
from resolvers.imports.report import Line, Outcome, Report
from resolvers.imports.transactions import importing

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """What a person may say about a client list."""

    system: str = "csv"
    """The program the list comes from: its clients' numbers are told apart from another's."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Which heading holds a field, where its name does not tell: {"name": "Bezeichnung 1"}."""
    mappings: Mappings = field(default_factory=Mappings)
    skip_refused: bool = False
    """Import the whole rows of a list although others are refused."""
    encoding: str | None = None


class TakenBack(Exception):
    """Nothing went wrong: the import is undone because it was a trial, or a row was refused."""


def quiet(_: int, __: int) -> None:
    """Tell nobody how far it is."""


async def run(
    viewer: Viewer,
    path: Path,
    *,
    dry_run: bool = False,
    options: ClientOptions | None = None,
    progress: Progress = quiet,
) -> Report:
    """Import a client list; the report has a line for each of its rows.

    Raises FileRefused when the list cannot be read, Forbidden without the right to edit clients,
    Conflict while another import is under way.
    """
    viewer.must(Permission.EDIT_CLIENTS)
    said = options or ClientOptions()
    table = open_table(path, encoding=said.encoding)
    reader = ClientReader.of(table.headings, said.columns)
    report = Report(of="clients", dry_run=dry_run, remarks=[_how_read(table, reader)])
    size = max(1, table.size)
    with suppress(TakenBack):
        async with importing(viewer) as unit:
            ids = ExternalIds(said.system)
            await ids.load(("client",))
            keeping = ClientKeeping(ids, await People.load(said.mappings.member))
            for row, cells in table.rows(lambda done: progress(min(done, size - 1), size)):
                try:
                    client = reader.client(row, table.fit(cells))
                except RowRefused as refused:
                    report.add(Line(row, Outcome.REFUSED, "", (str(refused),)))
                else:
                    report.add(await _take(unit, keeping, client))
            _take_back_unless_wanted(report, said)
        report.written = True
    progress(size, size)
    return report


async def _take(unit: Unit, keeping: ClientKeeping, client: ParsedClient) -> Line:
    """Import one row; what a refused row had begun is undone alone."""
    try:
        async with unit.savepoint():
            outcome, remarks = await keeping.take(client)
    except (RowRefused, PracticeError) as refused:
        return Line(client.row, Outcome.REFUSED, client.name, (str(refused),))
    return Line(client.row, outcome, client.name, tuple(remarks))


def _take_back_unless_wanted(report: Report, said: ClientOptions) -> None:
    """Raise TakenBack after a dry run, or when a row was refused and the list must be whole."""
    if report.dry_run or (report.refused and not said.skip_refused):
        raise TakenBack


def _how_read(table: Table, reader: ClientReader) -> str:
    read = ", ".join(f"{table.headings[at]} → {name}" for name, at in reader.columns.items())
    left = [h for at, h in enumerate(table.headings) if at not in reader.columns.values()]
    told = f"{table.path.name}, {table.encoding_name}: {read}."
    return f"{told} Not read: {', '.join(left)}." if left else told
