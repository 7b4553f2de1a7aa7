"""Rates, and which one prices a time entry."""

import strawberry

from models.clients import Client as ClientRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission, Role
from models.rates import Rate as RateRow
from models.rates import RateScope, scope_of
from models.workflows import Service as ServiceRow
from resolvers import rates
from schema.clients import Client
from schema.enums import described
from schema.fields import computed, field, node_id, query, relation
from schema.inputs import given_field, reference
from schema.jobs import Job
from schema.members import Member
from schema.money import Money
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date, DecimalText
from schema.workflows import Service

READ = Permission.READ_BILLING

described(
    RateScope, "For whom a rate holds. What stands first wins.",
    JOB_MEMBER="A member's work on one job.", JOB="All work on one job.",
    CLIENT_MEMBER="A member's work for one client.", CLIENT="All work for one client.",
    SERVICE_MEMBER="A member's work on one service.", SERVICE="All work on one service.",
    MEMBER="All work of one member.", ROLE="All work of members in one role.",
    FIRM="All work of the firm.",
)  # fmt: skip


@node_type(RateRow, "What an hour costs the client, until the next rate of the same scope.")
class Rate(Node):
    id: strawberry.ID = node_id(RateRow)
    version: int = field("How often it was changed, from 1.")
    scope: RateScope = computed("For whom it holds.", scope_of)
    job: Job | None = relation(JobRow, by="job_id", allow=READ, description="On which job.")
    client: Client | None = relation(ClientRow, by="client_id", allow=READ,
                                     description="For which client.")  # fmt: skip
    service: Service | None = relation(ServiceRow, by="service_id", allow=READ,
                                       description="On which service.")  # fmt: skip
    member: Member | None = relation(MemberRow, by="member_id", allow=READ,
                                     description="For whose work.")  # fmt: skip
    role: Role | None = field("For the work of which role.")
    from_date: Date = field("The first day of work that it prices.")
    hourly: DecimalText = field("What an hour costs, with at most 6 digits after the point.")
    currency: str = field("ISO 4217 code.")


@strawberry.type(description="Why time is worth what it is.")
class RateExplanation:
    rate: Rate = field("The rate that wins: of the nearest scope, the latest by the entry's day.")
    value: Money = field("The standard value: the rate times the time worked, rounded half-up.")
    losers: list[Rate] = field("The rates of wider scopes that would fit too, the nearest first.")


@verb_input(
    "Say what an hour costs from a day on: for a job, a client or a service, with or without a"
    " member; for a member, for a role, or for the firm. The same scope and day is said anew."
)
class SetRate:
    job_id: strawberry.ID | None = reference(JobRow, "On which job; brings its client.")
    client_id: strawberry.ID | None = reference(ClientRow, "For which client.")
    service_id: strawberry.ID | None = reference(ServiceRow, "On which service.")
    member_id: strawberry.ID | None = reference(MemberRow, "For whose work.")
    role: Role | None = given_field("For the work of which role; with nothing else.")
    from_date: Date = given_field("The first day of work that it prices.", optional=False)
    hourly: DecimalText = given_field(
        "What an hour costs, with at most 6 digits after the point.", optional=False
    )
    currency: str | None = given_field("ISO 4217 code; the firm's own unless said.")


@strawberry.type
class RateQuery:
    @query(allow=READ, cost=10)
    async def rates(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None
    ) -> Connection[Rate]:
        """The rates that the viewer may see, the latest made first."""
        return await rates.page(window(first, after, last, before))


@strawberry.type
class RateMutation:
    set_rate = mutation(
        rates.set_rate, input=SetRate, returns={"rate": (Rate, RateRow)},
        allow=Permission.MANAGE_BILLING, description="Say what an hour costs from a day on.",
    )  # fmt: skip
