"""Time worked, what it is worth and what was billed for it: by client, member, service, month."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from models.permissions import Permission
from models.unit_of_work import current
from models.viewer import Viewer
from resolvers.filters import Where
from resolvers.reports import months
from resolvers.reports.facts import TIME_SUMS, time_facts
from resolvers.reports.periods import MOST_ROWS, must_be_a_period, must_not_be_too_many
from resolvers.reports.sums import Figures

_COUNTS = ("seconds", "billable_seconds", "unpriced_seconds")
_AMOUNTS = ("standard_value", "billed", "billed_value")


class WorkedBy(StrEnum):
    CLIENT = "client_id"
    MEMBER = "member_id"
    SERVICE = "service_id"
    MONTH = "month"


_ORDER = {
    WorkedBy.MONTH: "g.month",
    WorkedBy.CLIENT: "(select name from client where id = g.client_id), g.client_id",
    WorkedBy.MEMBER: "(select name from member where id = g.member_id), g.member_id",
    WorkedBy.SERVICE: "(select name from service where id = g.service_id), g.service_id",
}


_COLUMNS = {"client": "t.client_id", "job": "t.job_id", "member": "t.member_id",
            "service": "j.service_id"}  # fmt: skip


async def worked(
    first: date, last: date, group_by: Sequence[WorkedBy], **asked: Mapping[str, Any] | None
) -> dict[str, Any]:
    """A row for each combination that occurs, and the sums of them all."""
    must_be_a_period(first, last)
    by = [dimension for dimension in _ORDER if dimension in group_by]
    filters = [(_COLUMNS[name], comparators) for name, comparators in asked.items()]
    if months.suffice(first, last):
        return await months.worked(first, last, by, filters)
    where = Where()
    where.add("t.local_date between {} and {}", first, last)
    for column, comparators in filters:
        where.compare(column, comparators)
    rows = await current().fetch(
        f"{sums_sql(current().viewer, where.sql, by)} limit {MOST_ROWS + 1}", *where.values
    )
    must_not_be_too_many(rows)
    found: dict[tuple[Any, ...], Figures] = {}
    total = Figures(_COUNTS, _AMOUNTS)
    for row in rows:
        place = tuple(row[dimension] for dimension in by)
        found.setdefault(place, Figures(_COUNTS, _AMOUNTS)).add(row)
        total.add(row)
    return {
        "rows": [
            dict.fromkeys(WorkedBy) | dict(zip(by, place, strict=True)) | _told(figures)
            for place, figures in found.items()
        ],
        "totals": _told(total),
    }


def sums_sql(viewer: Viewer, where: str, by: Sequence[WorkedBy]) -> str:
    """The report as a query: a row for each combination and currency, in order; of no currency
    for who sees no billing."""
    dimensions = "".join(f"f.{dimension}, " for dimension in by)
    order = "".join(f"{_ORDER[dimension]}, " for dimension in by)
    currency = "f.currency" if viewer.may(Permission.READ_BILLING) else "null::text"
    return f"""select g.* from (
        select {dimensions} {currency} as currency, {TIME_SUMS}
        from ({time_facts(viewer, where)}) f group by {dimensions} {currency}) g
      order by {order} g.currency"""


def _told(figures: Figures) -> dict[str, Any]:
    return figures.row | {"realisation": figures.share("billed", "billed_value")}
