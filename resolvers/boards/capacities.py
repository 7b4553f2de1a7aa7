"""The hours that a board's people work, time off taken away."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.capacities import daily_sql
from models.unit_of_work import Row, current
from resolvers.boards.columns import Column
from resolvers.boards.scope import HORIZON

_DAY = timedelta(days=1)


async def of(
    people: Sequence[Mapping[str, Any]], columns: Sequence[Column], today: date
) -> list[int]:
    """For each column the seconds its people work: in its own week, else within the horizon."""
    days = [column.week_start for column in columns if column.week_start is not None]
    first = min([today, *days])
    last = max([today + HORIZON, *(day + timedelta(days=6) for day in days)])
    daily = daily_sql("m.id = any($1)", "$2", "$3")
    hours = await current().fetch(
        f"select {_whose(columns)} as member_id, d.day, total(d.seconds) as seconds"
        f" from ({daily}) d group by 1, 2", [row["id"] for row in people], first, last,
    )  # fmt: skip
    by_member: dict[UUID | None, list[Row]] = defaultdict(list, {None: list(hours)})
    for row in hours:
        if row["member_id"] is not None:
            by_member[row["member_id"]].append(row)
    return [_between(by_member[column.member_id], column, today) for column in columns]


def _whose(columns: Sequence[Column]) -> str:
    """Whose hours are told apart: each member's only where some column is one member's."""
    return "d.member_id" if any(column.member_id for column in columns) else "null::uuid"


def _between(hours: Sequence[Row], column: Column, today: date) -> int:
    start = max(column.week_start, today) if column.week_start else today
    end = column.week_start + timedelta(days=6) if column.week_start else today + HORIZON - _DAY
    return sum(row["seconds"] for row in hours if start <= row["day"] <= end)
