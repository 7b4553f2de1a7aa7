"""A CSV file as rows of text, whatever wrote it: encoding, separator, quotes, line ends.

Rows are read as they are needed and as often as they are asked for; the file is never held in
memory. Row numbers are those a spreadsheet shows: the headings are row 1.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from resolvers.imports.refusals import FileRefused, RowRefused

SEPARATORS = (",", ";", "\t", "|")
_BLOCK = 1 << 18
_HEAD = 1 << 16
_DECLARED_SEPARATOR = re.compile(r"^sep=(.)\r?$", re.IGNORECASE)
_WORKBOOKS = {
    b"PK\x03\x04": "an Excel or OpenDocument workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
}

_NAMES = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}

Cells = list[str]
Read = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Table:
    """A readable CSV file: how it is written, and the headings it begins with."""

    path: Path
    encoding: str
    separator: str
    headings: tuple[str, ...]
    size: int
    preamble: int = field(default=0, repr=False)

    @property
    def encoding_name(self) -> str:
        """The encoding as people know it."""
        return _NAMES.get(self.encoding, self.encoding)

    def rows(self, read: Read | None = None) -> Iterator[tuple[int, Cells]]:
        """Every row below the headings with its number; blank rows are passed over.

        `read` is told how many bytes of the file have been read so far. Raises FileRefused when
        the quoting is broken or the bytes are not text.
        """
        with self.path.open("rb") as raw, _text(raw, self.encoding) as text:
            for _ in range(self.preamble):
                text.readline()
            number = 0
            for number, cells in enumerate(_parsed(text, self.separator), start=1):
                if number > 1 and any(cell.strip() for cell in cells):
                    yield number, cells
                if read is not None and number % 256 == 0:
                    read(raw.tell())
        if read is not None:
            read(self.size)

    def fit(self, cells: Cells) -> Cells:
        """The row with a cell for each heading. Raises RowRefused: a cut-off row must not pass."""
        width = len(self.headings)
        if len(cells) < width:
            raise RowRefused(
                f"it has {len(cells)} cells and the headings are {width}: was the file cut off?"
            )
        if any(cell.strip() for cell in cells[width:]):
            raise RowRefused(
                f"it has {len(cells)} cells and the headings are {width}:"
                " a quotation mark or a separator is out of place"
            )
        return cells[:width]


def open_table(path: Path, *, encoding: str | None = None) -> Table:
    """Find out how a CSV file is written. Raises FileRefused when it is none, or is empty."""
    try:
        # Read more than once, and to its end: a pipe or a device can do neither.
        if path.exists() and not path.is_file():
            raise FileRefused(f"{path} is {'a folder' if path.is_dir() else 'no file'}.")
        size = path.stat().st_size
        with path.open("rb") as raw:
            head = raw.read(_HEAD)
        chosen = encoding or _encoding(path, head)
        io.TextIOWrapper(io.BytesIO(), chosen)  # refuses what is a codec, but none of text
        sample = codecs.getincrementaldecoder(chosen)().decode(head)
    except LookupError as error:
        raise FileRefused(f"There is no text encoding called {encoding}.") from error
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeError as error:
        said = f" in the encoding {encoding}" if encoding else ""
        raise FileRefused(f"{path.name} is not text{said}.") from error
    first, _, rest = sample.partition("\n")
    declared = _DECLARED_SEPARATOR.match(first)
    if declared:
        return Table(path, chosen, *_headings(rest, declared.group(1)), size, 1)
    return Table(path, chosen, *_headings(sample), size)


def _text(raw: io.BufferedReader, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(raw, encoding=encoding, newline="")


def _parsed(lines: Iterable[str], separator: str) -> Iterator[Cells]:
    rows = csv.reader(lines, delimiter=separator, strict=True)
    try:
        yield from rows
    except csv.Error as error:
        raise FileRefused(f"Line {rows.line_num} is not valid CSV: {error}.") from error
    except UnicodeError as error:
        raise FileRefused(f"Past line {rows.line_num} the file is not readable text.") from error


def _headings(sample: str, *declared: str) -> tuple[str, tuple[str, ...]]:
    """The separator that splits the first row into the most cells, and those cells."""
    separator, headings = "", tuple[str, ...]()
    for candidate in declared or SEPARATORS:
        try:
            row = next(_parsed(io.StringIO(sample, newline=""), candidate), [])
        except FileRefused:
            continue
        cells = tuple(cell.strip() for cell in row)
        if len(cells) > len(headings):
            separator, headings = candidate, cells
    if not any(headings):
        raise FileRefused("The first row holds no headings.")
    return separator, _without_empty_tail(headings)


def _without_empty_tail(cells: tuple[str, ...]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


def _encoding(path: Path, head: bytes) -> str:
    """UTF-8 or UTF-16 when the bytes say so, Windows-1252 when they are neither."""
    if not head.strip():
        raise FileRefused(f"{path.name} is empty.")
    for signature, kind in _WORKBOOKS.items():
        if head.startswith(signature):
            raise FileRefused(f"{path.name} is {kind}, not a CSV file. Save it as CSV first.")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1:200:2].count(0) > 50 or head[:200:2].count(0) > 50:
        return "utf-16-le" if head[1] == 0 else "utf-16-be"
    return "utf-8-sig" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as raw:
        try:
            while block := raw.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
