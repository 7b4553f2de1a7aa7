"""Time worked, without what it is worth: read from the sums by month that are kept with it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from models.base import FirmModel
from models.clients import Client
from models.members import Member
from models.time_entries import TimeEntry
from models.unit_of_work import current
from models.visibility import visible
from models.workflows import Service
from resolvers.filters import Where
from resolvers.reading import WILL_READ, is_read
from resolvers.reports.periods import MOST_ROWS, must_not_be_too_many
from resolvers.selecting import joined_to_many, name_of

_WORTH = ("standard_value", "billed", "realisation", "unpriced_seconds")
_SUMS = ("seconds", "billable_seconds")
_DIMENSIONS = {"client_id": "t.client_id", "member_id": "t.member_id", "service_id": "j.service_id",
               "month": "t.month"}  # fmt: skip

_ABSENT = {name: "null::date" if name == "month" else "null::uuid" for name in _DIMENSIONS}
_NAMED: dict[str, type[FirmModel]] = {
    "client_id": Client, "member_id": Member, "service_id": Service,
}  # fmt: skip
"""Dimensions whose rows come by name."""


def suffice(first: date, last: date) -> bool:
    """Whether nobody will read what the time is worth, and the period is of whole months."""
    worth = is_read("WorkedRow", *_WORTH) or (
        is_read("WorkedReport", "totals") and is_read("WorkedSums", *_WORTH)
    )
    return not worth and first.day == 1 and (last + timedelta(days=1)).day == 1


async def worked(
    first: date, last: date, by: Sequence[str],
    filters: Iterable[tuple[str, Mapping[str, Any] | None]],
) -> dict[str, Any]:  # fmt: skip
    """The rows in the order of `by`, and their sums, as `worked.worked` has them."""
    where = Where()
    where.add("t.month between {} and {}", first, last)
    for column, comparators in filters:
        where.compare(column, comparators)
    summed = _SUMS if is_read("WorkedReport", "totals") else ()
    rows = await current().fetch(f"{_sql(where, by, summed)} limit {MOST_ROWS + 1}", *where.values)
    must_not_be_too_many(rows)
    return {"rows": rows, "totals": {name: sum(row[name] for row in rows) for name in summed}}


def _sql(where: Where, by: Sequence[str], summed: Sequence[str]) -> str:
    listed = ", ".join(
        f"{column if name in by else _ABSENT[name]} as {name}"
        for name, column in _DIMENSIONS.items()
    )
    sums = ", ".join(f"total(t.{name}) as {name}" for name in _SUMS)
    # Without dimensions there is one row, or none where there is nothing.
    grouped = ", ".join(_DIMENSIONS[name] for name in by)
    order = [f"{name_of(name)}, g.{name}" if name in _NAMED else f"g.{name}" for name in by]
    columns, joins = joined_to_many(
        WILL_READ.get({}).get("WorkedRow"), [*_DIMENSIONS, *_SUMS], summed,
        {name: _NAMED[name] for name in by if name in _NAMED},
    )  # fmt: skip
    return f"""select {columns} from (
        select {listed}, {sums}
        from worked_month t left join job j on j.firm_id = t.firm_id and j.id = t.job_id
        where {where.sql} and {visible(TimeEntry, current().viewer)}
        {f"group by {grouped}" if by else "having count(*) > 0"}) g
      {joins}
      {f"order by {', '.join(order)}" if by else ""}"""
