"""Invoices: lists, what hangs on them, and the verbs of their drafts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.errors import inside
from models.invoices import Invoice
from models.invoices.drafting import draft
from models.invoices.lines import InvoiceLine
from models.invoices.standing import STATUS, standings
from models.money import Money
from models.time_entries import TimeEntry
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of
from resolvers.reading import grouped

_NEWEST = Order("t.id", "uuid", descending=True)


async def page(
    window: Window, *, client: Mapping[str, Any] | None = None,
    job: Mapping[str, Any] | None = None, status: Mapping[str, Any] | None = None,
    issue_date: Mapping[str, Any] | None = None, due_date: Mapping[str, Any] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    for column, asked in (("t.client_id", client), ("t.job_id", job), (STATUS, status),
                          ("t.issue_date", issue_date), ("t.due_date", due_date)):  # fmt: skip
        where.compare(column, asked)
    return await page_of(Invoice, _NEWEST, window, where)


async def standing(parents: Sequence[Row]) -> list[dict[str, Any]]:
    """For each invoice its status, and what is outstanding, paid and credited."""
    found = await standings([row["id"] for row in parents])
    return [
        {"status": found[row["id"]]["status"]}
        | {name: Money(found[row["id"]][name], row["currency"]).row
           for name in ("outstanding", "paid", "credited")}
        for row in parents
    ]  # fmt: skip


async def tax_totals(parents: Sequence[Row]) -> list[list[dict[str, Any]]]:
    """For each invoice its lines' net and tax by category and rate."""
    ids = [row["id"] for row in parents]
    rows = await current().fetch(
        "select invoice_id, currency, tax_category as category, tax_rate as rate,"
        " sum(net)::bigint as net, sum(tax)::bigint as tax from invoice_line"
        " where invoice_id = any($1) group by 1, 2, 3, 4 order by 1, 4 desc, 3", ids,
    )  # fmt: skip
    totals = [
        {**dict(row), **{name: Money(row[name], row["currency"]).row for name in ("net", "tax")}}
        for row in rows
    ]
    return grouped(ids, totals, "invoice_id")  # type: ignore[return-value]


async def time_entries(parents: Sequence[Row]) -> list[list[Row]]:
    """For each line the first 250 entries that it bills."""
    unit, ids = current(), [row["id"] for row in parents]
    rows = await unit.fetch(
        "select e.*, p.id as line_id from unnest($1::uuid[]) p (id) cross join lateral ("
        " select t.* from invoice_line_time b join time_entry t"
        " on t.firm_id = b.firm_id and t.id = b.time_entry_id"
        f" where b.line_id = p.id and {visible(TimeEntry, unit.viewer)}"
        " order by t.local_date, t.id limit 250) e", ids,
    )  # fmt: skip
    return grouped(ids, rows, "line_id")


async def receivable(parents: Sequence[Row]) -> list[list[dict[str, str]]]:
    """For each client what it owes, an amount for each currency."""
    ids = [row["id"] for row in parents]
    rows = await current().fetch(
        "select client_id, currency, sum(amount)::bigint as minor from ledger_entry"
        " where client_id = any($1) and account = 'receivable'"
        " group by 1, 2 having sum(amount) <> 0 order by 1, 2", ids,
    )  # fmt: skip
    owed = grouped(ids, rows, "client_id")
    return [[Money(row["minor"], row["currency"]).row for row in each] for each in owed]


async def draft_invoice(**said: Any) -> Invoice:
    return await draft(**said)


async def add_line(*, invoice_id: UUID, price: Mapping[str, Any], **said: Any) -> dict[str, Any]:
    invoice = await Invoice.load(invoice_id, path=("invoiceId",))
    line = await invoice.add_line(price=amount(price, "price"), **said)
    return _both(line, invoice)


async def update_line(
    *, id: UUID, expected_version: int | None = None, **changes: Any
) -> dict[str, Any]:
    line, invoice = await _held(id)
    return _both(await invoice.change_line(line, changes, expected_version), invoice)


async def adjust_line(*, id: UUID, adjustment: Mapping[str, Any], reason: str) -> dict[str, Any]:
    line, invoice = await _held(id)
    by = amount(adjustment, "adjustment")
    return _both(await invoice.adjust_line(line, by, reason), invoice)


async def remove_line(*, id: UUID) -> dict[str, FirmModel]:
    line, invoice = await _held(id)
    await invoice.remove_line(line)
    return {"invoice": invoice}


async def discard(*, id: UUID) -> None:
    await (await Invoice.load(id)).discard()


async def issue(*, id: UUID, issue_date: date | None = None) -> Invoice:
    return await (await Invoice.load(id)).issue(issue_date)


def amount(given: Mapping[str, Any], part: str) -> Money:
    """What this part of an input says as money. Raises ValidationError."""
    with inside(part):
        return Money.of(given["amount"], given["currency"])


async def _held(line_id: UUID) -> tuple[InvoiceLine, Invoice]:
    """A line within its invoice, which is held first: whoever changes a draft waits there."""
    line = await InvoiceLine.load(line_id, lock=False)
    invoice = await Invoice.load(line.invoice_id)
    return await InvoiceLine.load(line_id), invoice


def _both(line: InvoiceLine, invoice: Invoice) -> dict[str, FirmModel]:
    return {"invoice_line": line, "invoice": invoice}
