"""Engagements."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models import ending
from models.engagements import Engagement
from models.unit_of_work import Row, current
from resolvers.reading import grouped

MOST_SHOWN = 50


async def services(parents: Sequence[Row]) -> list[list[Row]]:
    ids = [row["id"] for row in parents]
    rows = await current().fetch(
        "select o.engagement_id as parent, t.* from engagement_service o"
        " join service t on t.firm_id = o.firm_id and t.id = o.service_id"
        " where o.engagement_id = any($1) order by t.name, t.id", ids,
    )  # fmt: skip
    return grouped(ids, rows)


async def start(**given: Any) -> Engagement:
    return await Engagement.start(**given)


async def endings(parents: Sequence[Row], *, on: date | None) -> list[dict[str, Any]]:
    """What would end with each of them: the first of it, and how much it is."""
    engagements = [Engagement.from_row(row) for row in parents]
    return [
        {"last_day": found.last_day,
         "recurrences": found.recurrences[:MOST_SHOWN],
         "recurrence_count": len(found.recurrences),
         "jobs": found.jobs[:MOST_SHOWN], "job_count": len(found.jobs)}
        for found in await ending.endings(engagements, on)
    ]  # fmt: skip


async def end(*, id: UUID, end_date: date | None = None) -> Engagement:
    return await ending.end(await Engagement.load(id), end_date)
