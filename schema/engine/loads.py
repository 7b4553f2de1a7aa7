"""What is loaded for the rows of a level: by the keys in them, or by the fields' own resolvers."""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from .faults import Faults
from .origins import ByKey, Parents, Read, Row, Source, read_together
from .shapes import NO_ROW, Completed, Shape

if TYPE_CHECKING:
    from .run import Run


@dataclass(slots=True)
class Keyed:
    """A field whose values a source has for keys in the rows; `read` is what is read of them."""

    key: str
    shape: Shape
    origin: ByKey
    read: Read


@dataclass(slots=True)
class Called:
    """A field whose values are told by one call with all rows."""

    key: str
    shape: Shape
    call: Callable[["Run", Parents], Awaitable[Sequence[Any]]]
    in_row: bool = False
    """Whether its values stand in the rows themselves."""
    share: Hashable = None
    """Fields that share this are told by one call."""
    pick: str | None = None
    """The part of each value that is the field's own."""


@dataclass(slots=True)
class Values:
    """What a field has for the rows of a level. Where several rows may share one, `keys` says whose
    is whose, None for a row that has none, and there is one value for each key that is `distinct`.
    """

    values: Sequence[Any]
    keys: Sequence[Any] | None = None
    distinct: Sequence[Any] = ()

    async def complete(self, shape: Shape, run: "Run") -> Completed:
        """One result for each row, what is shared completed once."""
        done, faults = await shape.complete(self.values, run)
        if self.keys is None or len(self.keys) == len(self.distinct):  # each row has its own
            return done, faults
        by_key = dict(zip(self.distinct, done, strict=True))
        wide = [by_key.get(key) for key in self.keys]
        return wide, self._spread(faults) if faults else None

    def _spread(self, faults: Faults) -> Faults:
        """The faults of what several rows share, at each of them."""
        assert self.keys is not None
        numbers = {key: number for number, key in enumerate(self.distinct)}
        shared = [numbers.get(key) for key in self.keys]
        return {row: list(faults[number]) for row, number in enumerate(shared)
                if number is not None and number in faults}  # fmt: skip


async def load(
    fields: Sequence[Keyed | Called], rows: Sequence[Row], run: "Run"
) -> dict[str, Values]:
    """The values of each field by its key in the answer, those of one source by one call."""
    found: dict[str, Values] = {}
    shared: dict[Hashable, Sequence[Any]] = {}
    sources: dict[Source, list[Keyed]] = {}
    for field in fields:
        if isinstance(field, Called):
            if field.share is None or field.share not in shared:  # under None it is nobody else's
                shared[field.share] = await _called(field, rows, run)
            found[field.key] = Values(_picked(shared[field.share], field.pick))
        elif refused := _refused(field, run):
            found[field.key] = Values([refused] * len(rows))
        else:
            sources.setdefault(field.origin.source, []).append(field)
    for source, together in sources.items():
        found |= await _of_source(source, together, rows, run)
    return found


async def _called(field: Called, rows: Sequence[Row], run: "Run") -> Sequence[Any]:
    """Every row's value; where the call fails it fails for each of them."""
    try:
        values: Any = await field.call(run, Parents(rows))
    except Exception as error:  # noqa: BLE001  (a resolver's fault is the field's)
        return [error] * len(rows)
    if not isinstance(values, Sequence):
        told = f"a {type(values).__name__}"
    elif len(values) != len(rows):
        told = f"{len(values)} values"
    else:
        return values
    name, wanted = field.shape.place.name, f"a list of {len(rows)}, one value for each row"
    return [ValueError(f"{name} told {told}; it has to tell {wanted}.")] * len(rows)


def _picked(values: Sequence[Any], pick: str | None) -> Sequence[Any]:
    """The part of each value that a field takes; a failure is one for each of its parts, and so is
    null."""
    if pick is None:
        return values
    with suppress(Exception):  # the one that has no parts is found below
        return [value[pick] for value in values]
    return [value if isinstance(value, NO_ROW) else value[pick] for value in values]


def _refused(field: Keyed, run: "Run") -> Exception | None:
    """Why whoever asks may not call the field, if they may not."""
    try:
        field.origin.admit(run.context)
    except Exception as error:  # noqa: BLE001  (a refusal is the field's)
        return error
    return None


async def _of_source(
    source: Source, fields: Sequence[Keyed], rows: Sequence[Row], run: "Run"
) -> dict[str, Values]:
    """Each field's values; the distinct keys of them all are asked for once."""
    keys = {field.key: [row[field.origin.by] for row in rows] for field in fields}
    distinct = {name: _distinct(mine) for name, mine in keys.items()}
    every = list(distinct.values())
    asked = every[0] if len(every) == 1 else _distinct(chain.from_iterable(every))
    found: Mapping[Any, Any] = {}
    if asked:
        try:
            read = read_together(field.read for field in fields).admitted(run.context)
            found = await source.load(asked, read)
        except Exception as error:  # noqa: BLE001  (it is the field's, at each row)
            found = dict.fromkeys(asked, error)
    return {name: Values([found.get(key) for key in mine], keys[name], mine)
            for name, mine in distinct.items()}  # fmt: skip


def _distinct(keys: Iterable[Any]) -> list[Any]:
    found = dict.fromkeys(keys)
    found.pop(None, None)
    return list(found)
