"""The hours that a board's people work, time off taken away."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from models.capacities import daily_sql, together_sql
from models.unit_of_work import Row, current
from resolvers.boards.columns import Column
from resolvers.boards.scope import HORIZON
from resolvers.filters import Where

_DAY = timedelta(days=1)


async def of(people: Where, columns: Sequence[Column], today: date) -> list[int]:
    """For each column the seconds its people work: in its own week, else within the horizon."""
    days = [column.week_start for column in columns if column.week_start is not None]
    last = max([today + HORIZON, *(day + timedelta(days=6) for day in days)])
    where = people.and_also()
    # Each member's by themselves only where some column is one member's.
    apart = any(column.member_id for column in columns)
    sql = (daily_sql if apart else together_sql)(
        where.sql, where.value(min([today, *days])), where.value(last)
    )
    by_member: dict[UUID | None, list[Row]] = defaultdict(list)
    for row in await current().fetch(sql, *where.values):
        by_member[None].append(row)  # everyone's, for columns that are no member's
        if apart:
            by_member[row["member_id"]].append(row)
    return [_within(column, by_member[column.member_id], today) for column in columns]


def _within(column: Column, hours: Sequence[Row], today: date) -> int:
    """Those of the days that a column plans for; what has passed of its week is not to be had."""
    start = max(column.week_start, today) if column.week_start else today
    end = column.week_start + timedelta(days=6) if column.week_start else today + HORIZON - _DAY
    return sum(row["seconds"] for row in hours if start <= row["day"] <= end)
