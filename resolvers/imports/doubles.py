"""Rows that may be an older import's work under a new guise.

The trackers export no ids. A row whose note or project was edited after it was imported looks
like new work; the report points at the entry it may repeat, and a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from models.unit_of_work import current
from resolvers.imports.durations import spoken
from resolvers.imports.entry_keys import EntryKeys
from resolvers.imports.report import Line, Outcome

REMARK = (
    "an entry of {} with the same start was imported before and is not in this file: if the row"
    " was edited since, remove the older entry"
)


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row about to be made: its number in the file, and who began it when."""

    row: int
    subject: str
    member_id: UUID
    local_date: date
    started_at: datetime


@dataclass(slots=True)
class Doubles:
    """Entries of earlier imports that begin when a new row does."""

    system: str
    _any: bool | None = None
    _found: list[tuple[NewRow, str, int]] = field(default_factory=list)

    async def look(self, rows: Sequence[NewRow]) -> None:
        """Ask which imported entries begin at the same moment; called before these are made."""
        if not rows or not await self._imported_before():
            return
        by_start = {(row.member_id, row.started_at): row for row in rows}
        # Three lists over one table, no join: a plan made before the table grew stays harmless.
        found = await current().fetch(
            "select id, member_id, started_at, seconds from time_entry where source = 'import'"
            " and member_id = any($1) and local_date = any($2) and started_at = any($3)",
            list({row.member_id for row in rows}),
            list({row.local_date for row in rows}),
            list({row.started_at for row in rows}),
        )
        near = {
            entry["id"]: (by_start[start], entry["seconds"])
            for entry in found
            if (start := (entry["member_id"], entry["started_at"])) in by_start
        }
        for entry_id, key in await self._keys_of(list(near)):
            self._found.append((near[entry_id][0], key, near[entry_id][1]))

    async def _imported_before(self) -> bool:
        """Whether anything of this product was here before this import."""
        if self._any is None:
            self._any = await current().fetchval(
                "select exists (select from external_id"
                " where system = $1 and entity = 'time_entry')",
                self.system,
            )
        return bool(self._any)

    async def _keys_of(self, entry_ids: list[UUID]) -> list[tuple[UUID, str]]:
        if not entry_ids:
            return []
        rows = await current().fetch(
            "select entity_id, key from external_id"
            " where entity_id = any($1) and entity = 'time_entry' and system = $2",
            entry_ids,
            self.system,
        )
        return [(row["entity_id"], row["key"]) for row in rows]

    def lines(self, keys: EntryKeys) -> list[Line]:
        """A line for each new row that may repeat an entry which is in the file no more."""
        return [
            Line(
                new.row,
                Outcome.CREATED,
                new.subject,
                (REMARK.format(spoken(seconds)),),
            )
            for new, key, seconds in self._found
            if not keys.in_file(key)
        ]


def new_row(row: int, subject: str, values: dict[str, Any]) -> NewRow | None:
    """The row to look for, where its start is known."""
    if values["started_at"] is None:
        return None
    return NewRow(row, subject, values["member_id"], values["local_date"], values["started_at"])
