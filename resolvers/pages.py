"""Keyset pages: the cost of a page does not grow with what lies before it or with the table.

A cursor holds the place of a row in its list: the value that the list is sorted by, and the id.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from models.base import FirmModel
from models.errors import ValidationError
from models.unit_of_work import Row, current
from models.visibility import few_visible, visible
from resolvers.filters import Where
from resolvers.reading import is_read, will_read
from resolvers.selecting import listed


@dataclass(frozen=True)
class Order:
    """A sort that an index serves: an expression over `t` of an SQL type, then the id.

    What is `optional` may be absent: then it comes last. Such a list only runs up.
    """

    expression: str
    sql_type: str
    descending: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Window:
    """Which part of a list: how many, from which end, between which cursors."""

    size: int
    backward: bool = False
    after: str | None = None
    before: str | None = None


async def page(
    model: type[FirmModel], order: Order, window: Window, where: Where | None = None
) -> dict[str, Any]:
    """One page of the rows that the viewer may see and `where` allows."""
    unit, asked = current(), where or Where()
    table, condition = _seen(model, asked)
    values = list(asked.values)  # then those of the cursors; a count asks without these
    tail = f"order by {_ordering(order, window.backward)} limit {reach(model, window)}"
    stretches = _stretches(order, window, values)
    columns, joins = listed(model, will_read(model), "id")
    # A page without cursors has no use for them.
    if is_read(f"{model.__name__}Connection", "edges", "page_info"):
        columns += f", to_jsonb({order.expression}) #>> '{{}}' as sort_key"
    if len(stretches) == 1:
        kept = f"{table} t{joins} where {condition} and {stretches[0]}"
    else:
        # Each in order as far as the page reaches, by its index; the page is then among these.
        parts = (f"select t.* from {table} t where {condition} and {stretch} {tail}"
                 for stretch in stretches)  # fmt: skip
        kept = f"(({') union all ('.join(parts)})) t{joins}"
    rows = await unit.fetch(f"select {columns} from {kept} {tail}", *values)

    async def count() -> int:
        return int(await unit.fetchval(
            f"select count(*) from (select 1 from {table} t where {condition}"
            " limit 10001) counted", *asked.values,
        ))  # fmt: skip

    return connection(rows, window) | {"count": count}


def _seen(model: type[FirmModel], asked: Where) -> tuple[str, str]:
    """What rows `t` are read from, and the predicate that is then asked of them: together they are
    those of `asked` that the viewer may see."""
    viewer = current().viewer
    few = few_visible(model, viewer)
    if few is None:
        return model.table(), f"{visible(model, viewer)} and ({asked.sql})"
    # `offset 0` keeps the planner to them: in the order of the page it would look through all rows.
    parts = (
        f"(select t.* from {model.table()} t where {these} and ({asked.sql}) offset 0)"
        for these in few
    )
    return f"({' union all '.join(parts)})", "true"


def reach(model: type[FirmModel], window: Window) -> int:
    """How many rows a page has to see: one more than it shows where it is asked if more follow."""
    asked = is_read(f"{model.__name__}Connection", "page_info") and is_read(
        "PageInfo", "has_next_page", "has_previous_page"
    )
    return window.size + asked


def connection(rows: list[Row], window: Window) -> dict[str, Any]:
    """The rows of a page as a connection's own row, which takes the list over: it is cut where one
    row too many tells that more follow, and turned round if it was read backward."""
    more = len(rows) > window.size
    del rows[window.size :]
    if window.backward:
        rows.reverse()
    return {
        "nodes": rows,
        "has_next_page": more and not window.backward,
        "has_previous_page": more and window.backward,
    }


def edges(connection: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a page, each with its cursor."""
    return [{"cursor": cursor_of(row), "node": row} for row in connection["nodes"]]


def page_info(connection: Mapping[str, Any]) -> dict[str, Any]:
    """Where a page lies."""
    nodes = connection["nodes"]
    return {
        "has_next_page": connection["has_next_page"],
        "has_previous_page": connection["has_previous_page"],
        "start_cursor": cursor_of(nodes[0]) if nodes else None,
        "end_cursor": cursor_of(nodes[-1]) if nodes else None,
    }


def cursor_of(row: Mapping[str, Any]) -> str:
    """The cursor of a row that was read with its `sort_key`."""
    return base64.urlsafe_b64encode(orjson.dumps([row["sort_key"], row["id"].hex])).decode()


def opened(cursor: str, path: str, read: Callable[[Any], Any]) -> tuple[Any, UUID]:
    """What a cursor says, its key as `read` reads it. Raises ValidationError."""
    try:
        key, id = orjson.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        return read(key), UUID(id)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValidationError("This is not a cursor of this list.", path=(path,)) from error


def text(key: Any) -> str:
    """The key, if it is a text. Raises ValueError."""
    if not isinstance(key, str) or "\0" in key:
        raise ValueError("not a text that the database knows")
    return key


_PARSED: dict[str, Callable[[Any], Any]] = {
    "date": date.fromisoformat, "text": text, "uuid": UUID,
}  # fmt: skip


def _read(order: Order, cursor: str, path: str) -> tuple[Any, UUID]:
    parsed = _PARSED[order.sql_type]
    return opened(cursor, path, lambda key: None if key is None and order.optional else parsed(key))


def _ordering(order: Order, backward: bool) -> str:
    # Where absent values stand is left to the database: an index serves its own way alone.
    direction = "desc" if order.descending != backward else "asc"
    return f"{order.expression} {direction}, t.id {direction}"


def _stretches(order: Order, window: Window, values: list[Any]) -> list[str]:
    """The predicates for what lies between the cursors, whose parameters are added to `values`:
    rows with a key, then those without, each one index range."""
    keyed, absent = [], []
    for cursor, path in ((window.after, "after"), (window.before, "before")):
        if cursor is None:
            continue
        key, id = _read(order, cursor, path)
        if key is None:
            values.append(id)
            keyed.append("false" if path == "after" else f"{order.expression} is not null")
            absent.append(f"t.id {'>' if path == 'after' else '<'} ${len(values)}")
        else:
            keyed.append(_beyond(order, key, id, values, forward=path == "after"))
            absent.append("true" if path == "after" else "false")
    if not keyed:
        return ["true"]
    stretches = [" and ".join(keyed)]
    if order.optional:
        stretches.append(f"{order.expression} is null and {' and '.join(absent)}")
    return stretches


def _beyond(order: Order, key: Any, id: UUID, values: list[Any], *, forward: bool) -> str:
    """The predicate for what comes after a place in the list, or before it."""
    values += [key, id]
    place = f"(${len(values) - 1}::{order.sql_type}, ${len(values)})"
    # Compared as one row, which an index can be entered by.
    return f"({order.expression}, t.id) {'>' if forward != order.descending else '<'} {place}"
