"""Time worked, without what it is worth: read from the sums by month that are kept with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from models.time_entries import TimeEntry
from models.unit_of_work import current
from models.visibility import visible
from resolvers.filters import Where
from resolvers.reading import is_read
from resolvers.reports.periods import MOST_ROWS, must_not_be_too_many

_WORTH = ("standard_value", "billed", "realisation", "unpriced_seconds")
_SUMS = ("seconds", "billable_seconds")
_DIMENSIONS = {"client_id": "t.client_id", "member_id": "t.member_id", "service_id": "j.service_id",
               "month": "t.month"}  # fmt: skip


def suffice(first: date, last: date) -> bool:
    """Whether nobody will read what the time is worth, and the period is of whole months."""
    worth = is_read("WorkedRow", *_WORTH) or (
        is_read("WorkedReport", "totals") and is_read("WorkedSums", *_WORTH)
    )
    return not worth and first.day == 1 and (last + timedelta(days=1)).day == 1


async def worked(
    first: date, last: date, by: Sequence[str], order: Sequence[str],
    filters: Iterable[tuple[str, Mapping[str, Any] | None]],
) -> dict[str, Any]:  # fmt: skip
    """The rows and their sums, as `worked.worked` has them."""
    viewer, where = current().viewer, Where()
    where.add("t.month between {} and {}", first, last)
    for column, comparators in filters:
        where.compare(column, comparators)
    listed = ", ".join(
        f"{column if name in by else 'null'} as {name}" for name, column in _DIMENSIONS.items()
    )
    grouped = ", ".join(_DIMENSIONS[name] for name in by)
    rows = await current().fetch(
        f"""select g.* from (
          select {listed}, sum(t.seconds)::bigint as seconds,
            sum(t.billable_seconds)::bigint as billable_seconds
          from worked_month t left join job j on j.firm_id = t.firm_id and j.id = t.job_id
          where {where.sql} and {visible(TimeEntry, viewer)} and t.entries > 0
          {f"group by {grouped}" if by else "having count(*) > 0"}) g
        {f"order by {', '.join(order)}" if order else ""} limit {MOST_ROWS + 1}""",
        *where.values,
    )
    must_not_be_too_many(rows)
    return {"rows": rows, "totals": {name: sum(row[name] for row in rows) for name in _SUMS}}
