"""What is done with invoices: drafted, adjusted, issued, paid, credited."""

import strawberry

from models.clients import Client as ClientRow
from models.invoices import Invoice as InvoiceRow
from models.invoices.credit_notes import CreditNote as CreditNoteRow
from models.invoices.lines import InvoiceLine as InvoiceLineRow
from models.invoices.lines import TaxCategory
from models.invoices.payments import Payment as PaymentRow
from models.jobs import Job as JobRow
from models.permissions import Permission
from resolvers import invoices, payments
from schema.inputs import given_field, own_id, reference
from schema.invoices import CreditNote, Invoice, InvoiceLine, Payment
from schema.money import MoneyInput
from schema.mutations import mutation, verb_input
from schema.scalars import Date, DecimalText


@verb_input("Draft an invoice: of a job's unbilled billable time, or an empty one for a client.")
class DraftInvoice:
    id: strawberry.ID | None = own_id(InvoiceRow)
    job_id: strawberry.ID | None = reference(JobRow, "The job whose time it bills.")
    client_id: strawberry.ID | None = reference(ClientRow, "Whose; the job's unless said.")


@verb_input("Add a line to a draft, such as a fixed fee.")
class AddInvoiceLine:
    invoice_id: strawberry.ID = reference(InvoiceRow, "To which draft.", optional=False)
    description: str = given_field("What is charged for, 1 to 500 characters.", optional=False)
    price: MoneyInput = given_field("What it costs, before tax.", optional=False)
    tax_category: TaxCategory = given_field("Why it is taxed as it is; by its rate unless said.")
    tax_rate: DecimalText = given_field("A percentage; the firm's own unless said.")


@verb_input("Change a draft's line: what is absent stays as it is.")
class UpdateInvoiceLine:
    id: strawberry.ID = reference(InvoiceLineRow, "Which line.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    description: str = given_field("What is charged for, 1 to 500 characters.")
    tax_category: TaxCategory = given_field("Why it is taxed as it is.")
    tax_rate: DecimalText = given_field("A percentage.")


@verb_input("Write a draft's line up or down.")
class AdjustInvoiceLine:
    id: strawberry.ID = reference(InvoiceLineRow, "Which line.", optional=False)
    adjustment: MoneyInput = given_field(
        "What is charged beyond what it is worth; negative writes it down, nothing takes the"
        " adjustment back.", optional=False,
    )  # fmt: skip
    reason: str = given_field("Why, 1 to 500 characters.", optional=False)


@verb_input("Take a line off a draft; its time can be billed elsewhere.")
class RemoveInvoiceLine:
    id: strawberry.ID = reference(InvoiceLineRow, "Which line.", optional=False)


@verb_input("Give a draft up; its time can be billed elsewhere.")
class DiscardInvoice:
    id: strawberry.ID = reference(InvoiceRow, "Which draft.", optional=False)


@verb_input("Issue a draft: it gets the next number and never changes again.")
class IssueInvoice:
    id: strawberry.ID = reference(InvoiceRow, "Which draft.", optional=False)
    issue_date: Date | None = given_field("Its day, not ahead of today; today unless said.")


@verb_input("Record money that came in for an issued invoice.")
class RecordPayment:
    invoice_id: strawberry.ID = reference(InvoiceRow, "For which invoice.", optional=False)
    amount: MoneyInput = given_field(
        "How much; what is more than due becomes the client's credit.", optional=False
    )
    received_on: Date | None = given_field("When; today unless said.")
    provider: str = given_field("By whom it came, at most 60 characters; `manual` unless said.")
    external_id: str | None = given_field(
        "The provider's own id of it, at most 255 characters: sent again it is recorded once."
    )


@verb_input("Credit an issued invoice, in whole or in part.")
class CreditInvoice:
    invoice_id: strawberry.ID = reference(InvoiceRow, "Which invoice.", optional=False)
    reason: str = given_field("Why, 1 to 500 characters.", optional=False)
    amount: MoneyInput | None = given_field(
        "How much, tax included; all that was not credited yet unless said."
    )


_INVOICE = {"invoice": (Invoice, InvoiceRow)}
_LINE = {"invoice_line": (InvoiceLine, InvoiceLineRow), **_INVOICE}
_MANAGE, _ISSUE = Permission.MANAGE_BILLING, Permission.ISSUE_INVOICES


@strawberry.type
class InvoiceMutation:
    draft_invoice = mutation(
        invoices.draft_invoice, input=DraftInvoice, returns=_INVOICE, allow=_MANAGE,
        description="Draft an invoice of a job's unbilled time, or an empty one for a client.",
    )  # fmt: skip
    add_invoice_line = mutation(invoices.add_line, input=AddInvoiceLine, returns=_LINE,
                                allow=_MANAGE, description="Add a line to a draft.")  # fmt: skip
    update_invoice_line = mutation(
        invoices.update_line, input=UpdateInvoiceLine, returns=_LINE, allow=_MANAGE,
        description="Change what a draft's line says and how it is taxed.",
    )  # fmt: skip
    adjust_invoice_line = mutation(
        invoices.adjust_line, input=AdjustInvoiceLine, returns=_LINE, allow=_MANAGE,
        description="Write a draft's line up or down, with a reason.",
    )  # fmt: skip
    remove_invoice_line = mutation(
        invoices.remove_line, input=RemoveInvoiceLine, returns=_INVOICE, allow=_MANAGE,
        deletes=InvoiceLineRow, description="Take a line off a draft.",
    )  # fmt: skip
    discard_invoice = mutation(invoices.discard, input=DiscardInvoice, returns={}, allow=_MANAGE,
                               deletes=InvoiceRow, description="Give a draft up.")  # fmt: skip
    issue_invoice = mutation(
        invoices.issue, input=IssueInvoice, returns=_INVOICE, allow=_ISSUE,
        description="Issue a draft under the next number; from then on it never changes.",
    )  # fmt: skip
    record_payment = mutation(
        payments.record, input=RecordPayment, allow=_MANAGE,
        returns={"payment": (Payment, PaymentRow), **_INVOICE},
        description="Record money that came in; the same external id again is answered alike.",
    )  # fmt: skip
    credit_invoice = mutation(
        payments.credit, input=CreditInvoice, allow=_ISSUE,
        returns={"credit_note": (CreditNote, CreditNoteRow), **_INVOICE},
        description="Write a credit note; credited whole, an invoice's time is free again.",
    )  # fmt: skip
