"""What the firm has invoiced, and what of it is still to be paid."""

import strawberry

from models.invoices import Invoice as InvoiceRow
from models.invoices.lines import InvoiceLine as InvoiceLineRow
from portal.sign_in import Client
from resolvers import portal_invoices, portal_requests
from resolvers.portal_invoices import InvoiceState
from schema.enums import described
from schema.fields import CONTACT, batch, computed, field, node_id, query
from schema.money import Money, money
from schema.scalars import Date

described(
    InvoiceState, "Where an invoice stands.", OPEN="Something is to be paid.",
    OVERDUE="Something was to be paid by its due date, and was not.", PAID="All of it is settled.",
    CREDITED="All of it was taken back.",
)  # fmt: skip


@strawberry.type(description="Something that an invoice charges for.")
class InvoiceLine:
    id: strawberry.ID = node_id(InvoiceLineRow)
    description: str = field("What it is.")
    net: Money = money("net", "What is charged, before tax.")
    tax: Money = money("tax", "The tax on it.")


def _standing(pick: str, description: str) -> object:
    return batch(portal_invoices.standing, pick=pick, allow=CONTACT, description=description)


@strawberry.type(description="What a client is asked to pay.")
class Invoice:
    id: strawberry.ID = node_id(InvoiceRow)
    number: int = field("Its number.")
    client: Client = batch(portal_requests.client_of, allow=CONTACT, description="Whose.")
    issue_date: Date = field("When it was issued.")
    due_date: Date = field("When it is to be paid.")
    net: Money = money("net", "The sum of its lines, before tax.")
    tax: Money = money("tax", "The sum of their tax.")
    total: Money = money("total", "Both together.")
    state: InvoiceState = _standing("state", "Where it stands.")
    paid: Money = _standing("paid", "What payments settled of it.")
    credited: Money = _standing("credited", "What was taken back of it.")
    outstanding: Money = _standing("outstanding", "What is still to be paid.")
    lines: list[InvoiceLine] = batch(portal_invoices.lines, allow=CONTACT, cost=2,
                                     description="What it charges for, in order.")  # fmt: skip
    pdf: str = computed(
        "Where its PDF is served, to whoever is signed in here.",
        lambda row: f"/portal/documents/invoices/invoice_{row['id'].hex}.pdf",
    )


@strawberry.type
class InvoiceQuery:
    @query(allow=CONTACT, cost=10)
    async def invoices(info) -> list[Invoice]:
        """What was invoiced: what is still to be paid first; at most 250."""
        return await portal_invoices.invoices()
