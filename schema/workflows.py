"""Services and workflows."""

import strawberry

from models.permissions import Permission
from models.workflows import Service as ServiceRow
from models.workflows import Stage as StageRow
from models.workflows import WorkCategory
from models.workflows import Workflow as WorkflowRow
from resolvers import workflows
from schema.fields import children, field, node_id, query, relation
from schema.inputs import given_field, input_type, own_id, reference
from schema.mutations import mutation, verb_input
from schema.nodes import Node, node_type
from schema.scalars import DateTime

READ = Permission.READ_WORK


@node_type(StageRow, "One stop of a workflow.")
class Stage(Node):
    id: strawberry.ID = node_id(StageRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What the firm calls it.")
    client_facing_name: str = field("What the client reads.")
    category: WorkCategory = field("Where work at this stage stands.")
    position: str = field("Sorts the stages of a workflow, compared byte by byte.")
    requires_steps_done: bool = field("Whether all steps must be done to enter it.")
    requires_sign_off: bool = field("Whether a reviewer must have signed off to enter it.")
    requires_requests_closed: bool = field(
        "Whether nothing may be asked of the client any more to enter it."
    )
    retired_at: DateTime | None = field(
        "When it was taken out of use; work that was over by then stands at it still."
    )


@node_type(WorkflowRow, "An ordered list of stages.")
class Workflow(Node):
    id: strawberry.ID = node_id(WorkflowRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What it is called.")
    stages: list[Stage] = children(
        StageRow, by="workflow_id", order="position", where="t.retired_at is null", allow=READ,
        description="Its stages in use, in order.",
    )  # fmt: skip


@node_type(ServiceRow, "What the firm sells.")
class Service(Node):
    id: strawberry.ID = node_id(ServiceRow)
    version: int = field("How often it was changed, from 1.")
    name: str = field("What it is called.")
    workflow: Workflow = relation(WorkflowRow, by="workflow_id", allow=READ,
                                  description="The workflow its jobs follow.")  # fmt: skip


@input_type("What a stage asks for before work enters it.")
class StageGates:
    requires_steps_done: bool = given_field("Whether all steps must be done to enter it.")
    requires_sign_off: bool = given_field("Whether a sign-off is needed to enter it.")
    requires_requests_closed: bool = given_field(
        "Whether nothing may be asked of the client any more to enter it."
    )


@input_type("A stage of a new workflow.")
class NewStage(StageGates):
    name: str = given_field("What the firm calls it.", optional=False)
    category: WorkCategory = given_field("Where work at it stands.", optional=False)
    client_facing_name: str = given_field("What the client reads; the name unless said.")


@verb_input("Design a workflow.")
class CreateWorkflow:
    id: strawberry.ID | None = own_id(WorkflowRow)
    name: str = given_field("What it is called.", optional=False)
    stages: list[NewStage] = given_field("Its stages, in order.", optional=False)


@verb_input("Offer a service.")
class CreateService:
    id: strawberry.ID | None = own_id(ServiceRow)
    name: str = given_field("What it is called.", optional=False)
    workflow_id: strawberry.ID = reference(WorkflowRow, "The workflow its jobs follow.",
                                           optional=False)  # fmt: skip


@verb_input("Change a service: what is absent stays as it is.")
class UpdateService:
    id: strawberry.ID = reference(ServiceRow, "Which service.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("What it is called.")
    workflow_id: strawberry.ID = reference(WorkflowRow, "The workflow its new jobs follow.")


@strawberry.type
class WorkflowQuery:
    @query(allow=READ, cost=10)
    async def services(info) -> list[Service]:
        """What the firm sells, by name."""
        return await workflows.all_services()

    @query(allow=READ, cost=10)
    async def workflows(info) -> list[Workflow]:
        """The firm's workflows, the default one first."""
        return await workflows.all_workflows()


_MANAGE = Permission.MANAGE_WORK


@strawberry.type
class WorkflowMutation:
    create_workflow = mutation(
        workflows.design, input=CreateWorkflow, returns={"workflow": (Workflow, WorkflowRow)},
        allow=_MANAGE, description="Design a workflow with its stages.",
    )  # fmt: skip
    create_service = mutation(
        workflows.offer, input=CreateService, returns={"service": (Service, ServiceRow)},
        allow=_MANAGE, description="Offer a service.",
    )  # fmt: skip
    update_service = mutation(
        workflows.update_service, input=UpdateService,
        returns={"service": (Service, ServiceRow)}, allow=_MANAGE, description="Change a service.",
    )  # fmt: skip
