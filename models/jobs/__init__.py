"""Jobs: one service for one client, for a period or once. One card on the board."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import ordering
from models.base import FirmModel, belongs_to
from models.clients import Client
from models.engagements import Engagement
from models.errors import ValidationError
from models.events import EventKind
from models.jobs import movement, steps
from models.members import Member
from models.teams import Team
from models.visibility import Sight
from models.workflows import Service, Stage, WorkCategory, Workflow, default_workflow


class Job(FirmModel):
    """A piece of work for a client, made of tasks, standing at a stage."""

    thing: ClassVar[str] = "job"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    service = belongs_to("Service", null=True)
    service_id: UUID | None
    engagement = belongs_to("Engagement", null=True)
    engagement_id: UUID | None
    workflow = belongs_to("Workflow")
    workflow_id: UUID
    stage = belongs_to("Stage")
    stage_id: UUID
    category = fields.CharEnumField(WorkCategory)
    title = fields.CharField(200)
    owner = belongs_to("Member", null=True)
    owner_id: UUID | None
    team = belongs_to("Team", null=True)
    team_id: UUID | None
    period_start: date | None = fields.DateField(null=True)
    period_end: date | None = fields.DateField(null=True)
    start_date: date | None = fields.DateField(null=True)
    due_date: date | None = fields.DateField(null=True)
    budget_seconds: int | None = fields.BigIntField(null=True)
    position = fields.CharField(400)
    completed_at: datetime | None = fields.DatetimeField(null=True)
    template_version = belongs_to("TemplateVersion", null=True)
    template_version_id: UUID | None
    recurrence = belongs_to("Recurrence", null=True)
    recurrence_id: UUID | None
    period_key = fields.CharField(20, null=True)

    class Meta:
        table = "job"

    @classmethod
    async def open(cls, *, client_id: UUID, title: str, id: UUID | None = None,
                   workflow_id: UUID | None = None, stage_id: UUID | None = None,
                   step_list: Sequence[Mapping[str, Any]] = (),
                   derived: Mapping[str, Any] | None = None, **given: Any) -> Self:  # fmt: skip
        """A new job at its workflow's first stage (or `stage_id`), with its steps as tasks.

        `given` is what the caller said, `derived` what was found for it.
        """
        await Client.must_exist(client_id, "clientId")
        await _must_refer(client_id, {**(derived or {}), **given})
        stage = await _first_stage(workflow_id, given.get("service_id"), stage_id)
        if stage.category.is_over:
            raise ValidationError("A job does not begin at its end.", path=("stageId",))
        job = await cls.create(
            EventKind.JOB_CREATED, id=id,
            given={"client_id": client_id, "title": title, **given},
            derived={**(derived or {}), "workflow_id": stage.workflow_id, "stage_id": stage.id,
                     "category": stage.category, "position": await ordering.at_end(cls)},
        )  # fmt: skip
        if job.is_new and stage.category.is_waiting:
            await movement.open_waiting(job, stage)
        if job.is_new and step_list:
            await steps.lay_out(job, step_list)
        return job

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch the job's own facts; where it stands is changed by `move`."""
        await _must_refer(self.client_id, changes)
        kind = EventKind.JOB_ASSIGNED if set(changes) == {"owner_id"} else EventKind.JOB_CHANGED
        return await self.merge(kind, changes, expected_version)

    async def assign(self, owner_id: UUID | None) -> Self:
        return await self.change({"owner_id": owner_id}, None)

    async def move(
        self,
        *,
        stage: Stage | None = None,
        after_id: UUID | None = None,
        before_id: UUID | None = None,
        what: str | None = None,
        **changes: Any,
    ) -> Self:
        """Put the card at a stage and between neighbours, in one act.

        Raises Locked when the stage asks for something that is not there yet.
        """
        await _must_refer(self.client_id, changes)
        if stage is not None and stage.id != self.stage_id:
            changes |= await movement.enter(self, stage, what)
        if after_id is not None or before_id is not None:
            changes["position"] = await ordering.place(Job, after_id, before_id)
        return await self.record(movement.kind_of(self, changes), **changes)

    async def stage_of(self, category: WorkCategory) -> Stage:
        """Its workflow's first stage of a category. Raises ValidationError when it has none."""
        stage = await (await Workflow.load(self.workflow_id, lock=False)).stage(category)
        if stage is None:
            raise ValidationError(
                f"This workflow has no stage that is {category.value.replace('_', ' ')}.",
                path=("category",),
            )
        return stage


async def _must_refer(client_id: UUID, values: Mapping[str, Any]) -> None:
    await Member.must_work_here(values.get("owner_id"), "ownerId")
    await Team.must_exist(values.get("team_id"), "teamId")
    await Service.must_exist(values.get("service_id"), "serviceId")
    await Engagement.must_be_of(client_id, values.get("engagement_id"))


async def _first_stage(
    workflow_id: UUID | None, service_id: UUID | None, stage_id: UUID | None
) -> Stage:
    if stage_id is not None:
        stage = await Stage.load(stage_id, lock=False, path=("stageId",))
        if workflow_id not in (None, stage.workflow_id):
            raise ValidationError("That stage belongs to another workflow.", path=("stageId",))
        return stage
    if workflow_id is not None:
        workflow = await Workflow.load(workflow_id, lock=False, path=("workflowId",))
    elif service_id is not None:
        service = await Service.load(service_id, lock=False)
        workflow = await Workflow.load(service.workflow_id, lock=False)
    else:
        workflow = await default_workflow()
    return (await workflow.stages())[0]
