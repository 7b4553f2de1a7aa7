"""Invoices, what was paid and credited, and the ledger beneath."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.firms import LegalEntity as LegalEntityRow
from models.invoices import Invoice as InvoiceRow
from models.invoices.credit_notes import CreditNote as CreditNoteRow
from models.invoices.lines import InvoiceLine as InvoiceLineRow
from models.invoices.lines import TaxCategory
from models.invoices.payments import Payment as PaymentRow
from models.invoices.standing import InvoiceStatus
from models.jobs import Job as JobRow
from models.ledger import Account
from models.ledger import LedgerEntry as LedgerEntryRow
from models.ledger import LedgerTransaction as LedgerTransactionRow
from models.members import Member as MemberRow
from models.permissions import Permission
from resolvers import invoices
from resolvers.reading import one
from schema import ids
from schema.clients import Client
from schema.enums import LedgerKind, described
from schema.fields import argument, batch, children, computed, field, node_id, query, relation
from schema.filters import DateFilter, IdFilter
from schema.firms import LegalEntity
from schema.inputs import given, given_field, input_type, reference
from schema.jobs import Job
from schema.members import Member
from schema.money import Money, money
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date, DateTime, DecimalText, Long

READ = Permission.READ_BILLING
_TimeEntry = Annotated["TimeEntry", strawberry.lazy("schema.time_entries")]
_LedgerEntry = Annotated["LedgerEntry", strawberry.lazy("schema.invoices")]

described(
    InvoiceStatus, "Where an invoice stands, by its documents and the day.",
    DRAFT="Being made; it has no number yet.", ISSUED="Issued, nothing was paid or credited.",
    PART_PAID="Something was paid or credited, something is due.", PAID="Nothing is due.",
    CREDITED="All of it was credited.", OVERDUE="Something is due past its due date.",
)  # fmt: skip
described(
    TaxCategory, "Why a line is taxed as it is (EN 16931).", STANDARD="At a rate above nothing.",
    ZERO="At a rate of nothing.", EXEMPT="Exempt from tax.",
)  # fmt: skip
described(
    Account, "Where an amount stands in the ledger.", RECEIVABLE="What the client is to pay.",
    FEES="What the work is worth.", ADJUSTMENTS="What it was written up or down by.",
    TAX="What is owed to the tax authority.", BANK="What came in.",
    CLIENT_CREDIT="What the client has to its credit.",
)  # fmt: skip


@node_type(InvoiceLineRow, "A line of an invoice.")
class InvoiceLine(Node):
    id: strawberry.ID = node_id(InvoiceLineRow)
    version: int = field("How often it was changed, from 1.")
    position: int = field("Its place on the invoice, from 1.")
    description: str = field("What is charged for.")
    member: Member | None = relation(MemberRow, by="member_id", allow=READ,
                                     description="Whose time it bills.")  # fmt: skip
    seconds: Long | None = field("The time it bills, in seconds; null for a fixed fee.")
    standard: Money = money("standard", "What it is worth: its time at its rates, or its price.")
    adjustment: Money = money("adjustment", "What it was written up by, or down if negative.")
    adjustment_reason: str | None = field("Why it was written up or down.")
    net: Money = money("net", "What is charged, before tax.")
    tax_category: TaxCategory = field("Why it is taxed as it is.")
    tax_rate: DecimalText = field("The tax rate, a percentage.")
    tax: Money = money("tax", "The tax on it, rounded half-up by itself.")
    time_entries: list[_TimeEntry] = batch(
        invoices.time_entries, allow=READ, cost=20,
        description="The first 250 entries it bills, by day; credited, they are free again.",
    )  # fmt: skip


@node_type(PaymentRow, "Money that came in for an invoice. It is never changed.")
class Payment(Node):
    id: strawberry.ID = node_id(PaymentRow)
    amount: Money = money("amount", "How much came in.")
    applied: Money = money("applied", "What of it settles the invoice; the rest is credit.")
    received_on: Date = field("When.")
    provider: str = field("By whom it came: a bank, a payment service, or `manual`.")
    external_id: str = field("The provider's own id of it.")


@node_type(CreditNoteRow, "What was taken back of an issued invoice. It is never changed.")
class CreditNote(Node):
    id: strawberry.ID = node_id(CreditNoteRow)
    number: int = field("Its number in the legal entity's series of credit notes.")
    issue_date: Date = field("When it was issued.")
    reason: str = field("Why.")
    net: Money = money("net", "What is taken back, before tax.")
    tax: Money = money("tax", "The tax on that.")
    amount: Money = money("amount", "Both together.")
    applied: Money = money("applied", "What of it was still to be paid; the rest is credit.")


@node_type(LedgerTransactionRow, "What one document posted: entries that sum to nothing.")
class LedgerTransaction(Node):
    id: strawberry.ID = node_id(LedgerTransactionRow)
    kind: LedgerKind = field("What kind of document posted it.")
    posted_on: Date = field("The document's day.")
    entries: list[_LedgerEntry] = children(
        LedgerEntryRow, by="transaction_id", order="account, id", allow=READ,
        description="Its entries.",
    )  # fmt: skip


@node_type(LedgerEntryRow, "An amount on an account. It is never changed.")
class LedgerEntry(Node):
    id: strawberry.ID = node_id(LedgerEntryRow)
    account: Account = field("Which account.")
    amount: Money = money("amount", "A debit if positive, a credit if negative.")
    transaction: LedgerTransaction = relation(
        LedgerTransactionRow, by="transaction_id", allow=READ, description="What it is part of."
    )


@strawberry.type(description="What is charged at one tax rate.")
class TaxTotal:
    category: TaxCategory = field("Why it is taxed so.")
    rate: DecimalText = field("The rate, a percentage.")
    net: Money = field("All lines at this rate, before tax.")
    tax: Money = field("The tax on them: the sum of the lines' own.")


def _standing(pick: str, description: str) -> object:
    return batch(invoices.standing, pick=pick, allow=READ, description=description)


@node_type(InvoiceRow, "What a client is asked to pay. Once issued it never changes.")
class Invoice(Node):
    id: strawberry.ID = node_id(InvoiceRow)
    version: int = field("How often it was changed, from 1.")
    number: int | None = field("Its number in the legal entity's series; null for a draft.")
    status: InvoiceStatus = _standing("status", "Where it stands.")
    client: Client = relation(ClientRow, by="client_id", allow=READ, description="Whose.")
    job: Job | None = relation(JobRow, by="job_id", allow=READ,
                               description="The job whose time it bills.")  # fmt: skip
    legal_entity: LegalEntity = relation(LegalEntityRow, by="legal_entity_id", allow=READ,
                                         description="Who invoices.")  # fmt: skip
    currency: str = field("ISO 4217 code of all its amounts.")
    issue_date: Date | None = field("When it was issued.")
    due_date: Date | None = field("When it is to be paid.")
    payment_terms_days: int = field("How many days after its issue it is to be paid.")
    net: Money = money("net", "The sum of its lines, before tax.")
    tax: Money = money("tax", "The sum of their tax.")
    total: Money = money("total", "Both together.")
    outstanding: Money = _standing("outstanding", "What is still to be paid, by the ledger.")
    paid: Money = _standing("paid", "What payments settled of it.")
    credited: Money = _standing("credited", "What was credited of it.")
    created_at: DateTime = field("When it was drafted.")
    pdf: str = computed("Where its PDF is served to members.",
                        lambda row: f"/documents/invoices/invoice_{row['id'].hex}.pdf")  # fmt: skip
    tax_totals: list[TaxTotal] = batch(invoices.tax_totals, allow=READ, cost=5,
                                       description="Its lines by tax rate.")  # fmt: skip
    lines: list[InvoiceLine] = children(InvoiceLineRow, by="invoice_id", order="position",
                                        allow=READ, cost=20,
                                        description="Its lines, in order.")  # fmt: skip
    payments: list[Payment] = children(PaymentRow, by="invoice_id", allow=READ,
                                       description="What came in, oldest first.")  # fmt: skip
    credit_notes: list[CreditNote] = children(
        CreditNoteRow, by="invoice_id", order="number", allow=READ,
        description="What was taken back, oldest first.",
    )  # fmt: skip
    ledger_entries: list[LedgerEntry] = children(
        LedgerEntryRow, by="invoice_id", order="transaction_id, account, id", allow=READ, cost=20,
        description="All that its documents posted.",
    )  # fmt: skip


@input_type("Asks something of where an invoice stands.")
class InvoiceStatusFilter:
    eq: InvoiceStatus | None = given_field("Is this.")
    in_: list[InvoiceStatus] | None = given_field("Is one of these.", name="in")


@input_type("Which invoices.")
class InvoiceFilter:
    client: IdFilter | None = reference(ClientRow, "Whose.")
    job: IdFilter | None = reference(JobRow, "Billing the time of which job.")
    status: InvoiceStatusFilter | None = given_field("Where they stand.")
    issue_date: DateFilter | None = given_field("Issued when.")
    due_date: DateFilter | None = given_field("Due when.")


@strawberry.type
class InvoiceQuery:
    @query(allow=READ, cost=10)
    async def invoices(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[InvoiceFilter | None, argument("Which; all unless said.")] = None,
    ) -> Connection[Invoice]:  # fmt: skip
        """The invoices that the viewer may see, the latest drafted first."""
        asked = {} if filter is None else given(filter)
        return await invoices.page(window(first, after, last, before), **asked)

    @query(allow=READ)
    async def invoice(
        info, id: Annotated[strawberry.ID, argument("Which invoice.")]
    ) -> Invoice | None:
        """One invoice; null when there is no such one."""
        return await one(InvoiceRow, ids.wanted(id, InvoiceRow))
