"""Rows of tracked time on their way in: told apart, batched, written, and counted to the second."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.clock import local_date
from models.events import EventKind
from models.time_entries import TimeEntry
from resolvers.imports.dates import DateOrder
from resolvers.imports.doubles import Doubles, new_row
from resolvers.imports.durations import spoken
from resolvers.imports.entries import ParsedEntry
from resolvers.imports.entry_keys import EntryKeys
from resolvers.imports.entry_rows import odd, row_of, seconds_of
from resolvers.imports.people import Colleague
from resolvers.imports.refusals import RowRefused
from resolvers.imports.report import Line, Outcome, TimeReport
from resolvers.imports.survey import Placed
from resolvers.imports.time_files import Refusal, TimeFile
from resolvers.imports.work import Naming, Work

BATCH = 1000
ORDERS = {
    DateOrder.DMY: "dates read day first",
    DateOrder.MDY: "dates read month first",
    DateOrder.YMD: "dates read year first",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole row whose person and place are known: it is new, or was imported before."""

    found: Placed
    whose: Colleague
    zone: ZoneInfo
    key: str
    seconds: int


@dataclass(slots=True)
class BringingIn:
    """Takes a file's rows one by one and writes them a thousand at a time."""

    file: TimeFile
    naming: Naming
    work: Work
    zone: ZoneInfo | None
    dry_run: bool
    now: datetime
    report: TimeReport = field(init=False)
    _keys: EntryKeys = field(default_factory=EntryKeys)
    _doubles: Doubles = field(init=False)
    _waiting: list[Candidate] = field(default_factory=list)
    _invoiced: int = 0

    def __post_init__(self) -> None:
        dialect = self.file.reader.dialect
        self.report = TimeReport(of=dialect.product, dry_run=self.dry_run)
        self._doubles = Doubles(dialect.system)

    async def take(self, found: Placed | Refusal) -> None:
        """Count one row, and write the batch when it is full."""
        if isinstance(found, Refusal):
            self._refuse(found)
            return
        try:
            whose = self.naming.people.find(found.entry.person)
            self.work.clients.must_be_clear(found.place.client)
        except RowRefused as refused:
            self._refuse(Refusal(found.entry.row, str(refused), found.entry.worked))
            return
        zone = self.zone or whose.zone
        seconds = seconds_of(found.entry, zone)
        self._sum(found.entry, seconds)
        if found.entry.rest or not seconds:
            reason = "a break" if found.entry.rest else "no time was worked"
            line = Line(
                found.entry.row, Outcome.LEFT_OUT, _subject(found.entry, seconds), (reason,)
            )
            self.report.add_time(line, seconds)
            return
        key = self._keys.key(found.entry, whose.id, seconds)
        self._waiting.append(Candidate(found, whose, zone, key, seconds))
        if len(self._waiting) >= BATCH:
            await self._write()

    async def finish(self) -> TimeReport:
        """Write what is left, and the report."""
        await self._write()
        for line in self._doubles.lines(self._keys):
            self.report.tell(line)
        self.report.lines.sort(key=lambda line: line.row)
        self.report.written = self.naming.writing
        self.report.made = dict(self.naming.made)
        self.report.remarks = list(self._remarks())
        return self.report

    def _refuse(self, refusal: Refusal) -> None:
        seconds = refusal.worked.seconds if refusal.worked else 0
        self.report.add_time(Line(refusal.row, Outcome.REFUSED, "", (refusal.reason,)), seconds)
        if refusal.worked is None:
            self.report.unreadable += 1
        else:
            self.report.file_seconds += refusal.worked.exact

    def _sum(self, entry: ParsedEntry, seconds: int) -> None:
        self.report.file_seconds += entry.worked.exact if entry.worked else Decimal(seconds)
        self.report.invoiced += entry.invoiced

    async def _write(self) -> None:
        """Tell new rows from known ones, and make the new."""
        candidates, self._waiting = self._waiting, []
        keys = [candidate.key for candidate in candidates]
        known = await self.naming.ids.present("time_entry", keys)
        rows: list[dict[str, Any]] = []
        kept: list[tuple[str, UUID, UUID | None]] = []
        starts = []
        for candidate in candidates:
            if candidate.key in known:
                self.report.tally(Outcome.UNCHANGED, candidate.seconds)
                continue
            values = await self._make(candidate)
            rows.append(values)
            kept.append((candidate.key, values["id"], values["client_id"]))
            entry = candidate.found.entry
            starts.append(new_row(entry.row, _subject(entry, candidate.seconds), values))
        await self._doubles.look([start for start in starts if start is not None])
        if self.naming.writing:
            await TimeEntry.record_all(EventKind.TIME_LOGGED, rows)
            await self.naming.ids.keep_all("time_entry", kept)

    async def _make(self, candidate: Candidate) -> dict[str, Any]:
        entry, place = candidate.found.entry, candidate.found.place
        target = await self.work.target(place, entry.on)
        values, remarks = row_of(entry, place, target, candidate.whose, candidate.zone)
        remarks += odd(entry, candidate.seconds, local_date(self.now, candidate.zone.key))
        if remarks:
            subject = _subject(entry, candidate.seconds)
            line = Line(entry.row, Outcome.CREATED, subject, tuple(remarks))
            self.report.add_time(line, candidate.seconds)
        else:
            self.report.tally(Outcome.CREATED, candidate.seconds)
        return values

    def _remarks(self) -> list[str]:
        table, reader = self.file.table, self.file.reader
        what = f"{table.path.name}: a detailed export of {reader.dialect.product}"
        remarks = [f"{what}, {table.encoding_name}, {ORDERS[self.file.order]}."]
        if "billable" not in reader.columns:
            remarks.append("No column tells what is billable: time for clients is taken to be.")
        if self.report.invoiced:
            remarks.append(
                f"Rows that {reader.dialect.product} had invoiced already:"
                f" {self.report.invoiced:,}. They come in as billable time all the same."
            )
        return remarks


def _subject(entry: ParsedEntry, seconds: int) -> str:
    return f"{entry.person.name or entry.person.email}, {entry.on.isoformat()}, {spoken(seconds)}"
