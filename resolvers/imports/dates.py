"""Dates as people's settings write them: 2026-03-04, 04.03.2026, 03/04/2026, 4 Mar 2026.

Whether 03/04/2026 is in March or in April no single cell can tell. The whole file can: one 25 in
the first place settles it. Where it does not, the person is asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache

from resolvers.imports.refusals import FileRefused, RowRefused


class DateOrder(StrEnum):
    """In which order day, month and year stand."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")
_DAY_NAMED_MONTH = re.compile(r"(\d{1,2})[-. /]+([a-z]{3,9})[-., /]+(\d{4})", re.IGNORECASE)
_NAMED_MONTH_DAY = re.compile(r"([a-z]{3,9})[-. /]+(\d{1,2})[-., /]+(\d{4})", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00)?$")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august",
         "september", "october", "november", "december"), start=1)
}  # fmt: skip


@lru_cache(maxsize=8192)
def parse_date(text: str, order: DateOrder) -> date:
    """The date that `text` names where days and months stand in `order`.

    Raises RowRefused when it names none. A year of two digits is of this century.
    """
    try:
        return next(_readings(_MIDNIGHT.sub("", text.strip()), order))
    except (ValueError, StopIteration) as error:
        raise RowRefused(f"“{text}” is not a date (order {order.value})") from error


def _readings(text: str, order: DateOrder) -> Iterator[date]:
    if found := _YEAR_FIRST.fullmatch(text):
        yield date(int(found[1]), int(found[3]), int(found[4]))
    elif found := _YEAR_LAST.fullmatch(text):
        yield _ordered(int(found[1]), int(found[3]), found[4], order)
    elif found := _DAY_NAMED_MONTH.fullmatch(text):
        yield date(int(found[3]), _month(found[2]), int(found[1]))
    elif found := _NAMED_MONTH_DAY.fullmatch(text):
        yield date(int(found[3]), _month(found[1]), int(found[2]))


def _ordered(first: int, second: int, last: str, order: DateOrder) -> date:
    if order is DateOrder.YMD:
        if len(last) == 4:
            raise ValueError(last)
        return date(2000 + first, second, int(last))
    year = int(last) + (2000 if len(last) == 2 else 0)
    day, month = (first, second) if order is DateOrder.DMY else (second, first)
    return date(year, month, day)


def _month(name: str) -> int:
    """The number of an English month, written out or cut short to three letters or more."""
    for month, number in _MONTHS.items():
        if month.startswith(name.casefold()):
            return number
    raise ValueError(name)


@dataclass(slots=True)
class DateEvidence:
    """What the dates of a file say about their order, gathered row by row."""

    _against: dict[DateOrder, tuple[int, str]] = field(default_factory=dict)
    _open: tuple[int, str] | None = None
    _matters: bool = False

    def see(self, row: int, text: str) -> None:
        """Take one cell into account; one that is no date at all says nothing."""
        found = _YEAR_LAST.fullmatch(_MIDNIGHT.sub("", text.strip()))
        self._matters = self._matters or found is not None
        if found is None or found[1].zfill(2) == found[3].zfill(2):
            return
        first, second = int(found[1]), int(found[3])
        # Dots are written with the day in front, everywhere they are written.
        if first > 12 or found[2] == ".":
            self._against.setdefault(DateOrder.MDY, (row, text))
        if second > 12:
            self._against.setdefault(DateOrder.DMY, (row, text))
        if max(first, second) <= 12 and found[2] != ".":
            self._open = self._open or (row, text)

    def rule_out(self, order: DateOrder, row: int, text: str) -> None:
        """Take into account that a row makes no sense in `order`."""
        self._against.setdefault(order, (row, text))

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to ask."""
        return self._open is None or len(self._against) == 1

    def order(self, chosen: DateOrder | None = None) -> DateOrder:
        """The order of every date in the file; `chosen` by a person, it stands.

        Raises FileRefused when the file contradicts itself, or leaves it open.
        """
        if chosen is not None:
            return chosen
        if len(self._against) == 2:
            (row, text), (other_row, other) = (self._against[o] for o in sorted(self._against))
            raise FileRefused(
                f"The dates contradict each other: “{text}” in row {row} has the month in front,"
                f" “{other}” in row {other_row} the day."
            )
        if self._open is not None and not self._against:
            row, text = self._open
            raise FileRefused(
                f"No date of the file tells whether “{text}” (row {row}) has the day or the month"
                " in front. Say which with --date-order dmy or --date-order mdy."
            )
        if not self._matters:
            return DateOrder.YMD
        return DateOrder.MDY if DateOrder.DMY in self._against else DateOrder.DMY
