"""The ledger: double entry, only ever added to. Debits are positive, credits negative."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.events import EventKind
from models.unit_of_work import current
from models.visibility import Sight

if TYPE_CHECKING:
    from models.invoices import Invoice


class Account(StrEnum):
    RECEIVABLE = "receivable"
    FEES = "fees"
    ADJUSTMENTS = "adjustments"
    TAX = "tax"
    BANK = "bank"
    CLIENT_CREDIT = "client_credit"


class LedgerTransaction(FirmModel):
    """What one document posted: entries of one currency that sum to nothing."""

    thing: ClassVar[str] = "ledger transaction"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    kind = fields.CharField(10)
    client = belongs_to("Client")
    client_id: UUID
    currency = fields.CharField(3)
    invoice = belongs_to("Invoice")
    invoice_id: UUID
    payment = belongs_to("Payment", null=True)
    payment_id: UUID | None
    credit_note = belongs_to("CreditNote", null=True)
    credit_note_id: UUID | None
    posted_on: date = fields.DateField()

    class Meta:
        table = "ledger_transaction"


class LedgerEntry(FirmModel):
    """An amount on an account: a debit where it is positive, a credit where it is negative."""

    thing: ClassVar[str] = "ledger entry"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    transaction = belongs_to("LedgerTransaction")
    transaction_id: UUID
    account = fields.CharField(20)
    amount = fields.BigIntField()
    client = belongs_to("Client")
    client_id: UUID
    currency = fields.CharField(3)
    invoice = belongs_to("Invoice", null=True)
    invoice_id: UUID | None

    class Meta:
        table = "ledger_entry"


async def post(
    kind: str, invoice: "Invoice", on: date, amounts: Mapping[Account, int], **document: UUID
) -> None:
    """Post a document's amounts in minor units. COMMIT refuses what does not sum to nothing."""
    entries = {account: amount for account, amount in amounts.items() if amount}
    if not entries:
        return
    about = {"client_id": invoice.client_id, "currency": invoice.currency,
             "invoice_id": invoice.id}  # fmt: skip
    made = await LedgerTransaction.create(
        EventKind.TRANSACTION_POSTED, given={"kind": kind, "posted_on": on, **about, **document}
    )
    await LedgerEntry.record_all(EventKind.ENTRY_POSTED, [
        {"transaction_id": made.id, "account": account.value, "amount": amount, **about}
        for account, amount in entries.items()
    ])  # fmt: skip


async def outstanding(invoice_id: UUID) -> int:
    """What is still to be paid of an invoice, in minor units."""
    due: int = await current().fetchval(
        "select coalesce(sum(amount), 0)::bigint from ledger_entry"
        " where invoice_id = $1 and account = 'receivable'", invoice_id,
    )  # fmt: skip
    return due
