"""The cards of a board's columns: a page of each, in one statement."""

from collections.abc import Sequence
from typing import Any

from models.unit_of_work import Row, current
from resolvers.pages import Order, Window, beyond, connection

_IN_ORDER = Order("t.position", "text")


async def of_columns(parents: Sequence[Row], size: int, after: str | None) -> list[dict[str, Any]]:
    """For each column a page of its cards in board order."""
    kind, where, _ = parents[0]["_cards"]
    values = list(where.values)
    further = "" if after is None else f" and {beyond(_IN_ORDER, after, values, forward=True)}"
    pages = " union all ".join(
        f"(select t.*, t.position::text as sort_key, {number} as column_number from {kind.table} t"
        f" where {where.sql} and ({parent['_cards'][2].cards}){further}"
        f" order by t.position, t.id limit {size + 1})"
        for number, parent in enumerate(parents)
    )
    found: list[list[Row]] = [[] for _ in parents]
    for row in await current().fetch(pages, *values):
        found[row["column_number"]].append(row)
    return [
        connection(rows, Window(size)) | {"count": _known(parent["count"])}
        for rows, parent in zip(found, parents, strict=True)
    ]


def _known(count: int) -> Any:
    async def counted() -> int:
        return count

    return counted
