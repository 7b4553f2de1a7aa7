"""Time entries."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.invoices import Invoice
from models.time_entries import TimeEntry
from models.unit_of_work import Row, current
from models.visibility import visible
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


async def billed(parents: Sequence[Row]) -> list[bool]:
    """Whether each entry stands on a live invoice."""
    rows = await current().fetch(
        "select time_entry_id from invoice_line_time"
        " where time_entry_id = any($1) and voided_at is null", [row["id"] for row in parents],
    )  # fmt: skip
    found = {row["time_entry_id"] for row in rows}
    return [row["id"] in found for row in parents]


async def invoices(parents: Sequence[Row]) -> list[Row | None]:
    """The live invoice that each entry stands on."""
    unit = current()
    rows = await unit.fetch(
        "select t.*, b.time_entry_id from invoice_line_time b"
        " join invoice t on t.firm_id = b.firm_id and t.id = b.invoice_id"
        " where b.time_entry_id = any($1) and b.voided_at is null"
        f" and {visible(Invoice, unit.viewer)}", [row["id"] for row in parents],
    )  # fmt: skip
    found = {row["time_entry_id"]: row for row in rows}
    return [found.get(row["id"]) for row in parents]


async def log(**given: Any) -> TimeEntry:
    return await TimeEntry.log(**given)


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> TimeEntry:
    return await (await TimeEntry.load(id)).change(changes, expected_version)


async def remove(*, id: UUID) -> None:
    await (await TimeEntry.load(id)).remove()
