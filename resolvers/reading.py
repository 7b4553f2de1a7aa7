"""Reading rows, by id and by parent, always within what the viewer may see.

Rows are positional database records, not model objects: making objects costs more than the query.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextvars import ContextVar
from functools import lru_cache
from uuid import UUID

from models.base import MANAGED, FirmModel
from models.unit_of_work import Row, current
from models.visibility import visible

WILL_READ: ContextVar[Mapping[str, Collection[str] | None]] = ContextVar("will_read")
"""Which columns somebody will read of the rows that are being asked for, by the model's name;
all of those of a model that is not named."""


def listed(model: type[FirmModel], *needed: str) -> str:
    """The columns of `t` that will be read, and those that are needed here, for a SELECT."""
    columns = WILL_READ.get({}).get(model.__name__)
    return _listed(model, None if columns is None else {*columns, *needed})


def is_read(rows: str, *columns: str) -> bool:
    """Whether somebody will read any of these columns of the rows of that name; yes, where that is
    not known."""
    read = WILL_READ.get({}).get(rows)
    return read is None or not set(columns).isdisjoint(read)


async def by_ids(
    model: type[FirmModel], ids: Sequence[UUID], columns: Collection[str] | None = None
) -> list[Row | None]:
    """One row or None for each id, in order; hidden and foreign ids are None.

    `columns` are those that are read of them; all, where that is not known.
    """
    found = await found_by_id(model, ids, columns)
    return [found.get(id) for id in ids]


async def found_by_id(
    model: type[FirmModel], ids: Sequence[UUID], columns: Collection[str] | None = None
) -> dict[UUID, Row]:
    """Those of the rows that the viewer may see, by id."""
    unit = current()
    rows = await unit.fetch(
        f"select {_listed(model, columns, 'id')} from {model.table()} t where t.id = any($1)"
        f" and {visible(model, unit.viewer)}",
        list(ids),
    )
    return {row["id"]: row for row in rows}


async def children(
    model: type[FirmModel], keys: Sequence[UUID], columns: Collection[str] | None = None, *,
    by: str, order: str = "id", where: str = "true",
) -> list[list[Row]]:  # fmt: skip
    """For each key the rows whose column `by` holds it, ordered."""
    found = await children_by_key(model, keys, columns, by=by, order=order, where=where)
    return [found[key] for key in keys]


async def children_by_key(
    model: type[FirmModel], keys: Sequence[UUID], columns: Collection[str] | None = None, *,
    by: str, order: str = "id", where: str = "true",
) -> dict[UUID, list[Row]]:  # fmt: skip
    """The same by the key; every key is there."""
    unit = current()
    rows = await unit.fetch(
        f"select {_listed(model, columns, by)} from {model.table()} t"
        f" where t.{by} = any($1) and ({where}) and {visible(model, unit.viewer)} order by {order}",
        list(keys),
    )
    return _by_key(keys, rows, by)


def _listed(model: type[FirmModel], columns: Collection[str] | None, *keys: str) -> str:
    return "t.*" if columns is None else _list(model, frozenset(columns), keys)


@lru_cache(maxsize=4_000)
def _list(model: type[FirmModel], columns: frozenset[str], keys: tuple[str, ...]) -> str:
    """The columns to be read, always the same way for the same ones: a statement is prepared once.

    What is no column of the model was put there by whoever reads it: then all are read.
    """
    if not {*MANAGED, *model.columns()}.issuperset(columns):
        return "t.*"
    return ", ".join(f"t.{name}" for name in sorted({*keys, *columns}))


def grouped(keys: Sequence[UUID], rows: Iterable[Row], by: str = "parent") -> list[list[Row]]:
    """For each key those rows whose column `by` holds it, in the order they come."""
    found = _by_key(keys, rows, by)
    return [found[key] for key in keys]


def _by_key(keys: Sequence[UUID], rows: Iterable[Row], by: str) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = {key: [] for key in keys}
    for row in rows:
        found[row[by]].append(row)
    return found


async def one(model: type[FirmModel], id: UUID) -> Row | None:
    return (await by_ids(model, [id]))[0]
