"""Boards: which cards, in which columns, against whose hours."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from models import clients, clock
from models.unit_of_work import Row, current
from resolvers.boards import capacities, columns, scope
from resolvers.boards.kinds import JOBS, TASKS, Kind
from resolvers.filters import Where

__all__ = ["JOBS", "TASKS", "Kind", "board", "matching"]


async def board(
    kind: Kind, asked: Mapping[str, Any], grouping: str, only: str | None
) -> dict[str, Any]:
    """The board's columns with their counts; their cards are read when asked for."""
    today = await clients.firm_today()
    where = await scope.cards(kind, asked, today)
    people = await scope.people(asked, today)
    shown = await columns.of(kind, grouping, people, today)
    if only is not None:
        shown = [column for column in shown if column.key == only]
    counted = await columns.counted(kind, where, shown)
    hours = await capacities.of(people, shown, today)
    return {
        "server_time": await clock.now(),
        "columns": [
            _column(kind, where, column, count, seconds)
            for column, count, seconds in zip(shown, counted, hours, strict=True)
        ],
    }


async def matching(kind: Kind, asked: Mapping[str, Any], ids: list[UUID]) -> list[Row]:
    """Those of the cards that are on the board now."""
    where = await scope.cards(kind, asked, await clients.firm_today())
    place = where.value(ids)
    return list(await current().fetch(
        f"select t.* from {kind.table} t where t.id = any({place}) and {where.sql}", *where.values
    ))  # fmt: skip


def _column(
    kind: Kind, where: Where, column: columns.Column, count: Row, capacity: int
) -> dict[str, Any]:
    return {
        "id": uuid4(), "key": column.key, "title": column.title, "category": column.category,
        "member_id": column.member_id, "week_start": column.week_start, "count": count["count"],
        "remaining_seconds": count["remaining_seconds"], "capacity_seconds": capacity,
        "_cards": (kind, where, column),
    }  # fmt: skip
