"""A migration that was checked in never changes: what people's databases have applied is refused
in other words. Whatever is to be otherwise is a migration of its own.

`WRITE_SNAPSHOTS=1 make test TESTS=tests/rules` adds a new one to the list, and changes none.
"""

import hashlib
import os
from pathlib import Path

from models.migrations import FOLDER

_KNOWN = Path(__file__).parent / "migrations.txt"


def test_a_migration_reads_as_it_was_checked_in() -> None:
    now = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
           for path in sorted(FOLDER.glob("[0-9]*.sql"))}  # fmt: skip
    known = dict(line.split() for line in _KNOWN.read_text().splitlines())
    if os.environ.get("WRITE_SNAPSHOTS") == "1":
        known = now | known
        _KNOWN.write_text("".join(f"{name} {known[name]}\n" for name in sorted(known)))

    assert now == known, "write a new migration, or add a new one to the list: see above"
