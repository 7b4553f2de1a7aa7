"""What is decided and checked in as text: a difference is looked at before it is taken over.

`WRITE_SNAPSHOTS=1 make test TESTS=tests/rules` writes the texts anew.
"""

import os
from pathlib import Path

FOLDER = Path(__file__).parent


def must_be_checked_in(name: str, now: str) -> None:
    """Compare with the file of this name, or write it where that was asked for."""
    file = FOLDER / name
    if os.environ.get("WRITE_SNAPSHOTS") == "1":
        file.write_text(now)
    assert now == file.read_text(), (
        f"tests/rules/{name} says otherwise: see tests/rules/snapshots.py"
    )
