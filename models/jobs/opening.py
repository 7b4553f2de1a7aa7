"""Opening jobs: one or hundreds, in as many statements, each with its steps as tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models import order_keys, ordering
from models.clients import Client
from models.engagements import Engagement
from models.errors import ValidationError
from models.events import EventKind
from models.jobs import movement, steps
from models.members import Member
from models.teams import Team
from models.workflows import Service, Stage, Workflow, default_workflow

if TYPE_CHECKING:
    from models.jobs import Job


@dataclass(frozen=True, slots=True)
class Opening:
    """A job to be: `given` is what the caller said, `derived` what was found for it. It begins at
    its workflow's first stage or at `stage_id`."""

    client_id: UUID
    title: str
    step_list: Sequence[Mapping[str, Any]] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, Any] = field(default_factory=dict)
    workflow_id: UUID | None = None
    stage_id: UUID | None = None
    id: UUID | None = None


async def open_all(openings: Sequence[Opening]) -> "list[Job]":
    """The jobs, in their order. What one is refused for, all are."""
    await Client.load_all((each.client_id for each in openings), path=("clientId",))
    await must_refer([(each.client_id, {**each.derived, **each.given}) for each in openings])
    stages = await _first_stages(openings)
    if any(stage.category.is_over for stage in stages):
        raise ValidationError("A job does not begin at its end.", path=("stageId",))
    made = await _create(openings, stages)
    begun = [
        (job, stage, each.step_list)
        for job, stage, each in zip(made, stages, openings, strict=True)
        if job.is_new
    ]
    for new, stage, _ in begun:
        if stage.category.is_waiting:
            await movement.open_waiting(new, stage)
    await steps.lay_out([(new, step_list) for new, _, step_list in begun])
    return made


async def must_refer(named: Sequence[tuple[UUID, Mapping[str, Any]]]) -> None:
    """Raise NotFound or ValidationError unless these values, each of a job of that client, name
    what there is and who works here."""

    def ids(name: str) -> list[UUID | None]:
        return [values.get(name) for _, values in named]

    await Member.must_all_work_here(dict.fromkeys(ids("owner_id"), ("ownerId",)))
    await Team.load_all(ids("team_id"), path=("teamId",))
    await Service.load_all(ids("service_id"), path=("serviceId",))
    await Engagement.must_each_be_of(
        [(client_id, values.get("engagement_id")) for client_id, values in named]
    )


async def _create(openings: Sequence[Opening], stages: Sequence[Stage]) -> "list[Job]":
    from models.jobs import Job

    keys = order_keys.many(len(openings), await ordering.last_position(Job))
    given = [{"client_id": each.client_id, "title": each.title, **each.given} for each in openings]
    derived = [
        {**each.derived, "workflow_id": stage.workflow_id, "stage_id": stage.id,
         "category": stage.category, "position": key}
        for each, stage, key in zip(openings, stages, keys, strict=True)
    ]  # fmt: skip
    if len(openings) == 1:  # which may come a second time, under an id of its own
        return [await Job.create(EventKind.JOB_CREATED, id=openings[0].id, given=given[0],
                                 derived=derived[0])]  # fmt: skip
    return await Job.record_all(EventKind.JOB_CREATED, [
        {**found, **said} | ({"id": each.id} if each.id else {})
        for each, said, found in zip(openings, given, derived, strict=True)
    ])  # fmt: skip


async def _first_stages(openings: Sequence[Opening]) -> list[Stage]:
    """Where each begins; jobs alike in what decides it begin at the same."""
    decide = [(each.workflow_id, each.given.get("service_id"), each.stage_id) for each in openings]
    found = {these: await _first_stage(*these) for these in dict.fromkeys(decide)}
    return [found[these] for these in decide]


async def _first_stage(
    workflow_id: UUID | None, service_id: UUID | None, stage_id: UUID | None
) -> Stage:
    if stage_id is not None:
        stage = await Stage.load(stage_id, lock=False, path=("stageId",))
        if workflow_id not in (None, stage.workflow_id):
            raise ValidationError("That stage belongs to another workflow.", path=("stageId",))
        stage.must_be_in_use("stageId")
        return stage
    if workflow_id is not None:
        workflow = await Workflow.load(workflow_id, lock=False, path=("workflowId",))
    elif service_id is not None:
        service = await Service.load(service_id, lock=False)
        workflow = await Workflow.load(service.workflow_id, lock=False)
    else:
        workflow = await default_workflow()
    return (await workflow.stages())[0]
