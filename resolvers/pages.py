"""Keyset pages: the cost of a page does not grow with what lies before it or with the table."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from models.base import FirmModel
from models.errors import ValidationError
from models.unit_of_work import current
from models.visibility import visible


@dataclass(frozen=True)
class Order:
    """A sort that an index serves: an expression over `t`, its SQL type, then the id.

    Absent values come last, whichever way the list runs.
    """

    expression: str
    sql_type: str
    descending: bool = False


@dataclass(frozen=True)
class Window:
    """Which part of a list: how many, from which end, between which cursors."""

    size: int
    backward: bool = False
    after: str | None = None
    before: str | None = None


BY_ID = Order("t.id", "uuid")


async def page(
    model: type[FirmModel], order: Order, window: Window, where: str = "true",
    arguments: Sequence[Any] = (),
) -> dict[str, Any]:  # fmt: skip
    """One page of the rows that the viewer may see and `where` (on `t`, $1…) allows."""
    unit = current()
    condition = f"{visible(model, unit.viewer)} and ({where})"
    values = list(arguments)
    bounds = "".join(
        f" and {beyond(order, cursor, values, forward=forward)}"
        for cursor, forward in ((window.after, True), (window.before, False))
        if cursor is not None
    )
    rows = await unit.fetch(
        f"select t.*, to_jsonb({order.expression}) #>> '{{}}' as sort_key"
        f" from {model.table()} t where {condition}{bounds}"
        f" order by {_ordering(order, window.backward)} limit {window.size + 1}",
        *values,
    )

    async def count() -> int:
        return int(await unit.fetchval(
            f"select count(*) from (select 1 from {model.table()} t where {condition}"
            " limit 10001) counted", *arguments,
        ))  # fmt: skip

    return connection(rows, window) | {"count": count}


def connection(rows: Sequence[Mapping[str, Any]], window: Window) -> dict[str, Any]:
    """The rows of a page (one too many tells that more follow) as a connection's own row."""
    more = len(rows) > window.size
    kept = list(rows[: window.size])
    if window.backward:
        kept.reverse()
    edges = [{"cursor": cursor_of(row), "node": row} for row in kept]
    return {
        "edges": edges,
        "nodes": kept,
        "page_info": {
            "has_next_page": more and not window.backward,
            "has_previous_page": more and window.backward,
            "start_cursor": edges[0]["cursor"] if edges else None,
            "end_cursor": edges[-1]["cursor"] if edges else None,
        },
    }


def cursor_of(row: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([row["sort_key"], row["id"].hex])).decode()


def _read(cursor: str) -> tuple[str | None, str]:
    try:
        key, id = orjson.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        if (key is None or isinstance(key, str)) and len(bytes.fromhex(id)) == 16:
            return key, id
    except (ValueError, TypeError, binascii.Error):
        pass
    raise ValidationError("This is not a cursor of this list.", path=("after",))


def _ordering(order: Order, backward: bool) -> str:
    down = order.descending != backward
    direction = "desc" if down else "asc"
    nulls = "first" if backward else "last"
    if order is BY_ID:
        return f"t.id {direction}"
    return f"{order.expression} {direction} nulls {nulls}, t.id {direction}"


def beyond(order: Order, cursor: str, values: list[Any], *, forward: bool) -> str:
    """The predicate for rows after (or before) a cursor, absent keys being last."""
    key, id = _read(cursor)
    up = forward != order.descending
    sign = ">" if up else "<"
    values += [key, id]
    k = f"${len(values) - 1}::text::{order.sql_type}"
    i = f"${len(values)}::text::uuid"
    e = order.expression
    if order is BY_ID:
        return f"({k} is null or t.id {sign} {i})"
    same = f"{e} = {k} and t.id {sign} {i}"
    if key is None:
        tail = f"({e} is null and t.id {sign} {i} and {k} is null)"
        return tail if forward else f"({tail} or {e} is not null)"
    return f"({e} {sign} {k} or ({same}){f' or {e} is null' if forward else ''})"
