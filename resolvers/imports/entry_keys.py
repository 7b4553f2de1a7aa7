"""What tells one imported entry from another, so that importing a file again makes nothing twice.

An entry's own id where the export has one; otherwise a hash over what the row says of the work:
whose, when, how long, for what. Rates, amounts, tags and whether it was billable or invoiced stay
out: those change in the other product long after the work was done, and must not double it.
"""

import hashlib
from collections import Counter
from uuid import UUID

from resolvers.imports.columns import same_name
from resolvers.imports.entries import ParsedEntry


class EntryKeys:
    """The keys of one file's rows, in its order: rows that say the same are numbered."""

    def __init__(self) -> None:
        self._seen: Counter[bytes] = Counter()

    def key(self, entry: ParsedEntry, member_id: UUID, seconds: int) -> str:
        """The entry's key; the second of two equal rows has another than the first."""
        digest = _digest(entry, member_id, seconds)
        self._seen[digest] += 1
        number = self._seen[digest]
        return digest.hex() if number == 1 else f"{digest.hex()}#{number}"

    def in_file(self, key: str) -> bool:
        """Whether a row of the file has this key, or its like."""
        return bytes.fromhex(key.partition("#")[0]) in self._seen


def _digest(entry: ParsedEntry, member_id: UUID, seconds: int) -> bytes:
    said: tuple[str, ...]
    if entry.entry_id:
        said = ("id", entry.entry_id)
    else:
        said = (
            member_id.hex,
            entry.on.isoformat(),
            entry.start.at.isoformat() if entry.start else "",
            str(seconds),
            *map(same_name, (entry.client, entry.project, entry.task)),
            entry.note,
        )
    return hashlib.sha256("\x1f".join(said).encode()).digest()[:16]
