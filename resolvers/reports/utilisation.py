"""How much of the hours people have went into billable work."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from models.capacities import daily_sql
from models.money import ratio
from models.permissions import Role
from models.time_entries import TimeEntry
from models.unit_of_work import current
from models.viewer import Viewer
from models.visibility import visible
from resolvers.filters import Where
from resolvers.reports.periods import MOST_ROWS, must_be_a_period, must_not_be_too_many
from resolvers.reports.sums import Figures

_COUNTS = ("capacity_seconds", "seconds", "billable_seconds")


class UtilisationBy(StrEnum):
    MEMBER = "member_id"
    MONTH = "month"


_ORDER = {
    UtilisationBy.MONTH: "g.month",
    UtilisationBy.MEMBER: "(select name from member where id = g.member_id), g.member_id",
}


async def utilisation(
    first: date, last: date, group_by: Sequence[UtilisationBy],
    member: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A row for each combination that occurs, and the sums of them all."""
    must_be_a_period(first, last)
    unit, where = current(), Where()
    days = [where.value(first), where.value(last)]
    people = where.inner()
    people.add(members_seen(unit.viewer))
    people.compare("m.id", member)
    by = [dimension for dimension in _ORDER if dimension in group_by]
    named = "".join(f"x.{dimension}, " for dimension in by)
    order = "".join(f"{_ORDER[dimension]}, " for dimension in by)
    rows = await unit.fetch(
        f"""select g.* from (
          select {named} sum(x.capacity_seconds) as capacity_seconds, sum(x.seconds) as seconds,
            sum(x.billable_seconds) as billable_seconds
          from (
            select member_id, date_trunc('month', day)::date as month, seconds as capacity_seconds,
              0 as seconds, 0 as billable_seconds
            from ({daily_sql(people.sql, *days)}) c
            union all
            select t.member_id, date_trunc('month', t.local_date)::date, 0, t.seconds,
              case t.billing when 'billable' then t.seconds else 0 end
            from time_entry t join member m on m.firm_id = t.firm_id and m.id = t.member_id
            where t.local_date between {days[0]} and {days[1]} and ({people.sql})
              and {visible(TimeEntry, unit.viewer)}) x
          group by {named} ()) g order by {order} 1 limit {MOST_ROWS + 1}""",
        *where.values,
    )  # fmt: skip
    must_not_be_too_many(rows)
    total = Figures(_COUNTS, ())
    for row in rows:
        total.add(row)
    return {"rows": [dict.fromkeys(UtilisationBy) | _told(dict(row)) for row in rows],
            "totals": _told(total.row)}  # fmt: skip


def members_seen(viewer: Viewer) -> str:
    """The predicate on members `m` whose hours are the viewer's to read: a contractor's own."""
    return "m.id = viewer_member()" if viewer.role is Role.CONTRACTOR else "true"


def _told(row: dict[str, Any]) -> dict[str, Any]:
    counts = {name: int(row[name] or 0) for name in _COUNTS}
    return row | counts | {
        "utilisation": ratio(counts["billable_seconds"], counts["capacity_seconds"])
    }  # fmt: skip
