"""One row of tracked time, whichever product wrote it: what it says, in our terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from resolvers.imports.columns import fold, tidy
from resolvers.imports.dates import DateEvidence, DateOrder, parse_date
from resolvers.imports.durations import LONGEST, Worked, parse_duration
from resolvers.imports.headings import NO, YES
from resolvers.imports.refusals import RowRefused
from resolvers.imports.wall_times import WallTime, parse_time


@dataclass(frozen=True, slots=True)
class Person:
    """Whose time it is, as the file names them; either part may be missing, not both."""

    name: str
    email: str

    def __str__(self) -> str:
        return (
            f"{self.name} <{self.email}>" if self.name and self.email else self.name or self.email
        )


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """A time entry as its row tells it. `worked` counts; start and stop say when it was."""

    row: int
    person: Person
    client: str
    project: str
    task: str
    note: str
    billable: bool | None
    on: date
    start: WallTime | None
    until: date | None
    stop: WallTime | None
    worked: Worked | None
    tags: tuple[str, ...] = ()
    entry_id: str = ""
    invoiced: bool = False
    rest: bool = False
    """A break: time that was recorded as not worked."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one product writes its detailed export: what differs between them, as data."""

    system: str
    product: str
    hallmarks: tuple[frozenset[str], ...]
    """Fields of which one whole set must be there for a file to be this product's."""
    durations: tuple[str, ...]
    """The columns that may hold the duration, the most exact first."""
    blanks: frozenset[str] = frozenset()
    """What the product writes into a cell to say that there is nothing."""

    def knows(self, columns: Mapping[str, int]) -> bool:
        """Whether a file with these columns can be this product's."""
        return any(fields <= columns.keys() for fields in self.hallmarks)


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns the rows of one file into entries: its product's dialect at its own columns."""

    dialect: Dialect
    columns: Mapping[str, int]

    def weigh(self, row: int, cells: Sequence[str], evidence: DateEvidence) -> None:
        """Take into account what a row tells about the order of day and month."""
        start, until = self._cell(cells, "start_date"), self._cell(cells, "stop_date")
        evidence.see(row, start)
        evidence.see(row, until)
        if start == until or not until:
            return
        for order in (DateOrder.DMY, DateOrder.MDY):
            # An entry over midnight spans a day in the right order, and months in the wrong one.
            try:
                days = (parse_date(until, order) - parse_date(start, order)).days
            except RowRefused:
                continue
            if not 0 <= days <= 31 // 2:
                evidence.rule_out(order, row, start)

    def entry(self, row: int, cells: Sequence[str], order: DateOrder) -> ParsedEntry:
        """What the row says. Raises RowRefused with the reason when that is not whole."""
        started = self._cell(cells, "start_date")
        if not started:
            raise RowRefused("it has no date")
        until = self._cell(cells, "stop_date")
        entry = ParsedEntry(
            row=row,
            person=self._person(cells),
            client=self._cell(cells, "client"),
            project=self._cell(cells, "project"),
            task=self._cell(cells, "task"),
            note=self._cell(cells, "note"),
            billable=self._yes_no(cells, "billable"),
            on=parse_date(started, order),
            start=self._time(cells, "start_time"),
            until=parse_date(until, order) if until else None,
            stop=self._time(cells, "stop_time"),
            worked=self.worked(cells),
            tags=tuple(tag for tag in map(str.strip, self._cell(cells, "tags").split(",")) if tag),
            entry_id=self._cell(cells, "entry_id"),
            invoiced=fold(self._cell(cells, "invoiced")) in YES,
            rest=fold(self._cell(cells, "type")) == "break",
        )
        if entry.worked is None:
            _must_span(entry)
        return entry

    def _cell(self, cells: Sequence[str], name: str) -> str:
        position = self.columns.get(name)
        if position is None or position >= len(cells):
            return ""
        text = tidy(cells[position])
        return "" if text in self.dialect.blanks else text

    def _person(self, cells: Sequence[str]) -> Person:
        parts = (self._cell(cells, "first_name"), self._cell(cells, "last_name"))
        name = " ".join(filter(None, parts)) or self._cell(cells, "person")
        email = self._cell(cells, "email").lower()
        if not name and not email:
            raise RowRefused("it does not say whose time it is")
        return Person(" ".join(name.split()), email)

    def _time(self, cells: Sequence[str], name: str) -> WallTime | None:
        text = self._cell(cells, name)
        return parse_time(text) if text else None

    def _yes_no(self, cells: Sequence[str], name: str) -> bool | None:
        text = self._cell(cells, name)
        if not text:
            return None
        word = fold(text)
        if word in YES or word in NO:
            return word in YES
        raise RowRefused(f"“{text}” is neither yes nor no ({name})")

    def worked(self, cells: Sequence[str]) -> Worked | None:
        """The duration the row names, from the most exact column that has one."""
        for name in self.dialect.durations:
            if text := self._cell(cells, name):
                return parse_duration(text)
        return None


def _must_span(entry: ParsedEntry) -> None:
    """Raise RowRefused unless the wall clock gives an entry the duration that its row does not."""
    if entry.start is None or entry.stop is None:
        raise RowRefused("it has no duration: was it still running when it was exported?")
    if entry.until is not None:
        began = datetime.combine(entry.on, entry.start.at)
        ended = datetime.combine(entry.until, entry.stop.at)
        if not timedelta() <= ended - began <= timedelta(seconds=LONGEST):
            raise RowRefused("it has no duration, and its start and end give none")
