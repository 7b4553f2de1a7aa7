"""Payments: money that came in for an invoice, once by each provider's own id."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields
from uuid_utils.compat import uuid7

from models import ledger
from models.base import FirmModel, belongs_to
from models.clients import firm_today
from models.errors import Conflict, ValidationError, inside
from models.events import EventKind
from models.invoices import Invoice
from models.ledger import Account
from models.money import Money
from models.unit_of_work import current
from models.visibility import Sight

BY_HAND = "manual"
"""The provider of what somebody typed in."""


class Payment(FirmModel):
    """An amount received. `applied` settles the invoice, the rest is the client's credit."""

    thing: ClassVar[str] = "payment"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    invoice = belongs_to("Invoice")
    invoice_id: UUID
    client = belongs_to("Client")
    client_id: UUID
    currency = fields.CharField(3)
    amount = fields.BigIntField()
    applied = fields.BigIntField()
    received_on: date = fields.DateField()
    provider = fields.CharField(60)
    external_id = fields.CharField(255)

    class Meta:
        table = "payment"

    @classmethod
    async def receive(cls, invoice: Invoice, amount: Money, *, received_on: date | None = None,
                      provider: str = BY_HAND, external_id: str | None = None) -> Self:  # fmt: skip
        """Part of what is due, all of it or more. A repeat by its external id answers the first.

        Raises Conflict for another amount or invoice under the same external id.
        """
        invoice.must_be_issued()
        with inside("amount"):
            paid = amount.only(invoice.currency)
        if paid.minor <= 0:
            raise ValidationError("A payment is more than nothing.", path=("amount", "amount"))
        found = await cls._known(provider, external_id)
        if found is not None:
            if (found.invoice_id, found.amount) != (invoice.id, paid.minor):
                raise Conflict("Another payment was recorded under this external id.",
                               path=("externalId",), code="ID_TAKEN")  # fmt: skip
            return found
        today = await firm_today()
        day = received_on or today
        if day > today:
            raise ValidationError("A payment is recorded once it came in.", path=("receivedOn",))
        applied = min(paid.minor, await ledger.outstanding(invoice.id))
        made = await cls.create(EventKind.PAYMENT_RECEIVED, given={
            "invoice_id": invoice.id, "client_id": invoice.client_id,
            "currency": invoice.currency, "amount": paid.minor, "applied": applied,
            "received_on": day, "provider": provider, "external_id": external_id or uuid7().hex,
        })  # fmt: skip
        await ledger.post("payment", invoice, day, {
            Account.BANK: paid.minor, Account.RECEIVABLE: -applied,
            Account.CLIENT_CREDIT: applied - paid.minor,
        }, payment_id=made.id)  # fmt: skip
        return made

    @classmethod
    async def _known(cls, provider: str, external_id: str | None) -> Self | None:
        """The payment that was recorded under this id; no other can come while the invoice is
        held, and under another invoice the constraint refuses it."""
        row = await current().fetchrow(
            "select * from payment where provider = $1 and external_id = $2", provider, external_id
        )
        return None if row is None else cls.from_row(row)
