"""How the values of one field, or of all items of a list, become what the answer holds.

A shape completes many values at once. It returns one result for each, None for null and BROKEN
for what failed, and the faults, or None while there are none.
"""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from types import NoneType
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLError, Undefined
from graphql.pyutils import UndefinedType, is_iterable

from .faults import BROKEN, Fault, Faults, add, add_below
from .leaves import Leaf, writer, writer_at_first

if TYPE_CHECKING:
    from .levels import Level
    from .run import Run

Completed = tuple[list[Any], Faults | None]


class Place:
    """What a fault says of where it is: the field, and how it is called."""

    __slots__ = ("name", "nodes")

    def __init__(self, name: str, nodes: list[FieldNode]) -> None:
        self.name = name
        self.nodes = nodes

    def fault(self, error: Exception) -> Fault:
        return Fault(error, self.nodes)

    def missing(self) -> Fault:
        return self.fault(TypeError(f"Cannot return null for non-nullable field {self.name}."))


class Shape(ABC):
    """Completes values of one type; `required` is whether null stands for a failure."""

    __slots__ = ("place", "required")

    def __init__(self, place: Place, *, required: bool) -> None:
        self.place = place
        self.required = required

    @abstractmethod
    async def complete(self, values: Sequence[Any], run: "Run") -> Completed:
        """One result for each value."""

    def settled(self, completed: Completed) -> Completed:
        """With nulls made failures, or failures made null, as the type says."""
        values, faults = completed
        if not self.required:
            if faults:
                values = [None if value is BROKEN else value for value in values]
            return values, faults
        for number, value in enumerate(values):
            if value is None:
                faults = {} if faults is None else faults
                add(faults, number, [self.place.missing()])
                values[number] = BROKEN
        return values, faults


class LeafShape(Shape):
    """Scalars and enums."""

    __slots__ = ("at_first", "kind", "write")

    def __init__(self, kind: Leaf, place: Place, *, required: bool) -> None:
        super().__init__(place, required=required)
        self.kind = kind
        self.write = writer(kind)
        self.at_first = writer_at_first(kind, self.write)

    async def complete(self, values: Sequence[Any], run: "Run") -> Completed:  # noqa: ARG002
        write = self.at_first
        try:
            return [write(value) for value in values], None
        except Exception:  # noqa: BLE001  (which of them failed is found out one by one)
            return self._one_by_one(values)

    def _one_by_one(self, values: Sequence[Any]) -> Completed:
        written: list[Any] = []
        faults: Faults = {}
        for number, value in enumerate(values):
            try:
                written.append(self.write(value))
            except Exception as error:  # noqa: BLE001  (a resolver's fault is the field's)
                written.append(BROKEN)
                add(faults, number, [self.place.fault(error)])
        return written, faults


class ListShape(Shape):
    """Lists: all items of all of them are completed together."""

    __slots__ = ("item",)

    def __init__(self, item: Shape, place: Place, *, required: bool) -> None:
        super().__init__(place, required=required)
        self.item = item

    async def complete(self, values: Sequence[Any], run: "Run") -> Completed:
        if len(values) == 1 and isinstance(values[0], list):
            return await self._of_one(values[0], run)
        items: list[Any] = []
        # Where each list ends among all items: None for null, -1 for one that could not be read.
        ends: list[int | None] = []
        faults: Faults = {}
        for number, value in enumerate(values):
            if value is None or value is Undefined:
                ends.append(None)
                continue
            try:
                items += _items(value, self.place)
                ends.append(len(items))
            except Exception as error:  # noqa: BLE001  (it is the field's, of this list)
                ends.append(-1)
                add(faults, number, [self.place.fault(error)])
        done, wrong = self.item.settled(await self.item.complete(items, run))
        lists: list[Any] = []
        begin = 0
        for number, end in enumerate(ends):
            if end is None or end < 0:
                lists.append(None if end is None else BROKEN)
                continue
            one = done[begin:end]
            if wrong:
                for item in range(begin, end):
                    add_below(faults, number, wrong.get(item, ()), item - begin)
                if BROKEN in one:
                    one = BROKEN
            lists.append(one)
            begin = end
        return lists, faults or None

    async def _of_one(self, items: list[Any], run: "Run") -> Completed:
        """One list alone is completed as it is: it may say what its rows have in common (`Row`)."""
        done, wrong = self.item.settled(await self.item.complete(items, run))
        faults: Faults = {}
        for item, more in (wrong or {}).items():
            add_below(faults, 0, more, item)
        return [BROKEN if wrong and BROKEN in done else done], faults or None


