"""What can be done to a workflow and its stages."""

import strawberry

from models.permissions import Permission
from models.workflows import Stage as StageRow
from models.workflows import WorkCategory
from models.workflows import Workflow as WorkflowRow
from resolvers import workflows
from schema.inputs import given_field, own_id, reference
from schema.mutations import mutation, verb_input
from schema.workflows import Stage, StageGates, Workflow


@verb_input("Change a workflow: what is absent stays as it is.")
class UpdateWorkflow:
    id: strawberry.ID = reference(WorkflowRow, "Which workflow.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("What it is called.")


@verb_input("Let a workflow have a further stage.")
class AddStage(StageGates):
    id: strawberry.ID | None = own_id(StageRow)
    workflow_id: strawberry.ID = reference(WorkflowRow, "Which workflow.", optional=False)
    name: str = given_field("What the firm calls it.", optional=False)
    category: WorkCategory = given_field("Where work at it stands; for good.", optional=False)
    after_id: strawberry.ID | None = reference(StageRow, "After which stage; the last unless said.")
    client_facing_name: str = given_field("What the client reads; the name unless said.")


@verb_input("Change a stage: what is absent stays as it is.")
class UpdateStage(StageGates):
    id: strawberry.ID = reference(StageRow, "Which stage.", optional=False)
    expected_version: int | None = given_field("The version you last saw.")
    name: str = given_field("What the firm calls it.")
    client_facing_name: str = given_field("What the client reads.")


@verb_input("Put a stage elsewhere within its workflow.")
class MoveStage:
    id: strawberry.ID = reference(StageRow, "Which stage.", optional=False)
    after_id: strawberry.ID | None = reference(StageRow, "Right after which one.")
    before_id: strawberry.ID | None = reference(
        StageRow, "Right before which one; it is the last where neither is said."
    )


@verb_input("Take a stage out of use.")
class RetireStage:
    id: strawberry.ID = reference(StageRow, "Which stage.", optional=False)
    move_jobs_to_id: strawberry.ID | None = reference(
        StageRow, "Where the work at it goes, at most 250 jobs; refused without, if there is any."
    )


_STAGE = {"stage": (Stage, StageRow), "workflow": (Workflow, WorkflowRow)}
_MANAGE = Permission.MANAGE_WORK


@strawberry.type
class StageMutation:
    update_workflow = mutation(
        workflows.update, input=UpdateWorkflow, returns={"workflow": (Workflow, WorkflowRow)},
        allow=_MANAGE, description="Change a workflow's own facts.",
    )  # fmt: skip
    add_stage = mutation(workflows.add_stage, input=AddStage, returns=_STAGE, allow=_MANAGE,
                         description="Let a workflow have a further stage.")  # fmt: skip
    update_stage = mutation(
        workflows.update_stage, input=UpdateStage, returns=_STAGE, allow=_MANAGE,
        description="Rename a stage, here or before clients, or change what it asks for. Work that"
        " is at it stays.",
    )  # fmt: skip
    move_stage = mutation(workflows.move_stage, input=MoveStage, returns=_STAGE, allow=_MANAGE,
                          description="Put a stage elsewhere within its workflow.")  # fmt: skip
    retire_stage = mutation(
        workflows.retire_stage, input=RetireStage, returns=_STAGE, allow=_MANAGE,
        description="Take a stage out of use. The work at it goes to another one, by its rules, all"
        " of it or none; work that is over stays at it.",
    )  # fmt: skip
