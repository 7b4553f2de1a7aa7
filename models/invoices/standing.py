"""Where invoices stand, derived from their documents and the ledger; nothing of it is stored."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from models.unit_of_work import Row, current


class InvoiceStatus(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    PART_PAID = "part_paid"
    PAID = "paid"
    CREDITED = "credited"
    OVERDUE = "overdue"


_OF = "where x.firm_id = t.firm_id and x.invoice_id = t.id"
DUE = f"(select coalesce(sum(x.amount), 0) from ledger_entry x {_OF} and x.account = 'receivable')"
_PAID = f"(select coalesce(sum(x.applied), 0) from payment x {_OF})"
# Null before there is a credit note: one of nothing takes all of an invoice of nothing back.
_CREDITED = f"(select sum(x.amount) from credit_note x {_OF})"
_TODAY = "(select (clock_timestamp() at time zone f.time_zone)::date from firm f)"

STATUS = f"""(case
  when t.state = 'draft' then 'draft'
  when {_CREDITED} = t.total then 'credited'
  when {DUE} = 0 then 'paid'
  when t.due_date < {_TODAY} then 'overdue'
  when {DUE} < t.total then 'part_paid'
  else 'issued' end)"""
"""The status of the invoice `t`, where its firm is today."""


async def standings(ids: Sequence[UUID]) -> dict[UUID, Row]:
    """For each invoice its status and what is outstanding, paid and credited, in minor units."""
    rows = await current().fetch(
        f"select t.id, {STATUS} as status, {DUE}::bigint as outstanding, {_PAID}::bigint as paid,"
        f" coalesce({_CREDITED}, 0)::bigint as credited from invoice t where t.id = any($1)",
        list(ids),
    )
    return {row["id"]: row for row in rows}
