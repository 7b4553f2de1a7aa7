"""Tasks by the names another product gives them."""

from typing import Any
from uuid import UUID

from models.tasks import Task
from models.unit_of_work import current
from models.workflows import WorkCategory
from resolvers.imports.columns import same_name
from resolvers.imports.external_ids import key_of
from resolvers.imports.places import Place
from resolvers.imports.work.jobs import JobChoice
from resolvers.imports.work.naming import Naming


class Tasks:
    """Each task of each job, once; also tasks that are a client's and no job's."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self._found: dict[tuple[str, ...], UUID | None] = {}

    async def id_of(
        self, place: Place, client_id: UUID | None, job: JobChoice | None
    ) -> UUID | None:
        """The task's id; an unknown task is made, or would be. A job that is over gets none."""
        names = (place.client, place.project, place.task)
        key = (job.id.hex if job else "", *map(same_name, names))
        if key not in self._found:
            self._found[key] = await self._look_up(place, client_id, job)
        return self._found[key]

    async def _look_up(
        self, place: Place, client_id: UUID | None, job: JobChoice | None
    ) -> UUID | None:
        parent = job.id if job else None if place.project else client_id
        if parent is not None:
            key = key_of(parent.hex, same_name(place.task))
            known = self.naming.ids.get("task", key)
            if known and await Task.find(known):
                return known
            task_id = await _task_called(parent, place.task, of_job=job is not None)
            if task_id is None and job is not None and job.is_over:
                return None
            if task_id is not None:
                await self.naming.remember("task", key, task_id, client_id)
                return task_id
        names = (place.client, place.project, place.task)
        self.naming.made["tasks"].append(": ".join(filter(None, names)))
        if not self.naming.writing or parent is None:
            return None
        made = await self._add(place, client_id, job)
        key = key_of(parent.hex, same_name(place.task))
        await self.naming.remember("task", key, made, client_id)
        return made

    async def _add(self, place: Place, client_id: UUID | None, job: JobChoice | None) -> UUID:
        """A task in progress: somebody has worked on it."""
        usage = self.naming.usage(place.client, place.project, place.task)
        given: dict[str, Any] = {"job_id": job.id} if job else {"client_id": client_id}
        if assignee := self.naming.only_worker(usage):
            given["assignee_id"] = assignee
        return (await Task.add(title=place.task, status=WorkCategory.IN_PROGRESS, **given)).id


async def _task_called(parent: UUID, title: str, *, of_job: bool) -> UUID | None:
    """The first task of this title, an open one before one that is over."""
    whose = "job_id = $1" if of_job else "client_id = $1 and job_id is null"
    task_id: UUID | None = await current().fetchval(
        f"select id from task where {whose} and lower(title) = lower($2)"
        " order by status in ('done', 'cancelled'), step, id limit 1",
        parent,
        title,
    )
    return task_id
