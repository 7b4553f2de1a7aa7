"""Time entries."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.time_entries import TimeEntry
from models.unit_of_work import Row
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of

_BY_DATE = Order("t.local_date", "date", descending=True)


async def page(
    window: Window, *,
    member: Mapping[str, Any] | None = None, client: Mapping[str, Any] | None = None,
    job: Mapping[str, Any] | None = None, task: Mapping[str, Any] | None = None,
    local_date: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    for column, asked in (("member_id", member), ("client_id", client), ("job_id", job),
                          ("task_id", task), ("local_date", local_date)):  # fmt: skip
        where.compare(f"t.{column}", asked)
    return await page_of(TimeEntry, _BY_DATE, window, where)


async def log(**given: Any) -> TimeEntry:
    return await TimeEntry.log(**given)


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> TimeEntry:
    return await (await TimeEntry.load(id)).change(changes, expected_version)


async def remove(*, id: UUID) -> None:
    await (await TimeEntry.load(id)).remove()
