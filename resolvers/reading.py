"""Reading rows, by id and by parent, always within what the viewer may see.

Rows are positional database records, not model objects: making objects costs more than the query.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from models.base import FirmModel
from models.unit_of_work import Row, current
from models.visibility import visible


async def by_ids(model: type[FirmModel], ids: Sequence[UUID]) -> list[Row | None]:
    """One row or None for each id, in order; hidden and foreign ids are None."""
    unit = current()
    rows = await unit.fetch(
        f"select t.* from {model.table()} t where t.id = any($1) and {visible(model, unit.viewer)}",
        list(ids),
    )
    found = {row["id"]: row for row in rows}
    return [found.get(id) for id in ids]


async def children(
    model: type[FirmModel], keys: Sequence[UUID], *, by: str, order: str = "id",
    where: str = "true",
) -> list[list[Row]]:  # fmt: skip
    """For each key the rows whose column `by` holds it, ordered."""
    unit = current()
    rows = await unit.fetch(
        f"select t.* from {model.table()} t where t.{by} = any($1) and ({where})"
        f" and {visible(model, unit.viewer)} order by {order}",
        list(keys),
    )
    return grouped(keys, rows, by)


def grouped(keys: Sequence[UUID], rows: Iterable[Row], by: str = "parent") -> list[list[Row]]:
    """For each key those rows whose column `by` holds it, in the order they come."""
    found: dict[UUID, list[Row]] = {key: [] for key in keys}
    for row in rows:
        found[row[by]].append(row)
    return [found[key] for key in keys]


async def one(model: type[FirmModel], id: UUID) -> Row | None:
    return (await by_ids(model, [id]))[0]
