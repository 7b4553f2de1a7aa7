"""A level: one selection on rows of one type, all of its rows completed together.

What belongs to the rows is loaded first (`loads.py`), each field once for all rows; then generated
code (`building.py`) makes the objects. Where anything is not as it should be, the same is done
value by value, and each fault finds its place.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import TYPE_CHECKING, Any

from .faults import BROKEN, Faults, add_below
from .joins import came_joined, values_joined
from .leaves import Quick, Write
from .loads import Called, Keyed, Values, load
from .origins import Read, Row
from .shapes import Completed, Place

if TYPE_CHECKING:
    from .run import Run


@dataclass(slots=True)
class Inline:
    """A field that is read from the row alone."""

    key: str
    read: Callable[[Row], Any]
    write: Write
    required: bool
    place: Place
    at_first: Write | None = None
    """What writes it while nothing has failed; `write` says exactly what did."""
    column: str | None = None
    always: str | None = None
    """What it is in every row."""
    make: Callable[[Any], Any] | None = None
    """What makes the value of the column's; without, it stands as it is."""
    code: str | None = None
    """The same as an expression over `{v}`, if it makes what is written."""
    as_it_is: str | None = None
    """When the value goes out as it is, if that can be told by an expression (`AS_IT_IS`)."""
    quick: Quick | None = None
    """What writes values of one class sooner, if the scalar has it (`QUICK`)."""

    def value(self, row: Row) -> Any:
        """What the answer holds. Raises whatever kept it from being read or written."""
        return self.write(self.read(row))


Field = Inline | Keyed | Called

Build = Callable[..., list[dict[str, Any]]]
"""From rows, and from what was loaded beside them, objects."""

Builder = Callable[[Sequence[Row], bool], Build]
"""What builds the objects of such rows; the flag says whether the joins stand in them."""


@dataclass(slots=True)
class Level:
    """The fields of a selection in the order of the answer, on rows of the type of that name;
    `read` is what they read."""

    name: str
    fields: Sequence[Field]
    read: Read
    builder: Builder
    joins: Sequence[Keyed] = ()
    """The fields whose rows may come joined."""
    _loaded: tuple[Sequence[Keyed | Called], Sequence[Keyed | Called]] = attribute(init=False)
    """What has to be loaded where nothing is joined, and where the joins are."""

    def __post_init__(self) -> None:
        loaded = [field for field in self.fields if not isinstance(field, Inline)]
        self._loaded = loaded, [field for field in loaded if field not in self.joins]

    @property
    def is_of_columns(self) -> bool:
        """Whether all that it tells is made of one column each."""
        return self.read.columns is not None and all(
            isinstance(field, Inline) and (field.column or field.always) for field in self.fields
        )

    async def complete(self, rows: Sequence[Row], run: "Run") -> Completed:
        """One object for each row."""
        if not rows:
            return [], None
        faults: Faults = {}
        joined = came_joined(rows[0], self.joins)
        loaded = self._loaded[joined]
        values = await load(loaded, rows, run) if loaded else {}
        beside = await self._completed(values, run, faults)
        if not faults:
            build = self.builder(rows, joined)
            with suppress(Exception):  # which value it is is found out one by one
                return build(rows, *beside.values()), None
        if joined:
            values = {field.key: values_joined(field, rows) for field in self.joins}
            beside |= await self._completed(values, run, faults)
        return self._one_by_one(rows, beside, faults)

    async def _completed(
        self, values: Mapping[str, Values], run: "Run", faults: Faults
    ) -> dict[str, list[Any]]:
        """What those fields have for each row, in the order of the answer; faults are added."""
        done: dict[str, list[Any]] = {}
        for field in self.fields:
            if field.key in values and not isinstance(field, Inline):
                found = await values[field.key].complete(field.shape, run)
                done[field.key], wrong = field.shape.settled(found)
                for number, more in (wrong or {}).items():
                    add_below(faults, number, more, field.key)
        return done

    def _one_by_one(
        self, rows: Sequence[Row], beside: Mapping[str, list[Any]], faults: Faults
    ) -> Completed:
        objects = []
        for number, row in enumerate(rows):
            made: Any = {}
            for field in self.fields:
                value = (
                    _guarded(field, row, number, faults) if isinstance(field, Inline)
                    else beside[field.key][number]
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
