"""The cards of a board's columns: a page of each, in one statement."""

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from models.unit_of_work import Row, current
from resolvers.boards.columns import Column, Figures
from resolvers.boards.kinds import Kind
from resolvers.filters import Where
from resolvers.pages import Order, Window, after_cursor, connection, reach
from resolvers.reading import will_read
from resolvers.selecting import listed

_IN_ORDER = Order("t.position", "text")


class Cards(NamedTuple):
    """What a column's row carries to find its cards by, and to count them."""

    kind: Kind
    where: Where
    column: Column
    figures: Figures


async def of_columns(parents: Sequence[Row], window: Window) -> list[dict[str, Any]]:
    """For each column a page of its cards in board order; one document may ask several boards."""
    boards: dict[int, list[Row]] = {}
    for parent in parents:
        boards.setdefault(id(parent["_cards"].figures), []).append(parent)
    pages: dict[UUID, dict[str, Any]] = {}
    for columns in boards.values():
        found = await _of_board([column["_cards"] for column in columns], window)
        pages |= {column["id"]: shown for column, shown in zip(columns, found, strict=True)}
    return [pages[parent["id"]] for parent in parents]


async def _of_board(asked: Sequence[Cards], window: Window) -> list[dict[str, Any]]:
    kind, where, _, figures = asked[0]
    values = list(where.values)
    after = window.after
    further = "" if after is None else f" and {after_cursor(_IN_ORDER, after, values)}"
    listing, joins = listed(kind.model, will_read(kind.model), "id")
    pages = " union all ".join(
        f"(select {listing}, t.position::text as sort_key,"
        f" {number} as column_number from {kind.table} t{joins}"
        f" where {where.sql} and ({cards.column.cards}){further}"
        f" order by t.position, t.id limit {reach(kind.model, window)})"
        for number, cards in enumerate(asked)
    )
    found: list[list[Row]] = [[] for _ in asked]
    for row in await current().fetch(pages, *values):
        found[row["column_number"]].append(row)
    return [
        connection(rows, window) | {"count": partial(figures.count, cards.column)}
        for rows, cards in zip(found, asked, strict=True)
    ]
