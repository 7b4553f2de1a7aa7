"""A level: one selection on rows of one type, all of its rows completed together.

What belongs to the rows is loaded first (`loads.py`), each field once for all rows; then generated
code (`source.py`) makes the objects. Where anything is not as it should be, the same is done value
by value, and each fault finds its place.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schema.engine.faults import BROKEN, Faults
from schema.engine.leaves import Quick
from schema.engine.loads import Called, Keyed, load
from schema.engine.origins import Columns, Row
from schema.engine.shapes import Completed, Place, add_below

if TYPE_CHECKING:
    from schema.engine.run import Run


@dataclass(slots=True)
class Inline:
    """A field that is read from the row alone."""

    key: str
    read: Callable[[Row], Any]
    write: Callable[[Any], Any]
    required: bool
    place: Place
    column: str | None = None
    make: Callable[[Any], Any] | None = None
    """What makes the value of the column's; without, it stands as it is."""
    as_it_is: str | None = None
    quick: Quick | None = None

    def value(self, row: Row) -> Any:
        """What the answer holds. Raises whatever kept it from being read or written."""
        return self.write(self.read(row))


Field = Inline | Keyed | Called


@dataclass(slots=True)
class Level:
    """The fields of a selection in the order of the answer; `columns` is what they read."""

    name: str
    fields: Sequence[Field]
    columns: Columns
    build: Callable[..., list[dict[str, Any]]]

    async def complete(self, rows: Sequence[Row], run: "Run") -> Completed:
        """One object for each row."""
        if not rows:
            return [], None
        faults: Faults = {}
        beside: list[list[Any]] = []
        loaded = [field for field in self.fields if not isinstance(field, Inline)]
        values = await load(loaded, rows, run) if loaded else {}
        for field in loaded:
            done, wrong = field.shape.settled(await values[field.key].complete(field.shape, run))
            for number, more in (wrong or {}).items():
                add_below(faults, number, more, field.key)
            beside.append(done)
        if not faults:
            with suppress(Exception):  # which value it is is found out one by one
                return self.build(rows, *beside), None
        return self._one_by_one(rows, beside, faults)

    def _one_by_one(
        self, rows: Sequence[Row], beside: Sequence[list[Any]], faults: Faults
    ) -> Completed:
        objects = []
        for number, row in enumerate(rows):
            made: Any = {}
            loaded = iter(beside)
            for field in self.fields:
                value = (
                    _guarded(field, row, number, faults) if isinstance(field, Inline)
                    else next(loaded)[number]
                )  # fmt: skip
                if value is BROKEN:
                    made = BROKEN
                elif made is not BROKEN:
                    made[field.key] = value
            objects.append(made)
        return objects, faults or None


def _guarded(field: Inline, row: Row, number: int, faults: Faults) -> Any:
    """The field's value; null or BROKEN for one that fails."""
    try:
        value = field.value(row)
    except Exception as error:  # noqa: BLE001  (a resolver's fault is the field's)
        add_below(faults, number, [field.place.fault(error)], field.key)
        return BROKEN if field.required else None
    if value is None and field.required:
        add_below(faults, number, [field.place.missing()], field.key)
        return BROKEN
    return value
