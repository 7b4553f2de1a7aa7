"""Services and the stages that their work goes through."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import order_keys
from models.base import FirmModel, belongs_to
from models.errors import Locked, NotFound, ValidationError
from models.events import EventKind
from models.unit_of_work import current


class WorkCategory(StrEnum):
    """Where a piece of work stands: the same words for a stage and for a task."""

    PLANNED = "planned"
    READY = "ready"
    IN_PROGRESS = "in_progress"
    WAITING_ON_CLIENT = "waiting_on_client"
    WAITING_ON_OTHER = "waiting_on_other"
    ON_HOLD = "on_hold"
    IN_REVIEW = "in_review"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        return self in (WorkCategory.DONE, WorkCategory.CANCELLED)

    @property
    def is_waiting(self) -> bool:
        return self in (WorkCategory.WAITING_ON_CLIENT, WorkCategory.WAITING_ON_OTHER)

    @property
    def is_begun(self) -> bool:
        return self not in (WorkCategory.PLANNED, WorkCategory.READY, WorkCategory.CANCELLED)


class Workflow(FirmModel):
    """An ordered list of stages."""

    thing: ClassVar[str] = "workflow"

    name = fields.CharField(100)

    class Meta:
        table = "workflow"

    @classmethod
    async def design(cls, *, name: str, stages: Sequence[dict[str, Any]],
                     id: UUID | None = None) -> Self:  # fmt: skip
        """A workflow with its stages in order; it must be able to end in `done`."""
        if not any(stage["category"] == WorkCategory.DONE for stage in stages):
            raise ValidationError("A workflow needs a stage that is done.", path=("stages",))
        workflow = await cls.create(EventKind.WORKFLOW_CREATED, id=id, given={"name": name})
        if workflow.is_new:
            keys = order_keys.many(len(stages), None)
            await Stage.record_all(EventKind.STAGE_ADDED, [
                {"workflow_id": workflow.id, "position": key, "requires_steps_done": False,
                 "requires_sign_off": False, "requires_requests_closed": False,
                 "client_facing_name": stage["name"], **stage}
                for key, stage in zip(keys, stages, strict=True)
            ])  # fmt: skip
        return workflow

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        return await self.merge(EventKind.WORKFLOW_CHANGED, changes, expected_version)

    async def stages(self) -> list["Stage"]:
        """Those in use, in order."""
        rows = await current().fetch(
            "select * from stage where workflow_id = $1 and retired_at is null order by position",
            self.id,
        )
        return [Stage.from_row(row) for row in rows]

    async def add_stage(self, *, name: str, category: WorkCategory, after_id: UUID | None = None,
                        id: UUID | None = None, **given: Any) -> "Stage":  # fmt: skip
        """A further stage, after that one, or else the last; the workflow is held."""
        stage = await Stage.create(
            EventKind.STAGE_ADDED, id=id,
            given={"workflow_id": self.id, "name": name, "category": category, **given},
            derived={"requires_steps_done": False, "requires_sign_off": False,
                     "requires_requests_closed": False, "client_facing_name": name,
                     "position": await self.place(after_id)},
        )  # fmt: skip
        await self.must_begin_with_work()
        return stage

    async def place(self, after_id: UUID | None = None, before_id: UUID | None = None) -> str:
        """An order key right after or right before a stage of this workflow, else at its end."""
        low: str | None
        high: str | None
        if after_id is not None:
            low = (await self._neighbour(after_id, "afterId")).position
            high = await self._edge("min(position)", "> $2", low)
        elif before_id is not None:
            high = (await self._neighbour(before_id, "beforeId")).position
            low = await self._edge("max(position)", "< $2", high)
        else:
            low, high = await self._edge("max(position)", "> $2", ""), None
        return order_keys.between(low, high)

    async def _edge(self, which: str, beyond: str, position: str) -> str | None:
        """Those that were retired keep their places, too."""
        found: str | None = await current().fetchval(
            f"select {which} from stage where workflow_id = $1 and position {beyond}",
            self.id, position,
        )  # fmt: skip
        return found

    async def _neighbour(self, id: UUID, path: str) -> "Stage":
        stage = await Stage.load(id, lock=False, path=(path,))
        if stage.workflow_id != self.id:
            raise ValidationError("That stage belongs to another workflow.", path=(path,))
        return stage

    async def must_begin_with_work(self) -> None:
        """Raise ValidationError where a new job would begin at its end."""
        stages = await self.stages()
        if stages[0].category.is_over and any(not stage.category.is_over for stage in stages):
            raise ValidationError("A workflow begins with a stage at which work is not over.",
                                  path=("afterId",))  # fmt: skip

    async def stage(self, category: WorkCategory) -> "Stage | None":
        """The first stage of a category."""
        return next((s for s in await self.stages() if s.category == category), None)


class Stage(FirmModel):
    """One stop of a workflow: a category, a name for the client, and what entering it asks for."""

    thing: ClassVar[str] = "stage"

    workflow = belongs_to("Workflow")
    workflow_id: UUID
    name = fields.CharField(100)
    client_facing_name = fields.CharField(100)
    category = fields.CharEnumField(WorkCategory)
    position = fields.CharField(200)
    requires_steps_done = fields.BooleanField(default=False)
    requires_sign_off = fields.BooleanField(default=False)
    requires_requests_closed = fields.BooleanField(default=False)
    retired_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "stage"

    @classmethod
    async def load_with_workflow(cls, id: UUID) -> tuple[Self, Workflow]:
        """The stage and its workflow, which is held first: two who rearrange one take turns."""
        workflow = await Workflow.load((await cls.load(id, lock=False)).workflow_id)
        return await cls.load(id), workflow

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Call it something else, here or before clients, or ask something else of who enters."""
        return await self.merge(EventKind.STAGE_CHANGED, changes, expected_version)

    async def put(self, workflow: Workflow, *, after_id: UUID | None = None,
                  before_id: UUID | None = None) -> Self:  # fmt: skip
        """Let it follow that stage, or come right before that one; else it is the last."""
        self.must_be_in_use("id")
        if self.id not in (after_id, before_id):
            await self.record(
                EventKind.STAGE_MOVED, position=await workflow.place(after_id, before_id)
            )
            await workflow.must_begin_with_work()
        return self

    def must_be_in_use(self, path: str) -> None:
        """Raise Locked for a stage that was retired."""
        if self.retired_at is not None:
            raise Locked(f"The stage “{self.name}” is not used any more.", path=(path,),
                         code="STAGE_RETIRED")  # fmt: skip


