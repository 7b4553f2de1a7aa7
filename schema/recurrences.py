"""Recurrences: work that comes back."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from models.clients import Client as ClientRow
from models.engagements import Engagement as EngagementRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.recurrences import Recurrence as RecurrenceRow
from models.teams import Team as TeamRow
from models.templates import Template as TemplateRow
from models.unit_of_work import Row
from models.working_days import BusinessDayRule, OffsetUnit
from resolvers import recurrences
from resolvers.reading import one
from schema import ids
from schema.clients import Client, Engagement
from schema.enums import described
from schema.fields import argument, batch, computed, field, node_id, query, relation
from schema.filters import DateFilter, IdFilter
from schema.inputs import given, given_field, input_type, own_id, reference
from schema.members import Member, Team
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.paging import After, Before, Connection, First, Last, window
from schema.scalars import Date
from schema.templates import Template

READ = Permission.READ_WORK

described(BusinessDayRule, "Where a due date goes that falls on a weekend or holiday.",
          NONE="It stays.", BEFORE="To the business day before.",
          AFTER="To the business day after.",
          NEAREST="To the nearer of the two; the one before when both are as near.")  # fmt: skip


@strawberry.type(description="A period of a recurrence that has no job yet.")
class Occurrence:
    key: str = field("What tells this period from the others of its recurrence.")
    period_start: Date = field("The first day of the period.")
    period_end: Date = field("The last day of the period.")
    start_date: Date = field("When its job is to be begun.")
    due_date: Date = field("When its job is due.")
    made_on: Date = field("The day from which its job is made.")


@strawberry.type(description="How long after the end of its period a job is due.")
class DueAfter:
    count: int = field("How many units after the period's last day; before it when negative.")
    unit: OffsetUnit = field("What is counted.")


async def _upcoming(
    parents: Sequence[Row],
    *,
    first: Annotated[int, argument("How many, 1 to 50; 6 unless said.")] = 6,
) -> list[list[dict[str, Any]]]:
    return await recurrences.upcoming(parents, first=first)


@node_type(RecurrenceRow, "A template that comes back for a client: each period becomes a job.")
class Recurrence(Node):
    id: strawberry.ID = node_id(RecurrenceRow)
    version: int = field("How often it was changed, from 1.")
    client: Client = relation(ClientRow, by="client_id", allow=READ, description="For whom.")
    template: Template = relation(TemplateRow, by="template_id", allow=READ,
                                  description="What is done.")  # fmt: skip
    engagement: Engagement | None = relation(
        EngagementRow, by="engagement_id", allow=READ,
        description="Under which agreement; it ends with it.",
    )  # fmt: skip
    rule: str = field("When a period ends: an RFC 5545 RRULE, in days.")
    first_date: Date = field("The day from which the rule is counted.")
    except_dates: list[Date] = field("The last days of periods that are left out, in order.")
    horizon_days: int = field("How many days before its period ends a job is made.")
    due: DueAfter = computed("When its jobs are due.", lambda row: {
        "count": row["due_count"], "unit": row["due_unit"],
    })  # fmt: skip
    business_day_rule: BusinessDayRule = field("Where a due date on a weekend or holiday goes.")
    owner: Member | None = relation(
        MemberRow, by="owner_id", allow=READ,
        description="Who answers for its jobs; null for whoever the template's role finds.",
    )  # fmt: skip
    team: Team | None = relation(TeamRow, by="team_id", allow=READ, description="On whose board.")
    next_date: Date | None = field(
        "The last day of the next period that has no job; null when none will come."
    )
    ended_on: Date | None = field("Its last day; null while it goes on.")
    upcoming: list[Occurrence] = batch(
        _upcoming, allow=READ, cost=5,
        description="The next periods that have no job yet, with the dates these will have; none"
                    " while the client is a former one.",
    )  # fmt: skip


@input_type("Which recurrences.")
class RecurrenceFilter:
    client: IdFilter | None = reference(ClientRow, "For whom.")
    template: IdFilter | None = reference(TemplateRow, "What is done.")
    next_date: DateFilter | None = given_field("When the next period without a job ends.")


@input_type("How long after the end of its period a job is due.")
class NewDueAfter:
    count: int = given_field("How many units after its last day, -1,000 to 1,000.", optional=False)
    unit: OffsetUnit = given_field("What is counted.", optional=False)


@verb_input("Let a template come back for a client.")
class StartRecurrence:
    id: strawberry.ID | None = own_id(RecurrenceRow)
    client_id: strawberry.ID = reference(ClientRow, "For whom.", optional=False)
    template_id: strawberry.ID = reference(TemplateRow, "Which template; a published one.",
                                           optional=False)  # fmt: skip
    engagement_id: strawberry.ID | None = reference(EngagementRow, "Under which agreement.")
    rule: str = given_field(
        "When a period ends and the next begins: an RFC 5545 RRULE in days, weeks, months or years,"
        " such as FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1. Without a day, months count from the first"
        " date: from a month's last day it is the last day of each, from another that a month does"
        " not have it is that month's last; the rule is kept with the days written out.",
        optional=False,
    )  # fmt: skip
    first_date: Date = given_field(
        "The day from which the rule is counted, at most a year back.", optional=False
    )
    except_dates: list[Date] = given_field(
        "The last days of periods that are left out, at most 100, each named by the rule; the"
        " others stay as they are. None unless said."
    )
    horizon_days: int = given_field(
        "How many days before its period ends a job is made, 0 to 366; 0 unless said."
    )
    due: NewDueAfter | None = given_field(
        "When jobs are due; on the period's last day unless said."
    )
    business_day_rule: BusinessDayRule = given_field(
        "Where a due date on a weekend or holiday goes; it stays unless said."
    )
    owner_id: strawberry.ID | None = reference(
        MemberRow, "Who answers for the jobs; whoever the template's role finds unless said."
    )
    team_id: strawberry.ID | None = reference(TeamRow, "On whose board.")


@verb_input("End a recurrence.")
class EndRecurrence:
    id: strawberry.ID = reference(RecurrenceRow, "Which recurrence.", optional=False)
    ended_on: Date | None = given_field("Its last day; today unless said.")


@strawberry.type
class RecurrenceQuery:
    @query(allow=READ, cost=10)
    async def recurrences(
        info, first: First = None, after: After = None, last: Last = None, before: Before = None,
        filter: Annotated[
            RecurrenceFilter | None, argument("Which recurrences; all unless said.")
        ] = None,
    ) -> Connection[Recurrence]:  # fmt: skip
        """The recurrences that the viewer may see, the latest made first."""
        asked = {} if filter is None else given(filter)
        return await recurrences.page(window(first, after, last, before), **asked)

    @query(allow=READ)
    async def recurrence(
        info, id: Annotated[strawberry.ID, argument("Which recurrence.")]
    ) -> Recurrence | None:
        """One recurrence; null when there is no such one."""
        return await one(RecurrenceRow, ids.wanted(id, RecurrenceRow))


_RECURRENCE = {"recurrence": (Recurrence, RecurrenceRow)}


@strawberry.type
class RecurrenceMutation:
    start_recurrence = mutation(
        recurrences.start, input=StartRecurrence, returns=_RECURRENCE,
        allow=Permission.MANAGE_WORK,
        description="Let a template come back for a client; what is due already is made at once.",
    )  # fmt: skip
    end_recurrence = mutation(
        recurrences.end, input=EndRecurrence, returns=_RECURRENCE, allow=Permission.MANAGE_WORK,
        description="End a recurrence: no later period is made, and what was made stays.",
    )  # fmt: skip
