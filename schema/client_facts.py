"""What is known of a client beside its name: tax ids, addresses, and days that matter to it."""

from enum import StrEnum

import strawberry

from models.client_facts import ClientAddress as ClientAddressRow
from models.client_facts import ClientKeyDate as ClientKeyDateRow
from models.client_facts import ClientTaxId as ClientTaxIdRow
from models.permissions import Permission
from resolvers import client_facts
from schema.enums import described
from schema.fields import batch, field, node_id
from schema.nodes import Node, node_type
from schema.scalars import Date

READ = Permission.READ_CLIENTS


class AddressPurpose(StrEnum):
    POSTAL = "postal"
    BILLING = "billing"


described(AddressPurpose, "What an address is for.", POSTAL="Letters.",
          BILLING="Invoices, where they go elsewhere.")  # fmt: skip


@node_type(ClientTaxIdRow, "A number that an authority knows a client by.")
class ClientTaxId(Node):
    id: strawberry.ID = node_id(ClientTaxIdRow)
    version: int = field("How often it was changed, from 1.")
    kind: str = field("What it is called, such as VAT; a client has one of each.")
    number: str = batch(
        client_facts.numbers, allow=READ, of=("number",),
        description="The number; of who may not read tax ids, only its end is told, after ••••.",
    )  # fmt: skip


@node_type(ClientAddressRow, "Where a client is written to, or where its invoices go.")
class ClientAddress(Node):
    id: strawberry.ID = node_id(ClientAddressRow)
    version: int = field("How often it was changed, from 1.")
    purpose: AddressPurpose = field("What it is for; a client has one for each.")
    recipient: str = field("To whom, where not to the client by its name; else empty.")
    line1: str = field("Street and number, or a box.")
    line2: str = field("What else leads there; else empty.")
    city: str = field("The town; else empty.")
    region: str = field("County, state or canton; else empty.")
    postal_code: str = field("The postal code; else empty.")
    country: str = field("ISO 3166 code of the country.")


@node_type(ClientKeyDateRow, "A day that matters to a client, such as its year-end.")
class ClientKeyDate(Node):
    id: strawberry.ID = node_id(ClientKeyDateRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What it is called; a client has one of each name.")
    month: int | None = field("The month of one that comes back each year, 1 to 12; else null.")
    day: int | None = field("Its day of that month; else null.")
    date: Date | None = field("The one day that it is; null for one that comes back.")
    next_date: Date | None = batch(
        client_facts.next_dates, allow=READ, of=("month", "day", "date"),
        description="When it comes next, where the firm is, today counting; null once it is past.",
    )  # fmt: skip
