"""How long clients took: from when a job began to wait for them until it waited no more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import chain, repeat
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from models.firms import Firm
from models.money import ratio
from models.unit_of_work import Row, current
from models.visibility import visible
from models.waiting import Waiting
from models.working_days import BusinessDays
from resolvers.filters import Where
from resolvers.reports.periods import MOST_ROWS, must_be_a_period, must_not_be_too_many


class TurnaroundBy(StrEnum):
    CLIENT = "client_id"
    MONTH = "month"


Key = tuple[UUID | None, date | None]
_DAY = timedelta(days=1)


async def turnaround(
    first: date, last: date, group_by: Sequence[TurnaroundBy],
    client: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A row for each combination in which anything came, by client's name, then month; and all."""
    must_be_a_period(first, last)
    firm = await Firm.load(current().viewer.firm_id, lock=False)
    where = Where()
    zone = ZoneInfo(firm.time_zone)
    begin, end = (
        datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, last + _DAY)
    )
    where.add("t.ended_at >= {} and t.ended_at < {}", begin, end)
    where.compare("t.client_id", client)
    rows = await _stretches(where, firm.time_zone)
    must_not_be_too_many(rows)
    if not rows:
        return {"rows": [], "totals": _told([])}
    days = BusinessDays(min(row["asked"] for row in rows), last, await firm.holidays())
    found: dict[Key, list[int]] = defaultdict(list)
    for row in rows:
        found[_key(row, group_by)].extend(
            repeat(days.after(row["asked"], row["came"]), row["count"])
        )
    return {
        "rows": [{"client_id": client_id, "month": month} | _told(taken)
                 for (client_id, month), taken in _in_order(found)],
        "totals": _told(chain.from_iterable(found.values())),
    }  # fmt: skip


def _in_order(found: Mapping[Key, list[int]]) -> list[tuple[Key, list[int]]]:
    """As they were read, a client's months one after the other; without clients by month."""
    numbers: dict[UUID | None, int] = {}
    for client_id, _ in found:
        numbers.setdefault(client_id, len(numbers))
    return sorted(found.items(), key=lambda item: (numbers[item[0][0]], item[0][1] or date.min))


def _key(row: Row, group_by: Sequence[TurnaroundBy]) -> Key:
    client_id = row["client_id"] if TurnaroundBy.CLIENT in group_by else None
    return client_id, row["came"].replace(day=1) if TurnaroundBy.MONTH in group_by else None


async def _stretches(where: Where, zone: str) -> list[Row]:
    """From which day to which, and how many of them, where the firm is. What a job that was given
    up had waited for never came."""
    here = where.value(zone)
    return await current().fetch(
        f"""with stretch as (
            select t.client_id, (t.since at time zone {here})::date as asked,
              (t.ended_at at time zone {here})::date as came, count(*)::int as count
            from waiting t join job j on j.firm_id = t.firm_id and j.id = t.job_id
            where t.whom = 'client' and {where.sql} and j.category <> 'cancelled'
              and {visible(Waiting, current().viewer)}
            group by 1, 2, 3 limit {MOST_ROWS + 1})
          select s.* from stretch s order by
            (select lower(c.name) from client c where c.id = s.client_id), s.client_id, s.came""",
        *where.values,
    )  # fmt: skip


def _told(taken: Iterable[int]) -> dict[str, Any]:
    sorted_days = sorted(taken)
    return {
        "count": len(sorted_days), "median_days": _median(sorted_days),
        "mean_days": ratio(sum(sorted_days), len(sorted_days)),
        "longest_days": sorted_days[-1] if sorted_days else None,
    }  # fmt: skip


def _median(sorted_days: Sequence[int]) -> Decimal | None:
    if not sorted_days:
        return None
    middle = len(sorted_days) // 2
    return ratio(sorted_days[middle] + sorted_days[-1 - middle], 2)
