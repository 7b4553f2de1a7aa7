"""Payments and credit notes on issued invoices."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.invoices import Invoice
from models.invoices.credit_notes import CreditNote
from models.invoices.payments import Payment
from resolvers.invoices import amount as money


async def record(
    *, invoice_id: UUID, amount: Mapping[str, Any], **said: Any
) -> dict[str, FirmModel]:
    invoice = await Invoice.load(invoice_id, path=("invoiceId",))
    return {"payment": await Payment.receive(invoice, money(amount, "amount"), **said),
            "invoice": invoice}  # fmt: skip


async def credit(
    *, invoice_id: UUID, reason: str, amount: Mapping[str, Any] | None = None
) -> dict[str, FirmModel]:
    invoice = await Invoice.load(invoice_id, path=("invoiceId",))
    part = None if amount is None else money(amount, "amount")
    return {"credit_note": await CreditNote.write(invoice, reason, part), "invoice": invoice}
