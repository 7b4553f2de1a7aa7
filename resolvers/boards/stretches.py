"""In what order cards stand in a column: what is open first, then what was done, latest first.

Each of these stretches is a list by keyset, and an index has it in its order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Self

from resolvers.filters import Where
from resolvers.pages import opened, text


def _moment(told: str) -> datetime:
    try:
        return datetime.fromisoformat(told).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no moment that there is") from error


_READ: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "text": str,
    "timestamptz": _moment,
}


@dataclass(frozen=True)
class Stretch:
    """Cards in the order of `keys`, columns with their SQL types, and then by id. All of them have
    nothing in the column `absent`, if there is one."""

    name: str
    keys: tuple[tuple[str, str], ...]
    descending: bool = False
    absent: str | None = None

    def without(self, column: str) -> Self:
        """The same of cards that all have nothing in that column: named first in the order, so that
        PostgreSQL sees that an index by it has them in order."""
        return replace(self, absent=column)

    @property
    def order(self) -> str:
        """For `order by`."""
        way = " desc" if self.descending else ""
        first = [] if self.absent is None else [self.absent]
        return ", ".join(f"t.{column}{way}" for column in [*first, *self._columns])

    @property
    def sort_key(self) -> str:
        """What a cursor tells of a card besides its id, as SQL: the stretch's name and the keys,
        written as JSON has them, whatever the session's settings."""
        told = (f"to_jsonb(t.{column}) #>> '{{}}'" for column, _ in self.keys)
        return f"concat_ws(' ', '{self.name}', {', '.join(told)})"

    def after(self, place: Sequence[Any], where: Where) -> str:
        """The predicate for what follows a place, which is the values of its keys and its id;
        compared as one row, which an index is entered by."""
        types = [*(sql_type for _, sql_type in self.keys), "uuid"]
        values = ", ".join(
            f"{where.value(value)}::{sql_type}"
            for value, sql_type in zip(place, types, strict=True)
        )
        columns = ", ".join(f"t.{column}" for column in self._columns)
        return f"({columns}) {'<' if self.descending else '>'} ({values})"

    def read(self, words: Sequence[str]) -> list[Any]:
        """The values of its keys, from the words of a sort key. Raises ValueError."""
        return [_READ[sql_type](word) for word, (_, sql_type) in zip(words, self.keys, strict=True)]

    @property
    def _columns(self) -> list[str]:
        return [*(column for column, _ in self.keys), "id"]


OPEN = Stretch("open", (("position", "text"),))
DUE = Stretch("due", (("due_date", "date"), ("position", "text")))
DONE = Stretch("done", (("completed_at", "timestamptz"),), descending=True)

Left = tuple[Stretch, str]
"""What is left of a stretch, be it all: the stretch, and the predicate for what is left."""


def left_after(stretches: Sequence[Stretch], cursor: str | None, where: Where) -> list[Left]:
    """What is left of a column after a cursor of it, if there is one.

    Raises ValidationError for a cursor of another list.
    """
    if cursor is None:
        return [(stretch, "true") for stretch in stretches]

    def read(key: Any) -> tuple[int, list[Any]]:
        name, *words = text(key).split(" ")
        number = [stretch.name for stretch in stretches].index(name)
        return number, stretches[number].read(words)

    (number, place), id = opened(cursor, "after", read)
    after = stretches[number].after([*place, id], where)
    left = stretches[number + 1 :]
    return [(stretches[number], after), *((stretch, "true") for stretch in left)]
