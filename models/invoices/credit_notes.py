"""Credit notes: what is taken back of an issued invoice, which itself never changes."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields
from uuid_utils.compat import uuid7

from models import ledger
from models.base import FirmModel, belongs_to
from models.billed_time import free_invoice
from models.clients import firm_today
from models.errors import Locked, ValidationError, inside
from models.events import EventKind
from models.invoices import Invoice
from models.invoices.numbering import next_number
from models.ledger import Account
from models.money import Money
from models.unit_of_work import current
from models.visibility import Sight


class CreditNote(FirmModel):
    """An amount credited. `applied` was still to be paid, the rest becomes the client's credit."""

    thing: ClassVar[str] = "credit note"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    invoice = belongs_to("Invoice")
    invoice_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    currency = fields.CharField(3)
    series = belongs_to("InvoiceSeries")
    series_id: UUID
    number = fields.IntField()
    issue_date: date = fields.DateField()
    reason = fields.CharField(500)
    net = fields.BigIntField()
    tax = fields.BigIntField()
    amount = fields.BigIntField()
    applied = fields.BigIntField()

    class Meta:
        table = "credit_note"

    @classmethod
    async def write(cls, invoice: Invoice, reason: str, amount: Money | None = None) -> Self:
        """Credit an amount, or all that is left; what is credited whole gives its time free.

        All of an invoice of nothing is nothing: a credit note of it voids the invoice.
        """
        invoice.must_be_issued()
        net, tax = await _creditable(invoice)
        left = net + tax
        with inside("amount"):
            credited = (left if amount is None else amount).only(invoice.currency)
        whole = credited == left
        if not (whole or 0 < credited.minor < left.minor):
            some = f"Between nothing and {left} can be credited."
            raise ValidationError(some if left.minor else "It is of nothing: credit no amount.",
                                  path=("amount", "amount"))  # fmt: skip
        net, tax = credited.split((net.minor, tax.minor))
        due = await ledger.outstanding(invoice.id)
        if whole:
            await free_invoice(invoice.id)
        return await cls._issue(invoice, reason, net, tax, min(credited.minor, due))

    @classmethod
    async def _issue(
        cls, invoice: Invoice, reason: str, net: Money, tax: Money, applied: int
    ) -> Self:
        """Post it and give it the next number, in this order: numbers are taken last."""
        id, day, amount = uuid7(), await firm_today(), net + tax
        await ledger.post("credit", invoice, day, {
            Account.FEES: net.minor, Account.TAX: tax.minor, Account.RECEIVABLE: -applied,
            Account.CLIENT_CREDIT: applied - amount.minor,
        }, credit_note_id=id)  # fmt: skip
        series_id, number = await next_number(invoice.legal_entity_id, "credit_note")
        return await cls.create(EventKind.CREDIT_NOTE_ISSUED, id=id, given={
            "invoice_id": invoice.id, "client_id": invoice.client_id,
            "currency": invoice.currency, "series_id": series_id, "number": number,
            "issue_date": day, "reason": reason, "net": net.minor, "tax": tax.minor,
            "amount": amount.minor, "applied": applied,
        })  # fmt: skip


async def _creditable(invoice: Invoice) -> tuple[Money, Money]:
    """What was not credited yet: net and tax. Raises Locked once all was."""
    row = await current().fetchrow(
        "select coalesce(sum(net), 0)::bigint as net, coalesce(sum(tax), 0)::bigint as tax,"
        " sum(amount) >= $2 as whole from credit_note where invoice_id = $1",
        invoice.id, invoice.total,
    )  # fmt: skip
    assert row is not None
    if row["whole"]:
        raise Locked(f"{invoice.name.capitalize()} has nothing left to credit.",
                     code="CREDITED")  # fmt: skip
    return (Money(invoice.net - row["net"], invoice.currency),
            Money(invoice.tax - row["tax"], invoice.currency))  # fmt: skip
