"""Jobs by the projects that another product books time on."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from models.jobs import Job
from models.unit_of_work import current
from models.workflows import WorkCategory, default_workflow
from resolvers.imports.columns import same_name
from resolvers.imports.places import Place
from resolvers.imports.work.naming import Naming, key_of_names


@dataclass(frozen=True, slots=True)
class JobChoice:
    """A job that a project's name may mean: which of several, the date of the work tells."""

    id: UUID
    is_over: bool = False
    period_start: date | None = None
    period_end: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the day lies in the job's period."""
        return (
            self.period_start is not None
            and self.period_end is not None
            and self.period_start <= on <= self.period_end
        )


class Jobs:
    """Each project of each client, once."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self._choices: dict[tuple[str, str], list[JobChoice]] = {}

    async def choose(self, place: Place, client_id: UUID | None, on: date) -> JobChoice | None:
        """The job of this project: of several, the one whose period the day lies in, or the last.

        None in a dry run, when the job would be made.
        """
        key = (same_name(place.client), same_name(place.project))
        if key not in self._choices:
            self._choices[key] = await self._look_up(place, client_id)
        choices = self._choices[key]
        return next((c for c in choices if c.covers(on)), choices[0] if choices else None)

    async def _look_up(self, place: Place, client_id: UUID | None) -> list[JobChoice]:
        key = key_of_names(place.client, place.project)
        known = self.naming.ids.get("job", key)
        job = await Job.find(known) if known else None
        if job is not None and job.client_id == client_id:
            return [JobChoice(job.id, job.category.is_over)]
        found = await _jobs_called(client_id, place.project) if client_id else []
        if not found:
            self.naming.made["jobs"].append(f"{place.client}: {place.project}")
            if not self.naming.writing or client_id is None:
                return []
            found = [JobChoice(await self._open(place, client_id))]
        if len(found) == 1:
            await self.naming.remember("job", key, found[0].id, client_id)
        return found

    async def _open(self, place: Place, client_id: UUID) -> UUID:
        """A job for the project, in progress since its first time entry."""
        usage = self.naming.usage(place.client, place.project)
        stage = await (await default_workflow()).stage(WorkCategory.IN_PROGRESS)
        given: dict[str, Any] = {"start_date": usage.since}
        if owner := self.naming.only_worker(usage):
            given["owner_id"] = owner
        if team := self.naming.team(usage):
            given["team_id"] = team
        job = await Job.open(
            client_id=client_id,
            title=place.project,
            stage_id=stage.id if stage else None,
            **given,
        )
        return job.id


async def _jobs_called(client_id: UUID, title: str) -> list[JobChoice]:
    rows = await current().fetch(
        "select id, category, period_start, period_end from job"
        " where client_id = $1 and lower(title) = lower($2)"
        " order by period_start desc nulls last, id desc",
        client_id,
        title,
    )
    return [
        JobChoice(
            row["id"],
            WorkCategory(row["category"]).is_over,
            row["period_start"],
            row["period_end"],
        )
        for row in rows
    ]
