"""The cards of a board's columns: a page of each, in one statement."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from models.unit_of_work import Row, current
from resolvers.boards.columns import Alike, Column
from resolvers.boards.figures import Figures
from resolvers.boards.sources import Source
from resolvers.boards.stretches import Left, left_after
from resolvers.filters import Where
from resolvers.pages import Window, connection, reach
from resolvers.reading import will_read
from resolvers.selecting import listed


class Cards(NamedTuple):
    """What a column's row carries to find its cards by, and to count them."""

    source: Source
    column: Column
    figures: Figures


async def of_columns(parents: Sequence[Row], window: Window) -> list[dict[str, Any]]:
    """For each column a page of its cards, one statement for each board that a document asks for.

    Raises ValidationError for a cursor of another list.
    """
    boards: dict[int, list[Row]] = {}
    for parent in parents:
        boards.setdefault(id(parent["_cards"].figures), []).append(parent)
    pages: dict[UUID, dict[str, Any]] = {}
    for columns in boards.values():
        found = await _of_board([column["_cards"] for column in columns], window)
        pages |= {column["id"]: shown for column, shown in zip(columns, found, strict=True)}
    return [pages[parent["id"]] for parent in parents]


async def _of_board(asked: Sequence[Cards], window: Window) -> list[dict[str, Any]]:
    source = asked[0].source
    where = source.where.and_also()
    alike: dict[Alike, list[int]] = {}
    for number, cards in enumerate(asked):
        alike.setdefault(cards.column.alike, []).append(number)
    pages = []
    for like, numbers in alike.items():
        if stretches := [one for one in like.stretches if source.reaches(one) is not None]:
            values = _values({number: asked[number].column for number in numbers}, where)
            pages += [
                _pages(source, like, left, reach(source.kind.model, window), values)
                for left in left_after(stretches, window.after, where)
            ]
    found: list[list[Row]] = [[] for _ in asked]
    sql = source.beginning + " union all ".join(pages)
    for row in await current().fetch(sql, *where.values) if pages else ():
        found[row["column_number"]].append(row)
    return [
        connection(rows, window) | {"count": partial(cards.figures.count, cards.column)}
        for rows, cards in zip(found, asked, strict=True)
    ]


def _values(columns: Mapping[int, Column], where: Where) -> str:
    """The relation of columns by their numbers in the answer, with the values `a` and `b` of each:
    it is joined as `c`, see Alike."""
    first, second = zip(*(column.values for column in columns.values()), strict=True)
    numbers, a, b = (where.value(list(values)) for values in (columns, first, second))
    rows = f"unnest({numbers}::int[], {a}::text[], {b}::text[])"
    return f"(select v.* from {rows} v (number, a, b))"


def _pages(source: Source, like: Alike, left: Left, count: int, values: str) -> str:
    """The query for what is read of the first cards left of each of the columns that are alike.

    `values` is the relation of these columns.
    """
    stretch, _ = left
    model = source.kind.model
    columns, joins = listed(model, will_read(model), "id")
    return (
        f"(select {columns}, {stretch.sort_key} as sort_key, t.column_number"
        f" from ({source.pages(values, like, left, count)}) t{joins}"
        f" order by t.column_number, {stretch.order})"
    )
