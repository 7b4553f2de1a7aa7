"""The clients, jobs and tasks that imported time belongs to: found by name, made when unknown."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from resolvers.imports.places import Place
from resolvers.imports.work.clients import Clients
from resolvers.imports.work.jobs import Jobs
from resolvers.imports.work.naming import Naming
from resolvers.imports.work.tasks import Tasks

__all__ = ["Naming", "Target", "Work"]


@dataclass(frozen=True, slots=True)
class Target:
    """The rows a time entry points at. In a dry run, what would be made has no id yet."""

    client_id: UUID | None = None
    job_id: UUID | None = None
    task_id: UUID | None = None
    remark: str | None = None


class Work:
    """Looks each name up once, and keeps what it found or made."""

    def __init__(self, naming: Naming) -> None:
        self.clients = Clients(naming)
        self.jobs = Jobs(naming)
        self.tasks = Tasks(naming)

    async def target(self, place: Place, on: date) -> Target:
        """What time of this place on this day points at."""
        if not place.client:
            return Target()
        client_id = await self.clients.id_of(place.client)
        job = await self.jobs.choose(place, client_id, on) if place.project else None
        job_id = job.id if job else None
        if not place.task:
            return Target(client_id, job_id)
        task_id = await self.tasks.id_of(place, client_id, job)
        untold = task_id is None and job is not None and job.is_over
        remark = f"its job is over, so task “{place.task}” was not made" if untold else None
        return Target(client_id, job_id, task_id, remark)
