"""The hours that a board's people work, time off taken away."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

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
    """Seconds per member and day of their employment, by the capacity that then holds."""
    rows = await current().fetch(
        """select m.id, d.day::date as day,
             c.weekday_seconds[extract(isodow from d.day)::int]
               / case when bool_or(o.id is not null) then 2 else 1 end as seconds
           from member m
           cross join generate_series($2::date, $3::date, interval '1 day') d (day)
           join lateral (select weekday_seconds from capacity where member_id = m.id
             and from_date <= d.day order by from_date desc limit 1) c on true
           left join time_off o on o.member_id = m.id and o.half_days
             and d.day between o.first_date and o.last_date
           where m.id = any($1) and d.day between coalesce(m.start_date, d.day)
             and coalesce(m.leave_date, d.day)
             and not exists (select from time_off f where f.member_id = m.id
               and not f.half_days and d.day between f.first_date and f.last_date)
           group by m.id, d.day, c.weekday_seconds""",
        members, first, last,
    )  # fmt: skip
    return {(row["id"], row["day"]): row["seconds"] for row in rows}
