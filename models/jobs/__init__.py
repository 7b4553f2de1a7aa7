"""Jobs: one service for one client, for a period or once. One card on the board."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import ordering
from models.base import FirmModel, belongs_to
from models.errors import ValidationError
from models.events import EventKind
from models.jobs import movement, opening
from models.jobs.opening import Opening
from models.visibility import Sight
from models.workflows import Stage, WorkCategory, Workflow


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
                   derived: Mapping[str, Any] | None = None, **given: Any) -> "Job":  # fmt: skip
        """A new job at its workflow's first stage (or `stage_id`), with its steps as tasks.

        `given` is what the caller said, `derived` what was found for it.
        """
        (job,) = await cls.open_all([Opening(
            client_id=client_id, title=title, id=id, workflow_id=workflow_id, stage_id=stage_id,
            step_list=step_list, derived=derived or {}, given=given,
        )])  # fmt: skip
        return job

    @classmethod
    async def open_all(cls, openings: Sequence[Opening]) -> "list[Job]":
        """Many new jobs in as few statements as one."""
        return await opening.open_all(openings)

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch the job's own facts; where it stands is changed by `move`."""
        await opening.must_refer([(self.client_id, changes)])
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
        await opening.must_refer([(self.client_id, changes)])
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
