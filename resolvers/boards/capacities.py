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
    """For each column the seconds its people work: on its own days, else within the horizon."""
    if not columns:
        return []
    spans = [_days(column, today) for column in columns]
    first = min(first for first, _ in spans)
    last = max(last for _, last in spans)
    if last < first:
        return [0 for _ in columns]
    where = people.and_also()
    # Each member's by themselves only where some column is one member's.
    apart = any(column.member_id for column in columns)
    sql = (daily_sql if apart else together_sql)(where.sql, where.value(first), where.value(last))
    by_member: dict[UUID | None, list[Row]] = defaultdict(list)
    for row in await current().fetch(sql, *where.values):
        by_member[None].append(row)  # everyone's, for columns that are no member's
        if apart:
            by_member[row["member_id"]].append(row)
    return [
        sum(row["seconds"] for row in by_member[column.member_id] if begun <= row["day"] <= until)
        for column, (begun, until) in zip(columns, spans, strict=True)
    ]


def _days(column: Column, today: date) -> tuple[date, date]:
    """Those that a column plans for; what has passed of them is not to be had."""
    first, last = column.days or (today, today + HORIZON - _DAY)
    return max(first, today), last
