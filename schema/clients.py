"""Clients, who looks after them, and what they have agreed to."""

from enum import Enum
from typing import Annotated

import strawberry

from models.client_facts import ClientAddress as ClientAddressRow
from models.client_facts import ClientKeyDate as ClientKeyDateRow
from models.client_facts import ClientTaxId as ClientTaxIdRow
from models.clients import Client as ClientRow
from models.clients import ClientRole as ClientRoleRow
from models.contacts import ClientContact as ClientContactRow
from models.engagements import Engagement as EngagementRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.recurrences import Recurrence as RecurrenceRow
from resolvers import clients, engagements, invoices, jobs
from resolvers.duplicates import of_clients as duplicates_of
from resolvers.external_ids import of_clients as called_elsewhere
from resolvers.reading import one
from resolvers.relations import past, standing
from resolvers.reports.figures import of_clients
from schema import ids
from schema.client_facts import ClientAddress, ClientKeyDate, ClientTaxId
from schema.client_inputs import (
    AssignClientRole,
    CreateClient,
    CreateEngagement,
    EndClientRole,
    EndEngagement,
    UpdateClient,
)  # fmt: skip
from schema.contacts import ClientContact
from schema.duplicates import PossibleDuplicate
from schema.ending import EngagementEnding, endings
from schema.enums import ClientKind, ClientPart, ClientStatus, described
from schema.external_ids import ExternalId, ExternalIdInput
from schema.fields import argument, batch, children, field, node_id, query, relation
from schema.figures import WorkFigures, figures
from schema.filters import ClientKindFilter, ClientStatusFilter, IdFilter, TextFilter
from schema.inputs import given, given_field, input_type, reference
from schema.members import Member
from schema.mutations import mutation
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.relations import ClientRelation
from schema.scalars import Date

READ = Permission.READ_CLIENTS
_Job = Annotated["Job", strawberry.lazy("schema.jobs")]
_Service = Annotated["Service", strawberry.lazy("schema.workflows")]
_Money = Annotated["Money", strawberry.lazy("schema.money")]
_Recurrence = Annotated["Recurrence", strawberry.lazy("schema.recurrences")]


@node_type(ClientRoleRow, "A member's part at a client, dated.")
class ClientRole(Node):
    id: strawberry.ID = node_id(ClientRoleRow)
    role: ClientPart = field("Which part.")
    member: Member = relation(MemberRow, by="member_id", allow=READ, description="Who.")
    from_date: Date = field("The first day in it.")
    until_date: Date | None = field("The last day in it; null while it lasts.")


