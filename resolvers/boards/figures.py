"""What stands above a board's columns: how many cards each has, and the seconds left in them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.unit_of_work import current
from resolvers.boards import tallies
from resolvers.boards.columns import Column
from resolvers.boards.kinds import Kind
from resolvers.boards.tallies import Days, Sums
from resolvers.filters import Where


class Figures:
    """Looked up once for all columns, when the first of them is asked for.

    They are of the cards that `where` lets pass, by those of the `sums` that make up the board; of
    those alone that are `due` within a calendar's days, if it is one.
    """

    def __init__(
        self, kind: Kind, where: Where, columns: Sequence[Column], sums: Sequence[Sums],
        today: date, *, due: Days | None = None,
    ) -> None:  # fmt: skip
        self._kind, self._where, self._columns = kind, where, columns
        self._sums, self._today, self._due = sums, today, due
        self._found: list[Mapping[str, Any]] | None = None

    async def all(self) -> list[Mapping[str, Any]]:
        """In the order of the columns: `count` and `remaining_seconds`."""
        if self._found is None:
            self._found = await self._look_up() if self._columns else []
        return self._found

    async def count(self, column: Column) -> int:
        """How many cards fall into this one."""
        place = self._columns.index(column)
        return int((await self.all())[place]["count"])

    async def _look_up(self) -> list[Mapping[str, Any]]:
        """Each column's cards and open seconds, in one pass over all."""
        where = self._where.and_also()
        figures = ", ".join(
            f"total(t.cards) filter (where {column.cards}) as n{i},"
            f" total(t.seconds) filter (where {column.cards}) as s{i}"
            for i, column in enumerate(self._columns)
        )
        cards = await tallies.cards(self._kind, self._sums, self._today, where, self._due)
        row = await current().fetchrow(
            f"select {figures} from {cards} t where {where.sql}", *where.values
        )
        assert row is not None
        return [{"count": row[f"n{i}"], "remaining_seconds": row[f"s{i}"]}
                for i in range(len(self._columns))]  # fmt: skip
