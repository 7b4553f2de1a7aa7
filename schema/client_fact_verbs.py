"""Saying what is known of a client, and taking it away."""

import strawberry

from models.client_facts import ClientAddress as ClientAddressRow
from models.client_facts import ClientKeyDate as ClientKeyDateRow
from models.client_facts import ClientTaxId as ClientTaxIdRow
from models.clients import Client as ClientRow
from models.permissions import Permission
from resolvers import client_facts
from schema.client_facts import AddressPurpose, ClientAddress, ClientKeyDate, ClientTaxId
from schema.clients import Client
from schema.inputs import given_field, reference
from schema.mutations import mutation, verb_input
from schema.scalars import Date


@verb_input("Keep a number that an authority knows a client by.")
class SetClientTaxId:
    client_id: strawberry.ID = reference(ClientRow, "Whose.", optional=False)
    kind: str = given_field("What it is called, 1 to 30 characters.", optional=False)
    number: str = given_field("The number, 1 to 50 characters.", optional=False)


@verb_input("Forget a client's tax id.")
class RemoveClientTaxId:
    id: strawberry.ID = reference(ClientTaxIdRow, "Which one.", optional=False)


@verb_input("Keep where a client is written to: the whole address; what is absent it has not.")
class SetClientAddress:
    client_id: strawberry.ID = reference(ClientRow, "Whose.", optional=False)
    purpose: AddressPurpose = given_field("What for.", optional=False)
    recipient: str = given_field("To whom, where not to the client by its name.")
    line1: str = given_field("Street and number, or a box.", optional=False)
    line2: str = given_field("What else leads there.")
    city: str = given_field("The town.")
    region: str = given_field("County, state or canton.")
    postal_code: str = given_field("The postal code.")
    country: str = given_field("ISO 3166 code of the country, such as GB.", optional=False)


@verb_input("Forget an address of a client.")
class RemoveClientAddress:
    id: strawberry.ID = reference(ClientAddressRow, "Which one.", optional=False)


@verb_input("Keep a day that matters to a client: a date, or a month and its day each year.")
class SetClientKeyDate:
    client_id: strawberry.ID = reference(ClientRow, "Whose.", optional=False)
    name: str = given_field("What it is called, 1 to 60 characters.", optional=False)
    month: int | None = given_field("The month of one that comes back each year, 1 to 12.")
    day: int | None = given_field("Its day of that month.")
    date: Date | None = given_field("The one day that it is.")


@verb_input("Forget a day that mattered to a client.")
class RemoveClientKeyDate:
    id: strawberry.ID = reference(ClientKeyDateRow, "Which one.", optional=False)


_EDIT = Permission.EDIT_CLIENTS
_CLIENT = {"client": (Client, ClientRow)}


@strawberry.type
class ClientFactMutation:
    set_client_tax_id = mutation(
        client_facts.set_tax_id, input=SetClientTaxId, allow=_EDIT,
        returns={"tax_id": (ClientTaxId, ClientTaxIdRow), **_CLIENT},
        description="Keep a number that an authority knows a client by, one of each kind.",
    )  # fmt: skip
    remove_client_tax_id = mutation(
        client_facts.remove_tax_id, input=RemoveClientTaxId, returns=_CLIENT, allow=_EDIT,
        deletes=ClientTaxIdRow, description="Forget a client's tax id.",
    )  # fmt: skip
    set_client_address = mutation(
        client_facts.set_address, input=SetClientAddress, allow=_EDIT,
        returns={"address": (ClientAddress, ClientAddressRow), **_CLIENT},
        description="Keep where a client is written to, or where its invoices go.",
    )  # fmt: skip
    remove_client_address = mutation(
        client_facts.remove_address, input=RemoveClientAddress, returns=_CLIENT, allow=_EDIT,
        deletes=ClientAddressRow, description="Forget an address of a client.",
    )  # fmt: skip
    set_client_key_date = mutation(
        client_facts.set_key_date, input=SetClientKeyDate, allow=_EDIT,
        returns={"key_date": (ClientKeyDate, ClientKeyDateRow), **_CLIENT},
        description="Keep a day that matters to a client: once, or each year.",
    )  # fmt: skip
    remove_client_key_date = mutation(
        client_facts.remove_key_date, input=RemoveClientKeyDate, returns=_CLIENT, allow=_EDIT,
        deletes=ClientKeyDateRow, description="Forget a day that mattered to a client.",
    )  # fmt: skip
