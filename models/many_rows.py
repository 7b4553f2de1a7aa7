"""Many rows of one kind, each with its event, in one statement.

Who needs the new rows says `Model.record_all`; these are for the thousands of which nobody reads
more than was written.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from uuid_utils.compat import uuid7

from models import statements
from models.errors import Conflict
from models.events import EventKind
from models.unit_of_work import Row, current

if TYPE_CHECKING:
    from models.base import FirmModel

Changes = Mapping[str, Any]


async def add_all(
    model: "type[FirmModel]", kind: EventKind, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert them and read none of them anew; rows without an id are given one."""
    await insert(model, kind, [{"id": uuid7(), **row} for row in rows], told=False)


async def change_all(kind: EventKind, changed: "Sequence[tuple[FirmModel, Changes]]") -> None:
    """Change the same columns of each row; one in which nothing differs is passed over, as by
    `record`. Raises Conflict where one of them was changed meanwhile."""
    differing = [
        (row, changes)
        for row, changes in changed
        if any(getattr(row, name) != value for name, value in changes.items())
    ]
    if not differing:
        return
    first, changes = differing[0]
    written = await _written(
        statements.update_all(type(first), tuple(sorted(changes))), kind,
        [{"id": row.id, "version": row.version, **changes} for row, changes in differing],
    )  # fmt: skip
    if len(written) < len(differing):
        raise Conflict(f"A {first.thing} was changed meanwhile.", path=("expectedVersion",))
    by_id = {event["entity_id"]: event for event in written}
    for row, changes in differing:
        for name, value in changes.items():
            setattr(row, name, value)
        event = by_id[row.id]
        row.version, row.updated_at = event["entity_version"], event["at"]


async def insert(
    model: "type[FirmModel]", kind: EventKind, rows: Sequence[Mapping[str, Any]], *,
    told: bool = True,
) -> Sequence[Row]:  # fmt: skip
    """The rows, as they stand in the table by now where that is `told`. Raises Conflict where there
    is one by such an id already."""
    made = await inserted(model, kind, rows, told=told) if rows else ()
    if len(made) < len(rows):
        raise Conflict(f"A {model.thing} by one of these ids exists already.", path=("id",))
    return made


async def inserted(
    model: "type[FirmModel]", kind: EventKind, rows: Sequence[Mapping[str, Any]], *,
    told: bool = True,
) -> Sequence[Row]:  # fmt: skip
    """Those of them that were not there before."""
    said = set[str]().union(*rows)
    named = tuple(name for name in model.columns() if name in said)
    return await _written(statements.insert(model, named, told=told), kind, rows)


async def _written(sql: str, kind: EventKind, rows: Sequence[Mapping[str, Any]]) -> Sequence[Row]:
    unit = current()
    written = await unit.fetch(
        sql,
        statements.encode(list(rows)),
        unit.viewer.firm_id,
        unit.at,
        kind.value,
        unit.viewer.actor_id,
        unit.viewer.request_id,
    )
    unit.events.extend(row["event_id"] for row in written)
    return written
