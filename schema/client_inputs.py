"""What the verbs on clients, contacts and engagements take."""

import strawberry

from models.clients import Client, ClientRelation, ClientRole
from models.contacts import Contact
from models.engagements import Engagement
from models.members import Member
from models.workflows import Service
from schema.enums import ClientKind, ClientPart, ClientStatus, RelationKind
from schema.external_ids import ExternalIdInput
from schema.inputs import given_field, own_id, reference
from schema.mutations import verb_input
from schema.scalars import Date


@verb_input("Take a client on.")
class CreateClient:
    id: strawberry.ID | None = own_id(Client)
    name: str = given_field("Its name.", optional=False)
    kind: ClientKind = given_field("What it is; an organisation unless said.")
    status: ClientStatus = given_field("How far the firm is with it; active unless said.")
    restricted: bool = given_field("Whether only its team and admins may see it.")
    tags: list[str] = given_field("Words to sort it by.")
    currency: str = given_field("ISO 4217 code; the firm's own unless said.")
    notes: str = given_field("Standing notes.")
    payment_terms_days: int | None = given_field("Days it has to pay; the firm's unless said.")
    external_id: ExternalIdInput | None = given_field(
        "What another system calls it: a client that is called so already is changed to what is"
        " said here, and answered."
    )


@verb_input("Change a client: what is absent stays as it is.")
class UpdateClient:
    id: strawberry.ID = reference(Client, "Which client.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("Its name.")
    kind: ClientKind = given_field("What it is.")
    status: ClientStatus = given_field("How far the firm is with it.")
    restricted: bool = given_field("Whether only its team and admins may see it.")
    tags: list[str] = given_field("All its tags.")
    currency: str = given_field("ISO 4217 code it is invoiced in.")
    notes: str = given_field("Standing notes.")
    payment_terms_days: int | None = given_field("Days it has to pay; null: as the firm's own.")


@verb_input("Give a member a part at a client.")
class AssignClientRole:
    id: strawberry.ID | None = own_id(ClientRole)
    client_id: strawberry.ID = reference(Client, "At which client.", optional=False)
    member_id: strawberry.ID = reference(Member, "Whom.", optional=False)
    role: ClientPart = given_field("Which part.", optional=False)
    from_date: Date | None = given_field("The first day; today unless said.")


@verb_input("End a member's part at a client.")
class EndClientRole:
    id: strawberry.ID = reference(ClientRole, "Which part.", optional=False)
    until_date: Date | None = given_field("The last day; today unless said.")


@verb_input("Say how one client stands to another.")
class RelateClients:
    id: strawberry.ID | None = own_id(ClientRelation)
    client_id: strawberry.ID = reference(Client, "The one.", optional=False)
    other_id: strawberry.ID = reference(Client, "The other.", optional=False)
    kind: RelationKind = given_field("How the one stands to the other.", optional=False)
    from_date: Date | None = given_field("The first day; today unless said.")


@verb_input("End how one client stands to another.")
class EndClientRelation:
    id: strawberry.ID = reference(ClientRelation, "Which relation.", optional=False)
    until_date: Date | None = given_field("The last day; today unless said.")


@verb_input("Add a contact.")
class CreateContact:
    id: strawberry.ID | None = own_id(Contact)
    name: str = given_field("Full name.", optional=False)
    email: str | None = given_field("E-mail address; unique in the firm.")
    phone: str | None = given_field("Telephone number.")


@verb_input("Change a contact: what is absent stays as it is.")
class UpdateContact:
    id: strawberry.ID = reference(Contact, "Whom.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("Full name.")
    email: str | None = given_field("E-mail address; unique in the firm.")
    phone: str | None = given_field("Telephone number.")


@verb_input("Give a contact a role at a client.")
class LinkContact:
    contact_id: strawberry.ID = reference(Contact, "Whom.", optional=False)
    client_id: strawberry.ID = reference(Client, "At which client.", optional=False)
    role: str = given_field("Director, payroll contact, signatory …", optional=False)


@verb_input("Take a contact's role at a client away.")
class UnlinkContact(LinkContact):
    pass


@verb_input("Put on record what a client has agreed to.")
class CreateEngagement:
    id: strawberry.ID | None = own_id(Engagement)
    client_id: strawberry.ID = reference(Client, "Whose.", optional=False)
    name: str = given_field("What it is called.", optional=False)
    start_date: Date | None = given_field("Its first day; today unless said.")
    service_ids: list[strawberry.ID] = reference(Service, "The services it covers.")


@verb_input("End an engagement.")
class EndEngagement:
    id: strawberry.ID = reference(Engagement, "Which one.", optional=False)
    end_date: Date | None = given_field("Its last day; today unless said.")