@node_type(EngagementRow, "What a client has agreed to (law: a matter).")
class Engagement(Node):
    id: strawberry.ID = node_id(EngagementRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What it is called.")
    client: Annotated["Client", strawberry.lazy("schema.clients")] = relation(
        ClientRow, by="client_id", allow=READ, description="Whose."
    )
    services: list[_Service] = batch(
        engagements.services, allow=READ, description="The services it covers.", cost=5
    )
    recurrences: list[_Recurrence] = children(
        RecurrenceRow, by="engagement_id", order="first_date, id", allow=Permission.READ_WORK,
        description="What comes back under it.",
    )  # fmt: skip
    start_date: Date = field("Its first day.")
    end_date: Date | None = field("Its last day, once it has ended.")
    ending: EngagementEnding = batch(
        endings, allow=Permission.READ_WORK, cost=10,
        description="What would end with it, to be looked at before it is ended.",
    )  # fmt: skip


@node_type(ClientRow, "A person or an organisation that the firm works for.")
class Client(Node):
    id: strawberry.ID = node_id(ClientRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("The client's name.")
    kind: ClientKind = field("What it is.")
    status: ClientStatus = field("How far the firm is with it.")
    restricted: bool = field("Whether only its team and admins may see it.")
    tags: list[str] = field("Words the firm sorts its clients by.")
    currency: str = field("ISO 4217 code it is invoiced in.")
    notes: str = field("Standing notes, shown on each of its jobs.")
    payment_terms_days: int | None = field("Days it has to pay; null where the firm's own hold.")
    tax_ids: list[ClientTaxId] = children(
        ClientTaxIdRow, by="client_id", order="kind, id", allow=READ, cost=3, size=2,
        description="What authorities know it by, at most 20.",
    )  # fmt: skip
    addresses: list[ClientAddress] = children(
        ClientAddressRow, by="client_id", order="purpose desc, id", allow=READ, cost=3, size=2,
        description="Where it is written to, and where its invoices go.",
    )  # fmt: skip
    key_dates: list[ClientKeyDate] = children(
        ClientKeyDateRow, by="client_id", order="name, id", allow=READ, cost=3, size=3,
        description="Days that matter to it, at most 50.",
    )  # fmt: skip
    external_ids: list[ExternalId] = batch(
        called_elsewhere, allow=READ, cost=1, size=2,
        description="How other systems call it, at most 50.",
    )  # fmt: skip
    possible_duplicates: list[PossibleDuplicate] = batch(
        duplicates_of, allow=READ, cost=5, size=2,
        description="The first 10 clients that may be the same one, of those that the viewer sees.",
    )  # fmt: skip
    receivable: list[_Money] | None = batch(
        invoices.receivable, allow=Permission.READ_BILLING, else_null=True, cost=5,
        description="What it is still to pay, an amount for each currency; null for who sees no"
        " billing.",
    )  # fmt: skip
    figures: WorkFigures = figures(of_clients)
    recurrences: list[_Recurrence] = children(
        RecurrenceRow, by="client_id", order="first_date, id", allow=Permission.READ_WORK,
        description="What comes back for it.",
    )  # fmt: skip
    contacts: list[ClientContact] = children(
        ClientContactRow, by="client_id", order="role, id", allow=READ,
        description="The people behind it.",
    )  # fmt: skip
    roles: list[ClientRole] = children(
        ClientRoleRow, by="client_id", order="role, from_date, id", allow=READ,
        where="until_date is null", description="Who of the firm looks after it now.",
    )  # fmt: skip
    relations: list[ClientRelation] = batch(
        standing, allow=READ, cost=10,
        description="How it stands to other clients now, or will from a day that is known.",
    )  # fmt: skip
    past_relations: list[ClientRelation] = batch(
        past, allow=READ, cost=10,
        description="How it stood to other clients before, the latest ended first.",
    )  # fmt: skip
    engagements: list[Engagement] = children(
        EngagementRow, by="client_id", order="start_date, id", allow=READ,
        description="What it has agreed to.",
    )  # fmt: skip
    open_jobs: list[_Job] = batch(
        jobs.open_of_clients, allow=Permission.READ_WORK, cost=10,
        description="Its first 50 open jobs, by due date; `jobs` lists them all.",
    )  # fmt: skip


class ClientOrder(Enum):
    NAME = "name"
    NEWEST = "newest"


described(ClientOrder, "How clients are sorted.", NAME="By name.",
          NEWEST="The latest added first.")  # fmt: skip


@input_type("Which clients.")
class ClientFilter:
    name: TextFilter | None = given_field("By name.")
    status: ClientStatusFilter | None = given_field("By status.")
    kind: ClientKindFilter | None = given_field("By kind.")
    tag: str | None = given_field("Carrying this tag.")
    member: IdFilter | None = reference(MemberRow, "Where this member has a part now.")
    search: str | None = given_field("With all these words in the name.")
    external_id: ExternalIdInput | None = given_field("Which another system calls so.")


@strawberry.type
class ClientQuery:
    @query(allow=READ, cost=10)
    async def clients(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[ClientFilter | None, argument("Which clients; all unless said.")] = None,
        order_by: Annotated[ClientOrder, argument("How they are sorted.")] = ClientOrder.NAME,
    ) -> Connection[Client]:  # fmt: skip
        """The clients that the viewer may see."""
        asked = {} if filter is None else given(filter)
        return await clients.page(window(first, after, last, before), order_by.value, **asked)

    @query(allow=READ)
    async def client(
        info, id: Annotated[strawberry.ID, argument("Which client.")]
    ) -> Client | None:
        """One client; null when there is no such one."""
        return await one(ClientRow, ids.wanted(id, ClientRow))


_CLIENT = {"client": (Client, ClientRow)}
_ENGAGEMENT = {"engagement": (Engagement, EngagementRow)}
_EDIT = Permission.EDIT_CLIENTS


@strawberry.type
class ClientMutation:
    create_client = mutation(clients.add, input=CreateClient, returns=_CLIENT, allow=_EDIT,
                             description="Take a client on.")  # fmt: skip
    update_client = mutation(clients.update, input=UpdateClient, returns=_CLIENT, allow=_EDIT,
                             description="Change a client.")  # fmt: skip
    assign_client_role = mutation(
        clients.assign, input=AssignClientRole, allow=_EDIT,
        returns={"client_role": (ClientRole, ClientRoleRow), "client": (Client, ClientRow)},
        description="Give a member a part at a client; holding it already is enough.",
    )  # fmt: skip
    end_client_role = mutation(
        clients.end_role, input=EndClientRole, allow=_EDIT,
        returns={"client_role": (ClientRole, ClientRoleRow)},
        description="End a member's part at a client.",
    )  # fmt: skip
    create_engagement = mutation(
        engagements.start, input=CreateEngagement, returns=_ENGAGEMENT, allow=_EDIT,
        description="Put on record what a client has agreed to.",
    )  # fmt: skip
    end_engagement = mutation(
        engagements.end, input=EndEngagement, returns=_ENGAGEMENT, allow=Permission.MANAGE_WORK,
        description="End an engagement, what comes back under it, and jobs not begun that lie"
                    " after it (`ending` tells which).",
    )  # fmt: skip
