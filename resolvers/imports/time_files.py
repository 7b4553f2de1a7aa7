"""A file of tracked time, opened: whose it is, how its dates are meant, and its entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from resolvers.imports.dates import DateEvidence, DateOrder
from resolvers.imports.durations import Worked
from resolvers.imports.entries import ParsedEntry, Reader
from resolvers.imports.files import Cells, Read, Table, open_table
from resolvers.imports.formats import recognise
from resolvers.imports.refusals import RowRefused


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that is no whole entry, why, and its duration where that could be read."""

    row: int
    reason: str
    worked: Worked | None


@dataclass(frozen=True, slots=True)
class TimeFile:
    """One product's detailed export, ready to be read as often as needed."""

    table: Table
    reader: Reader
    order: DateOrder

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        system: str | None = None,
        date_order: DateOrder | None = None,
        encoding: str | None = None,
    ) -> "TimeFile":
        """Recognise the file and settle the order of its dates; what is given overrules.

        Raises FileRefused when the file is none we know, or its dates can be read two ways.
        """
        table = open_table(path, encoding=encoding)
        reader = recognise(table.headings, system)
        evidence = DateEvidence()
        if date_order is None:
            for row, cells in table.rows():
                reader.weigh(row, cells, evidence)
        return cls(table, reader, evidence.order(date_order))

    def entries(self, read: Read | None = None) -> Iterator[ParsedEntry | Refusal]:
        """Every row as an entry, or as the reason why it is none."""
        for row, cells in self.table.rows(read):
            try:
                yield self.reader.entry(row, self.table.fit(cells), self.order)
            except RowRefused as refused:
                yield Refusal(row, str(refused), self._worked(cells))

    def _worked(self, cells: Cells) -> Worked | None:
        try:
            return self.reader.worked(cells)
        except RowRefused:
            return None
