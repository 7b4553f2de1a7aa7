"""What can be done with templates."""

import strawberry

from models.clients import Client as ClientRow
from models.engagements import Engagement as EngagementRow
from models.jobs import Job as JobRow
from models.members import Member as MemberRow
from models.permissions import Permission
from models.teams import Team as TeamRow
from models.templates import Template as TemplateRow
from models.templates import TemplateVersion as TemplateVersionRow
from models.workflows import Service as ServiceRow
from resolvers import templates
from schema.enums import ClientPart
from schema.inputs import given_field, own_id, reference
from schema.jobs import Job
from schema.mutations import mutation, verb_input
from schema.scalars import Date
from schema.templates import NewTemplateStep, Template, TemplateVersion


@verb_input("Begin a template for a service.")
class CreateTemplate:
    id: strawberry.ID | None = own_id(TemplateRow)
    service_id: strawberry.ID = reference(ServiceRow, "Which service.", optional=False)
    name: str = given_field("What it is called; its jobs are named by it.", optional=False)
    owner_role: ClientPart | None = given_field(
        "Who answers for its jobs, by their part at the client; the manager unless said."
    )
    steps: list[NewTemplateStep] = given_field("The steps of its first draft, in order.")


@verb_input("Set the steps of a template's draft, all of them.")
class SetTemplateSteps:
    id: strawberry.ID = reference(TemplateRow, "Which template.", optional=False)
    steps: list[NewTemplateStep] = given_field("Its steps, in order, at most 250.",
                                               optional=False)  # fmt: skip
    expected_version: int | None = given_field("The template's version you last saw.")


@verb_input("Let a template's draft be what is applied.")
class PublishTemplate:
    id: strawberry.ID = reference(TemplateRow, "Which template.", optional=False)


@verb_input("Make a job for a client from a template's published version.")
class ApplyTemplate:
    id: strawberry.ID | None = own_id(JobRow)
    template_id: strawberry.ID = reference(TemplateRow, "Which template.", optional=False)
    client_id: strawberry.ID = reference(ClientRow, "For whom.", optional=False)
    engagement_id: strawberry.ID | None = reference(EngagementRow, "Under which agreement.")
    title: str | None = given_field(
        "What the job is called; the template's and the period's names unless said."
    )
    owner_id: strawberry.ID | None = reference(
        MemberRow, "Who answers for it; who holds the template's part at the client unless said."
    )
    team_id: strawberry.ID | None = reference(TeamRow, "On whose board.")
    period_start: Date | None = given_field("The first day of its period.")
    period_end: Date | None = given_field("The last day of its period.")
    start_date: Date | None = given_field("When it is to be begun; today unless said.")
    due_date: Date | None = given_field("When it is to be done.")


_VERSION = {
    "template": (Template, TemplateRow),
    "template_version": (TemplateVersion, TemplateVersionRow),
}
_MANAGE = Permission.MANAGE_WORK


@strawberry.type
class TemplateMutation:
    create_template = mutation(
        templates.design, input=CreateTemplate, returns=_VERSION, allow=_MANAGE,
        description="Begin a template with the draft of its first version.",
    )  # fmt: skip
    set_template_steps = mutation(
        templates.set_steps, input=SetTemplateSteps, returns=_VERSION, allow=_MANAGE,
        description="Set the draft's steps; once all is published, they begin the next version.",
    )  # fmt: skip
    publish_template = mutation(
        templates.publish, input=PublishTemplate, returns=_VERSION, allow=_MANAGE,
        description="Publish the draft: it is applied from now on and never changes again.",
    )  # fmt: skip
    apply_template = mutation(
        templates.apply, input=ApplyTemplate, returns={"job": (Job, JobRow)},
        allow=Permission.EDIT_WORK,
        description="Make a job with its tasks, owners, due dates and dependencies, in one act.",
    )  # fmt: skip