def _items(value: Any, place: Place) -> Sequence[Any]:
    """What is in a list. Raises the exception that stands in its place, or what is no list."""
    if isinstance(value, list):
        return value
    if isinstance(value, Exception):
        raise value
    if not is_iterable(value):
        raise GraphQLError(f"Expected Iterable, but did not find one for field '{place.name}'.")
    return list(value)


class RowShape(Shape):
    """Rows of one object type."""

    __slots__ = ("level",)

    def __init__(self, level: "Level", place: Place, *, required: bool) -> None:
        super().__init__(place, required=required)
        self.level = level

    async def complete(self, values: Sequence[Any], run: "Run") -> Completed:
        return await scattered(values, self.place, lambda rows: self.level.complete(rows, run))


class EitherShape(Shape):
    """Rows of an interface or a union, told apart by the `__typename` that they carry."""

    __slots__ = ("_levels", "_plan")

    def __init__(self, plan: "Callable[[str], Level]", place: Place, *, required: bool) -> None:
        """`plan` makes the level of a type, which is done when a row of it first comes."""
        super().__init__(place, required=required)
        self._plan = plan
        self._levels: dict[str, Level] = {}

    def _level(self, kind: str | Exception) -> "Level | Exception":
        """The level of the type, or why a row cannot be of it."""
        if isinstance(kind, Exception):
            return kind
        level = self._levels.get(kind)
        if level is None:
            try:
                level = self._levels[kind] = self._plan(kind)
            except Exception as error:  # noqa: BLE001  (it is the field's, of those rows)
                return error
        return level

    async def _of_kind(self, kind: str | Exception, rows: Sequence[Any], run: "Run") -> Completed:
        level = self._level(kind)
        if not isinstance(level, Exception):
            return await level.complete(rows, run)
        fault = self.place.fault(level)
        return [BROKEN] * len(rows), {number: [fault] for number in range(len(rows))}

    async def complete(self, values: Sequence[Any], run: "Run") -> Completed:
        async def each_kind(rows: Sequence[Any]) -> Completed:
            kinds: dict[str | Exception, list[int]] = {}
            for number, row in enumerate(rows):
                kinds.setdefault(_kind(row), []).append(number)
            done: list[Any] = [None] * len(rows)
            faults: Faults = {}
            for kind, numbers in kinds.items():
                found, wrong = await self._of_kind(kind, [rows[n] for n in numbers], run)
                for number, value in zip(numbers, found, strict=True):
                    done[number] = value
                for number, more in (wrong or {}).items():
                    add(faults, numbers[number], more)
            return done, faults or None

        return await scattered(values, self.place, each_kind)


def _kind(row: Any) -> str | Exception:
    """The type that a row says it is of."""
    try:
        return str(row["__typename"])
    except Exception as error:  # noqa: BLE001  (it says none)
        return error


NO_ROW = (NoneType, UndefinedType, Exception)
"""What stands in the place of a row where there is none."""


async def scattered(
    values: Sequence[Any], place: Place, complete: Callable[[Sequence[Any]], Awaitable[Completed]]
) -> Completed:
    """Completes those values that are rows, and puts each where it belongs."""
    of_rows_alone = hasattr(values, "columns")  # see `origins.Row`
    if of_rows_alone or not any(issubclass(kind, NO_ROW) for kind in set(map(type, values))):
        return await complete(values)
    numbers, faults = [], Faults()
    for number, value in enumerate(values):
        if isinstance(value, Exception):
            add(faults, number, [place.fault(value)])
        elif value is not None and value is not Undefined:
            numbers.append(number)
    found, wrong = await complete([values[number] for number in numbers])
    done: list[Any] = [BROKEN if number in faults else None for number in range(len(values))]
    for number, value in zip(numbers, found, strict=True):
        done[number] = value
    for number, more in (wrong or {}).items():
        add(faults, numbers[number], more)
    return done, faults or None
