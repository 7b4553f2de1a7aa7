"""Templates and their versions."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.templates import Template as TemplateRow
from models.templates import TemplateStep as TemplateStepRow
from models.templates import TemplateVersion as TemplateVersionRow
from models.templates.steps import Anchor
from models.workflows import Service as ServiceRow
from models.working_days import OffsetUnit
from resolvers import templates
from resolvers.reading import one
from schema import ids
from schema.enums import ClientPart, described
from schema.fields import argument, batch, children, computed, field, node_id, query, relation
from schema.inputs import given, given_field, input_type, reference
from schema.members import Member
from schema.nodes import Node, node_type
from schema.scalars import Date, DateTime, Long
from schema.step_dependencies import NewStepDependency, StepDependency, dependencies_of_step
from schema.workflows import Service

READ = Permission.READ_WORK

described(Anchor, "The job's date that a step's due date is counted from.",
          START="The day the job is to be begun.", DUE="The day the job is due.",
          PERIOD_END="The last day of the job's period.")  # fmt: skip
described(OffsetUnit, "What an offset is counted in.",
          BUSINESS_DAYS="Days, weekends and holidays passed over.",
          CALENDAR_DAYS="Days, whichever they are.", WEEKS="Seven days each.",
          MONTHS="Calendar months; from the last day of one to the last of another.")  # fmt: skip


@strawberry.type(description="How far a step's due date lies from a date of its job.")
class StepDue:
    anchor: Anchor = field("The date it is counted from.")
    count: int = field("How many units after it; before it when negative.")
    unit: OffsetUnit = field("What is counted.")


def _due(row: dict[str, object]) -> dict[str, object] | None:
    if row["due_anchor"] is None:
        return None
    return {name: row[f"due_{name}"] for name in ("anchor", "count", "unit")}


@node_type(TemplateStepRow, "One step of a template: what, by when, by whom, after which steps.")
class TemplateStep(Node):
    id: strawberry.ID = node_id(TemplateStepRow)
    number: int = field("Its place, from 1.")
    title: str = field("What is to be done.")
    notes: str = field("How.")
    due: StepDue | None = computed("When it is due; null for no date.", _due)
    estimate_seconds: Long | None = field("Seconds it should take.")
    role: ClientPart | None = field("Whose step it is: who holds this part at the client.")
    depends_on: list[int] = field("The numbers of the earlier steps it waits for.")
    dependencies: list[StepDependency] = dependencies_of_step()


@node_type(TemplateVersionRow, "A template's steps as they are edited, or as they were published.")
class TemplateVersion(Node):
    id: strawberry.ID = node_id(TemplateVersionRow)
    number: int = field("Which version, from 1.")
    published_at: DateTime | None = field("Since when it stays as it is; null for a draft.")
    template: Annotated["Template", strawberry.lazy("schema.templates")] = relation(
        TemplateRow, by="template_id", allow=READ, description="Of which template."
    )
    steps: list[TemplateStep] = children(
        TemplateStepRow, by="template_version_id", order="number", allow=READ,
        description="Its steps, in order.",
    )  # fmt: skip


@node_type(TemplateRow, "How the firm does a service, to be applied to one client after the other.")
class Template(Node):
    id: strawberry.ID = node_id(TemplateRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What it is called.")
    service: Service = relation(ServiceRow, by="service_id", allow=READ,
                                description="Which service.")  # fmt: skip
    owner_role: ClientPart | None = field("Who answers for its jobs, by their part at the client.")
    last_version: TemplateVersion = batch(
        templates.last_version, allow=READ,
        description="The draft that is edited, or the last version when all are published.",
    )  # fmt: skip
    published_version: TemplateVersion | None = batch(
        templates.published_version, allow=READ,
        description="The version that is applied now; null before the first was published.",
    )  # fmt: skip
    versions: list[TemplateVersion] = children(
        TemplateVersionRow, by="template_id", order="number", allow=READ,
        description="All its versions, oldest first.",
    )  # fmt: skip


@strawberry.type(description="A step that applying a template would make.")
class PlannedStep:
    number: int = field("Its place, from 1.")
    title: str = field("What is to be done.")
    due_date: Date | None = field("When it would be due.")
    assignee: Member | None = relation(MemberRow, by="assignee_id", allow=READ,
                                       description="Whose it would be, if anybody's.")  # fmt: skip
    estimate_seconds: Long | None = field("Seconds it should take.")
    depends_on: list[int] = computed(
        "The numbers of the steps it would wait for.",
        lambda row: [one["step"] for one in row["dependencies"]],
    )
    dependencies: list[StepDependency] = field("What it would wait for, how and how long.")


@strawberry.type(description="The job that applying a template would make.")
class PlannedJob:
    title: str = field("What it would be called.")
    owner: Member | None = relation(MemberRow, by="owner_id", allow=READ,
                                    description="Who would answer for it.")  # fmt: skip
    start_date: Date = field("When it would be begun.")
    budget_seconds: Long | None = field("The sum of its steps' estimates.")
    steps: list[PlannedStep] = field("Its steps, in order.")


@input_type("What a template would be applied to, and for when.")
class TemplatePlan:
    template_id: strawberry.ID = reference(TemplateRow, "Which template.", optional=False)
    client_id: strawberry.ID = reference(ClientRow, "For whom.", optional=False)
    period_start: Date | None = given_field("The first day of its period.")
    period_end: Date | None = given_field("The last day of its period.")
    start_date: Date | None = given_field("When it is to be begun; today unless said.")
    due_date: Date | None = given_field("When it is to be done.")


@input_type("How far a step's due date lies from a date of its job.")
class NewStepDue:
    anchor: Anchor = given_field("The date it is counted from.", optional=False)
    count: int = given_field("How many units after it, -1,000 to 1,000.", optional=False)
    unit: OffsetUnit = given_field("What is counted.", optional=False)


@input_type("A step of a template.")
class NewTemplateStep:
    title: str = given_field("What is to be done.", optional=False)
    notes: str = given_field("How.")
    due: NewStepDue | None = given_field("When it is due; no date unless said.")
    estimate_seconds: Long | None = given_field("Seconds it should take.")
    role: ClientPart | None = given_field("Whose step: who holds this part at the client.")
    depends_on: list[int] = given_field(
        "Numbers, from 1, of earlier steps it waits for to be done."
    )
    dependencies: list[NewStepDependency] = given_field(
        "Other earlier steps it waits for, how and how long."
    )


@strawberry.type
class TemplateQuery:
    @query(allow=READ, cost=10)
    async def templates(info) -> list[Template]:
        """The firm's templates, by name."""
        return await templates.all_templates()

    @query(allow=READ)
    async def template(
        info, id: Annotated[strawberry.ID, argument("Which template.")]
    ) -> Template | None:
        """One template; null when there is no such one."""
        return await one(TemplateRow, ids.wanted(id, TemplateRow))

    @query(allow=READ, cost=10)
    async def planned_job(
        info, plan: Annotated[TemplatePlan, argument("What would be applied.")]
    ) -> PlannedJob:
        """What applying a template would make, without making it."""
        return await templates.planned(**given(plan))
