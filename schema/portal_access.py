"""Which clients' contacts may come into the portal."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.contacts import Contact as ContactRow
from models.permissions import Permission
from models.portal_access import PortalAccess as PortalAccessRow
from resolvers import portal_access
from schema.fields import field, node_id, relation
from schema.inputs import reference
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.scalars import DateTime

READ = Permission.READ_CLIENTS
_Client = Annotated["Client", strawberry.lazy("schema.clients")]
_Contact = Annotated["Contact", strawberry.lazy("schema.contacts")]


@node_type(PortalAccessRow, "A client that a contact may look at in the portal, dated.")
class PortalAccess(Node):
    id: strawberry.ID = node_id(PortalAccessRow)
    contact: _Contact = relation(ContactRow, by="contact_id", allow=READ, description="Who.")
    client: _Client = relation(ClientRow, by="client_id", allow=READ, description="Which client.")
    created_at: DateTime = field("Since when.")
    withdrawn_at: DateTime | None = field("When it was withdrawn; null while it lasts.")


@verb_input("Let a contact look at one of their clients in the portal.")
class InviteToPortal:
    contact_id: strawberry.ID = reference(ContactRow, "Whom.", optional=False)
    client_id: strawberry.ID = reference(ClientRow, "Which client.", optional=False)


@verb_input("Let a contact look at a client no more.")
class WithdrawFromPortal(InviteToPortal):
    pass


_RETURNS = {"contact": (_Contact, ContactRow), "portal_access": (PortalAccess, PortalAccessRow)}


@strawberry.type
class PortalAccessMutation:
    invite_to_portal = mutation(
        portal_access.invite, input=InviteToPortal, returns=_RETURNS,
        allow=Permission.EDIT_CLIENTS,
        description="Open the portal to a contact for a client at which they have a role, and tell"
        " them by mail; twice is once.",
    )  # fmt: skip
    withdraw_from_portal = mutation(
        portal_access.withdraw, input=WithdrawFromPortal, returns=_RETURNS,
        allow=Permission.EDIT_CLIENTS,
        description="Close the portal to a contact for a client. With the last one their sessions"
        " end.",
    )  # fmt: skip
