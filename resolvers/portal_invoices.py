"""What a contact's clients owe. Drafts do not exist for the portal's role."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from models.invoices.standing import STATUS, InvoiceStatus
from models.unit_of_work import Row, current
from resolvers.invoices import standing as standing_inside
from resolvers.portal_requests import MOST, THEIRS
from resolvers.reading import grouped


class InvoiceState(StrEnum):
    """Where an invoice stands, in a client's words."""

    OPEN = "open"
    OVERDUE = "overdue"
    PAID = "paid"
    CREDITED = "credited"


_STATE = {
    InvoiceStatus.ISSUED: InvoiceState.OPEN, InvoiceStatus.PART_PAID: InvoiceState.OPEN,
    InvoiceStatus.OVERDUE: InvoiceState.OVERDUE, InvoiceStatus.PAID: InvoiceState.PAID,
    InvoiceStatus.CREDITED: InvoiceState.CREDITED,
}  # fmt: skip


async def invoices() -> list[Row]:
    """What is still to be paid first, by its due date; then the latest."""
    return await current().fetch(
        "select i.* from (select t.id, t.client_id, t.number, t.currency, t.issue_date, t.due_date,"
        f" t.net, t.tax, t.total, {STATUS} in ('paid', 'credited') as settled from invoice t"
        f" where {THEIRS}) i"
        " order by i.settled, case when not i.settled then i.due_date end, i.id desc"
        f" limit {MOST}"
    )


async def standing(parents: Sequence[Row]) -> list[dict[str, Any]]:
    """For each invoice its state, and what is outstanding, paid and credited."""
    return [
        row | {"state": _STATE[InvoiceStatus(row["status"])]}
        for row in await standing_inside(parents)
    ]


async def lines(parents: Sequence[Row]) -> list[list[Row]]:
    """For each invoice what it charges for, in order."""
    ids = [row["id"] for row in parents]
    rows = await current().fetch(
        "select id, invoice_id, description, currency, net, tax from invoice_line"
        " where invoice_id = any($1) order by position", ids,
    )  # fmt: skip
    return grouped(ids, rows, "invoice_id")
