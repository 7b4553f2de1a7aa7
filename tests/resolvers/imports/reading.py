"""Where the sample files are: each as its product, and the spreadsheet after it, writes it."""

from pathlib import Path

from resolvers.imports.entries import ParsedEntry
from resolvers.imports.time_files import TimeFile

SAMPLES = Path(__file__).parent / "samples"


def entries_of(path: Path, **said: object) -> list[ParsedEntry]:
    """The entries of a file all of whose rows are whole."""
    entries = list(TimeFile.open(path, **said).entries())  # type: ignore[arg-type]
    assert all(isinstance(entry, ParsedEntry) for entry in entries), entries
    return [entry for entry in entries if isinstance(entry, ParsedEntry)]
