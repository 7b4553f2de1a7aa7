"""Tasks: the steps of a job, or work on its own."""

from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models import ordering
from models.base import FirmModel, belongs_to
from models.clients import Client
from models.errors import Locked, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.members import Member
from models.reviews import lapsing
from models.tasks import removal, starting
from models.teams import Team
from models.unit_of_work import current
from models.visibility import Sight
from models.workflows import WorkCategory


class Task(FirmModel):
    """Something to be done, by somebody, by when."""

    thing: ClassVar[str] = "task"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    job = belongs_to("Job", null=True)
    job_id: UUID | None
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    title = fields.CharField(200)
    notes = fields.TextField(default="")
    status = fields.CharEnumField(WorkCategory)
    assignee = belongs_to("Member", null=True)
    assignee_id: UUID | None
    team = belongs_to("Team", null=True)
    team_id: UUID | None
    due_date: date | None = fields.DateField(null=True)
    estimate_seconds: int | None = fields.BigIntField(null=True)
    step: int | None = fields.IntField(null=True)
    position = fields.CharField(400)
    started_at: datetime | None = fields.DatetimeField(null=True)
    """Since when somebody is at it; None too for what was begun before this was kept."""
    completed_at: datetime | None = fields.DatetimeField(null=True)
    completed_by = belongs_to("Member", null=True)
    completed_by_id: UUID | None

    class Meta:
        table = "task"

    @classmethod
    async def add(cls, *, title: str, id: UUID | None = None, job_id: UUID | None = None,
                  client_id: UUID | None = None, after_id: UUID | None = None,
                  **given: Any) -> Self:  # fmt: skip
        """A new task: the last step of a job, or one on its own (for a client or for nobody)."""
        await _must_refer(given)
        derived: dict[str, Any] = {"status": WorkCategory.READY, "notes": ""}
        if job_id is not None:
            job = await Job.load(job_id, path=("jobId",))
            if job.category.is_over:
                raise Locked("The job is over; reopen it first.", path=("jobId",))
            if client_id not in (None, job.client_id):
                raise ValidationError("The job is another client's.", path=("clientId",))
            client_id = job.client_id
            derived["team_id"] = job.team_id
            derived["step"] = 1 + (await current().fetchval(
                "select coalesce(max(step), 0) from task where job_id = $1", job.id
            ))  # fmt: skip
        else:
            await Client.must_exist(client_id, "clientId")
        derived["position"] = await ordering.place(cls, after_id, None)
        task = await cls.create(
            EventKind.TASK_CREATED, id=id, derived=derived,
            given={"title": title, "job_id": job_id, "client_id": client_id, **given},
        )  # fmt: skip
        if task.is_new:
            await lapsing.work_changed(job_id, title, "was added")
        return task

    async def change(self, changes: dict[str, Any], expected_version: int | None) -> Self:
        """Patch the task's own facts."""
        await _must_refer(changes)
        only_assignee = set(changes) == {"assignee_id"}
        kind = EventKind.TASK_ASSIGNED if only_assignee else EventKind.TASK_CHANGED
        return await self.merge(kind, changes, expected_version)

    async def assign(self, assignee_id: UUID | None) -> Self:
        return await self.change({"assignee_id": assignee_id}, None)

    async def move(
        self,
        *,
        status: WorkCategory | None = None,
        after_id: UUID | None = None,
        before_id: UUID | None = None,
        override_reason: str | None = None,
        **changes: Any,
    ) -> Self:
        """Give the task a status and a place, in one act.

        Raises Locked when it would begin, or be finished, before what it depends on.
        """
        await _must_refer(changes)
        kind = EventKind.TASK_MOVED
        if status is not None and status is not self.status:
            kind = _kind(self.status, status)
            changes |= await starting.enter(self, status, override_reason)
        if after_id is not None or before_id is not None:
            changes["position"] = await ordering.place(Task, after_id, before_id)
        before = self.status
        await self.record(kind, **changes)
        if before is not self.status:
            await starting.tell_neighbours(self)
            await lapsing.step_moved(self, before)
        return self

    async def complete(self, override_reason: str | None = None) -> Self:
        """Done; twice is once. What waited for it becomes ready."""
        return await self.move(status=WorkCategory.DONE, override_reason=override_reason)

    async def reopen(self) -> Self:
        """Not done after all; a task that is open stays as it is."""
        if not self.status.is_over:
            return self
        return await self.move(status=WorkCategory.READY)

    async def remove(self) -> None:
        """Delete it with its comments and dependencies. Raises Locked once time is booked on it."""
        await removal.remove(self)


async def _must_refer(values: dict[str, Any]) -> None:
    await Member.must_work_here(values.get("assignee_id"), "assigneeId")
    await Team.must_exist(values.get("team_id"), "teamId")


def _kind(before: WorkCategory, after: WorkCategory) -> EventKind:
    if after is WorkCategory.DONE:
        return EventKind.TASK_COMPLETED
    if before.is_over and not after.is_over:
        return EventKind.TASK_REOPENED
    return EventKind.TASK_MOVED
