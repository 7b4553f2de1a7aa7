"""The hours that a board's people work, time off taken away."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from models.capacities import daily_sql
from models.unit_of_work import current
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
    hours = await _daily([row["id"] for row in people], first, last)
    return [_between(hours, column, today) for column in columns]


def _between(hours: Mapping[tuple[UUID, date], int], column: Column, today: date) -> int:
    start = max(column.week_start, today) if column.week_start else today
    end = column.week_start + timedelta(days=6) if column.week_start else today + HORIZON - _DAY
    return sum(
        seconds
        for (member_id, day), seconds in hours.items()
        if start <= day <= end and column.member_id in (None, member_id)
    )


async def _daily(members: list[UUID], first: date, last: date) -> dict[tuple[UUID, date], int]:
    rows = await current().fetch(daily_sql("m.id = any($1)", "$2", "$3"), members, first, last)
    return {(row["member_id"], row["day"]): row["seconds"] for row in rows}
