"""Comments on jobs and tasks."""

from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.errors import Forbidden
from models.events import EventKind
from models.jobs import Job
from models.permissions import Permission
from models.tasks import Task
from models.unit_of_work import current
from models.visibility import Sight


class Comment(FirmModel):
    """What somebody of the firm said about a job or a task."""

    thing: ClassVar[str] = "comment"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    job = belongs_to("Job", null=True)
    job_id: UUID | None
    task = belongs_to("Task", null=True)
    task_id: UUID | None
    client = belongs_to("Client", null=True)
    client_id: UUID | None
    author = belongs_to("Member", null=True)
    author_id: UUID | None
    body = fields.TextField()

    class Meta:
        table = "comment"

    @classmethod
    async def on_task(cls, task: Task, body: str, *, id: UUID | None = None) -> Self:
        return await cls._add({"task_id": task.id}, task.client_id, body, id)

    @classmethod
    async def on_job(cls, job: Job, body: str, *, id: UUID | None = None) -> Self:
        return await cls._add({"job_id": job.id}, job.client_id, body, id)

    @classmethod
    async def _add(cls, about: dict[str, UUID], client_id: UUID | None, body: str,
                   id: UUID | None) -> Self:  # fmt: skip
        return await cls.create(
            EventKind.COMMENT_ADDED, id=id, given={**about, "body": body},
            derived={"client_id": client_id, "author_id": current().viewer.member_id},
        )  # fmt: skip

    async def change(self, body: str, expected_version: int | None = None) -> Self:
        """Its author corrects it."""
        self._must_be_mine("change")
        return await self.merge(EventKind.COMMENT_CHANGED, {"body": body}, expected_version)

    async def remove(self) -> None:
        """Its author, or a manager, takes it back."""
        if not current().viewer.may(Permission.MANAGE_WORK):
            self._must_be_mine("remove")
        await self.record_removal(EventKind.COMMENT_REMOVED)

    def _must_be_mine(self, act: str) -> None:
        if self.author_id != current().viewer.member_id:
            raise Forbidden(f"Only its author can {act} a comment.")