class Service(FirmModel):
    """What the firm sells, and the workflow its jobs follow."""

    thing: ClassVar[str] = "service"

    name = fields.CharField(100)
    workflow = belongs_to("Workflow")
    workflow_id: UUID

    class Meta:
        table = "service"

    @classmethod
    async def offer(cls, *, name: str, workflow_id: UUID, id: UUID | None = None) -> Self:
        await Workflow.must_exist(workflow_id, "workflowId")
        return await cls.create(
            EventKind.SERVICE_CREATED, id=id, given={"name": name, "workflow_id": workflow_id}
        )

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        await Workflow.must_exist(changes.get("workflow_id"), "workflowId")
        return await self.merge(EventKind.SERVICE_CHANGED, changes, expected_version)


async def default_workflow() -> Workflow:
    """The firm's first workflow: what a job follows when nothing else is said."""
    row = await current().fetchrow("select * from workflow order by created_at, id limit 1")
    if row is None:
        raise NotFound("workflow", path=("workflowId",))
    return Workflow.from_row(row)


STANDARD_STAGES: tuple[dict[str, Any], ...] = (
    {"name": "Planned", "category": "planned", "client_facing_name": "Planned"},
    {"name": "Ready", "category": "ready", "client_facing_name": "Planned"},
    {"name": "In progress", "category": "in_progress", "client_facing_name": "In progress"},
    {"name": "Waiting on client", "category": "waiting_on_client",
     "client_facing_name": "We need something from you"},
    {"name": "Waiting on others", "category": "waiting_on_other",
     "client_facing_name": "In progress"},
    {"name": "On hold", "category": "on_hold", "client_facing_name": "On hold"},
    {"name": "In review", "category": "in_review", "client_facing_name": "In review"},
    {"name": "Done", "category": "done", "client_facing_name": "Done",
     "requires_steps_done": True},
    {"name": "Cancelled", "category": "cancelled", "client_facing_name": "Cancelled"},
)  # fmt: skip
"""The stages a new firm starts with."""
