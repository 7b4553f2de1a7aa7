"""Reading rows, by id and by parent, always within what the viewer may see.

Rows are positional database records, not model objects: making objects costs more than the query.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from uuid import UUID

from models.base import FirmModel
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.selecting import Read, listed

WILL_READ: ContextVar[Mapping[str, Read]] = ContextVar("will_read")
"""What somebody will read of the rows that are being asked for, by the model's name; all of those
of a model that is not named."""


def will_read(model: type[FirmModel]) -> Read | None:
    """What somebody will read of the model's rows, None where that is not known."""
    return WILL_READ.get({}).get(model.__name__)


def is_read(rows: str, *columns: str) -> bool:
    """Whether somebody will read any of these columns of the rows of that name; yes, where that is
    not known."""
    read = WILL_READ.get({}).get(rows)
    return read is None or read.columns is None or not set(columns).isdisjoint(read.columns)


async def by_ids(model: type[FirmModel], ids: Sequence[UUID]) -> list[Row | None]:
    """One row or None for each id, in order; hidden and foreign ids are None."""
    found = await found_by_id(model, ids)
    return [found.get(id) for id in ids]


async def found_by_id(
    model: type[FirmModel], ids: Sequence[UUID], read: Read | None = None
) -> dict[UUID, Row]:
    """Those of the rows that the viewer may see, by id, with what is `read` of them."""
    unit = current()
    columns, joins = listed(model, read, "id")
    rows = await unit.fetch(
        f"select {columns} from {model.table()} t{joins} where t.id = any($1)"
        f" and {visible(model, unit.viewer)}",
        list(ids),
    )
    return {row["id"]: row for row in rows}


async def children(
    model: type[FirmModel], keys: Sequence[UUID], *,
    by: str, order: str = "id", where: str = "true",
) -> list[list[Row]]:  # fmt: skip
    """For each key the rows whose column `by` holds it, ordered."""
    found = await children_by_key(model, keys, by=by, order=order, where=where)
    return [found[key] for key in keys]


async def children_by_key(
    model: type[FirmModel], keys: Sequence[UUID], read: Read | None = None, *,
    by: str, order: str = "id", where: str = "true",
) -> dict[UUID, list[Row]]:  # fmt: skip
    """The same by the key, of which every one is there, with what is `read` of them."""
    unit = current()
    columns, joins = listed(model, read, by)
    rows = await unit.fetch(
        f"select {columns} from {model.table()} t{joins}"
        f" where t.{by} = any($1) and ({where}) and {visible(model, unit.viewer)} order by {order}",
        list(keys),
    )
    return _by_key(keys, rows, by)


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
