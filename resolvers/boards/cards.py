"""The cards of a board's columns: a page of each, in one statement."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from models.unit_of_work import Row, current
from resolvers.pages import Order, Window, after_cursor, connection
from resolvers.reading import will_read
from resolvers.selecting import listed

_IN_ORDER = Order("t.position", "text")


async def of_columns(parents: Sequence[Row], window: Window) -> list[dict[str, Any]]:
    """For each column a page of its cards in board order; one document may ask several boards."""
    boards: dict[int, list[Row]] = {}
    for parent in parents:
        boards.setdefault(id(parent["_cards"][1]), []).append(parent)
    pages: dict[UUID, dict[str, Any]] = {}
    for columns in boards.values():
        found = await _of_board(columns, window)
        pages |= {column["id"]: shown for column, shown in zip(columns, found, strict=True)}
    return [pages[parent["id"]] for parent in parents]


async def _of_board(columns: Sequence[Row], window: Window) -> list[dict[str, Any]]:
    kind, where, _, counted = columns[0]["_cards"]
    values = list(where.values)
    after = window.after
    further = "" if after is None else f" and {after_cursor(_IN_ORDER, after, values)}"
    listing, joins = listed(kind.model, will_read(kind.model), "id")
    pages = " union all ".join(
        f"(select {listing}, t.position::text as sort_key,"
        f" {number} as column_number from {kind.table} t{joins}"
        f" where {where.sql} and ({column['_cards'][2].cards}){further}"
        f" order by t.position, t.id limit {window.size + 1})"
        for number, column in enumerate(columns)
    )
    found: list[list[Row]] = [[] for _ in columns]
    for row in await current().fetch(pages, *values):
        found[row["column_number"]].append(row)
    return [
        connection(rows, window) | {"count": partial(counted.count, column["_cards"][2])}
        for rows, column in zip(found, columns, strict=True)
    ]
