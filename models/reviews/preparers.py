"""Who prepared a job: none of them finds the work good."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from models.unit_of_work import current

if TYPE_CHECKING:
    from models.jobs import Job


async def preparers_of(job: "Job", asked_for_by: UUID | None = None) -> Mapping[UUID | None, str]:
    """Everybody who prepared it, and by what: whoever completed a step of it, its owner, and who
    stood as its preparer when it was asked to be looked at."""
    rows = await current().fetch(
        "select m.id, m.name, k.title from member m left join (select distinct on"
        "   (t.completed_by_id) t.completed_by_id, t.title from task t where t.job_id = $1"
        "   and t.completed_by_id is not null order by t.completed_by_id, t.step, t.id) k"
        " on k.completed_by_id = m.id where k.completed_by_id is not null or m.id = any($2)",
        job.id, [id for id in (job.owner_id, asked_for_by) if id is not None],
    )  # fmt: skip
    return {row["id"]: _by_what(job, row["id"], row["name"], row["title"]) for row in rows}


def _by_what(job: "Job", id: UUID, name: str, title: str | None) -> str:
    if title is not None:
        return f"{name} completed “{title}”"
    return f"{name} owns this job" if id == job.owner_id else f"{name} asked for this review"
