"""Contacts: the people behind the clients."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.contacts import ClientContact as ClientContactRow
from models.contacts import Contact as ContactRow
from models.permissions import Permission
from models.portal_access import PortalAccess as PortalAccessRow
from resolvers import contacts
from schema.client_inputs import CreateContact, LinkContact, UnlinkContact, UpdateContact
from schema.fields import argument, children, field, node_id, query, relation
from schema.filters import TextFilter
from schema.inputs import given
from schema.mutations import mutation
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window

READ = Permission.READ_CLIENTS
_PortalAccess = Annotated["PortalAccess", strawberry.lazy("schema.portal_access")]
_Client = Annotated["Client", strawberry.lazy("schema.clients")]


@node_type(ContactRow, "A person whom the firm talks to, once per firm.")
class Contact(Node):
    id: strawberry.ID = node_id(ContactRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("Full name.")
    email: str | None = field("E-mail address.")
    phone: str | None = field("Telephone number.")
    clients: list[Annotated["ClientContact", strawberry.lazy("schema.contacts")]] = children(
        ClientContactRow, by="contact_id", order="role, id", allow=READ,
        description="Their roles at clients the viewer may see.",
    )  # fmt: skip
    portal_access: list[_PortalAccess] = children(
        PortalAccessRow, by="contact_id", order="created_at, id", allow=READ,
        where="withdrawn_at is null",
        description="Which of these clients they may look at in the portal now.",
    )  # fmt: skip


@node_type(ClientContactRow, "A contact's role at a client.")
class ClientContact(Node):
    id: strawberry.ID = node_id(ClientContactRow)
    role: str = field("What they are there: director, payroll contact, signatory …")
    contact: Contact = relation(ContactRow, by="contact_id", allow=READ, description="Who.")
    client: _Client = relation(
        ClientRow, by="client_id", allow=READ, description="At which client."
    )


@strawberry.type
class ContactQuery:
    @query(allow=READ, cost=10)
    async def contacts(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        name: Annotated[TextFilter | None, argument("By name.")] = None,
    ) -> Connection[Contact]:  # fmt: skip
        """The firm's contacts, by name."""
        asked = None if name is None else given(name)
        return await contacts.page(window(first, after, last, before), asked)


_CONTACT = {"contact": (Contact, ContactRow)}
_EDIT = Permission.EDIT_CLIENTS


@strawberry.type
class ContactMutation:
    create_contact = mutation(contacts.add, input=CreateContact, returns=_CONTACT, allow=_EDIT,
                              description="Add a contact.")  # fmt: skip
    update_contact = mutation(contacts.update, input=UpdateContact, returns=_CONTACT, allow=_EDIT,
                              description="Change a contact.")  # fmt: skip
    link_contact = mutation(
        contacts.link,
        input=LinkContact,
        returns=_CONTACT,
        allow=_EDIT,
        description="Give a contact a role at a client; twice is once.",
    )
    unlink_contact = mutation(contacts.unlink, input=UnlinkContact, returns=_CONTACT, allow=_EDIT,
                              description="Take a contact's role at a client away.")  # fmt: skip
