"""What an import did, or would do: counts, exact sums, and a line for each row worth a look."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from resolvers.imports.durations import spoken

LINES_KEPT = 1000
"""Lines of a report; a hundred thousand refusals are counted, not all told."""


def counted(number: int, things: str) -> str:
    """How many of the things there are, whose plural ends in s: 1 row, 2,000 rows."""
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left out"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as a spreadsheet shows it, what became of it, and why."""

    row: int
    outcome: Outcome
    subject: str
    remarks: tuple[str, ...] = ()

    def told(self, became: str) -> str:
        """The line for a terminal, with the word for what became of the row."""
        told = f"row {self.row}: {became}"
        if self.subject:
            told += f": {self.subject}"
        return f"{told} ({'; '.join(self.remarks)})" if self.remarks else told


@dataclass(slots=True)
class Report:
    """The whole of one import. Nothing was written unless `written` says so."""

    of: str
    """What was imported: clients, or the tracker whose time it is."""
    dry_run: bool
    written: bool = False
    counts: Counter[Outcome] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    lines_left_off: int = 0
    made: dict[str, list[str]] = field(default_factory=dict)
    """Names of clients, jobs and tasks that came into being with the rows, by kind."""
    remarks: list[str] = field(default_factory=list)
    """What concerns the file as a whole: its encoding, how its dates were read."""
    _places: dict[int, int] = field(default_factory=dict, repr=False)
    """Where among the lines a row's stands."""

    @property
    def rows(self) -> int:
        """How many rows the file has below its headings."""
        return sum(self.counts.values())

    @property
    def refused(self) -> int:
        """How many rows could not be imported."""
        return self.counts[Outcome.REFUSED]

    def add(self, line: Line) -> None:
        """Count a row and keep its line while there is room."""
        self.counts[line.outcome] += 1
        self.tell(line)

    def tell(self, line: Line) -> None:
        """Keep a line about a row that has been counted already; a row that has one keeps it and
        gets those remarks that it has not got yet."""
        known = self._places.get(line.row)
        if known is not None:
            remarks = tuple(dict.fromkeys(self.lines[known].remarks + line.remarks))
            self.lines[known] = replace(self.lines[known], remarks=remarks)
        elif len(self.lines) < LINES_KEPT:
            self._places[line.row] = len(self.lines)
            self.lines.append(line)
        else:
            self.lines_left_off += 1

    def text(self) -> Iterator[str]:
        """The report as lines for a terminal: the rows first, the sums last."""
        yield from self.remarks
        yield from (line.told(self.word(line.outcome)) for line in self.lines)
        if self.lines_left_off:
            yield f"… and {counted(self.lines_left_off, 'more rows')}"
        for kind, names in self.made.items():
            if names:
                shown = ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
                made = "made" if self.written else "would make"
                yield f"{made} {counted(len(names), kind)}: {shown}"
        yield self.summary()

    def word(self, outcome: Outcome) -> str:
        """What became of rows, or would."""
        if self.written or outcome not in (Outcome.CREATED, Outcome.UPDATED):
            return outcome.value
        return f"to be {outcome.value}"

    def summary(self) -> str:
        """One sentence: how many rows, what became of them, whether anything was written."""
        parts = ", ".join(f"{self.counts[o]:,} {self.word(o)}" for o in Outcome if self.counts[o])
        told = f"{counted(self.rows, 'rows')} of {self.of}: {parts or 'nothing to import'}."
        if self.written:
            return told
        if self.dry_run:
            return f"{told} Dry run: nothing was written."
        return f"{told} Nothing was imported: mend or map the refused rows first."


@dataclass(slots=True)
class TimeReport(Report):
    """An import of tracked time: besides the rows, their seconds, which must come out even."""

    seconds: Counter[Outcome] = field(default_factory=Counter)
    """Whole seconds by what became of their rows."""
    file_seconds: Decimal = Decimal(0)
    """The sum of every duration in the file, exactly as written there."""
    invoiced: int = 0
    """Rows that the other product had already put on an invoice."""
    unreadable: int = 0
    """Refused rows whose duration could not be read, and so is in no sum."""

    def tally(self, outcome: Outcome, seconds: int) -> None:
        """Count a row that needs no line of its own."""
        self.counts[outcome] += 1
        self.seconds[outcome] += seconds

    def add_time(self, line: Line, seconds: int) -> None:
        """Count a row and its seconds, and keep its line."""
        self.add(line)
        self.seconds[line.outcome] += seconds

    @property
    def rounded_away(self) -> Decimal:
        """What whole seconds cannot hold of the file's sum: 0 unless it counts parts of seconds."""
        return self.file_seconds - sum(self.seconds.values())

    def summary(self) -> str:
        """The rows, then the hours, exact to the second."""
        parts = ", ".join(
            f"{spoken(self.seconds[o])} {self.word(o)}" for o in Outcome if self.seconds[o]
        )
        told = f"{Report.summary(self)}\n{spoken(sum(self.seconds.values()))} h in the file"
        told += f": {parts}." if parts else "."
        if self.rounded_away:
            told += f" Written to parts of seconds; {self.rounded_away:f} s were rounded."
        if self.unreadable:
            told += f" The duration of {counted(self.unreadable, 'rows')} could not be read."
        return told
