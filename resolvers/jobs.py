"""Jobs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models import waiting
from models.base import FirmModel
from models.errors import NotFound
from models.jobs import Job
from models.members import Member
from models.requests import Request
from models.reviews import Review
from models.unit_of_work import Row, current
from models.visibility import visible
from models.waiting import Waiting
from models.workflows import Stage, WorkCategory
from resolvers import external_ids, progress
from resolvers.filters import WORK, Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of
from resolvers.reading import by_ids, grouped

_ORDERS = {
    "due_date": Order("t.due_date", "date", optional=True),
    "position": Order("t.position", "text"),
    "newest": Order("t.id", "uuid", descending=True),
}


async def page(
    window: Window, order: str, *,
    client: Mapping[str, Any] | None = None, owner: Mapping[str, Any] | None = None,
    team: Mapping[str, Any] | None = None, service: Mapping[str, Any] | None = None,
    category: Mapping[str, Any] | None = None, due_date: Mapping[str, Any] | None = None,
    title: Mapping[str, Any] | None = None, search: str | None = None,
    external_id: Mapping[str, str] | None = None,
) -> Row:  # fmt: skip
    where = Where()
    for column, asked in (("client_id", client), ("owner_id", owner), ("team_id", team),
                          ("service_id", service), ("category", category),
                          ("due_date", due_date), ("title", title)):  # fmt: skip
        where.compare(f"t.{column}", asked)
    where.search(search, WORK)
    external_ids.narrow(where, Job, external_id)
    return await page_of(Job, _ORDERS[order], window, where)


async def open_of_clients(parents: Sequence[Row]) -> list[list[Row]]:
    """The first 50 open jobs of each client, in one statement."""
    unit, ids = current(), [row["id"] for row in parents]
    rows = await unit.fetch(
        "select j.* from unnest($1::uuid[]) p (id) cross join lateral ("
        " select t.* from job t where t.client_id = p.id"
        f" and t.category not in ('done', 'cancelled') and {visible(Job, unit.viewer)}"
        " order by t.due_date, t.id limit 50) j", ids,
    )  # fmt: skip
    return grouped(ids, rows, "client_id")


def whose_turn(category: str) -> str:
    match WorkCategory(category):
        case WorkCategory.WAITING_ON_CLIENT:
            return "client"
        case WorkCategory.WAITING_ON_OTHER:
            return "other"
        case WorkCategory.DONE | WorkCategory.CANCELLED:
            return "nobody"
    return "firm"


async def turn_of(parents: Sequence[Row]) -> list[Row | None]:
    """The open review's reviewer, else whoever holds the next step, else the owner."""
    holding = await progress.next_in_turn(parents)
    holders = [holding.get(job["id"]) if whose_turn(job["category"]) == "firm" else None
               for job in parents]  # fmt: skip
    known = list(dict.fromkeys(id for id in holders if id is not None))
    members = dict(zip(known, await by_ids(Member, known), strict=True))
    return [members.get(id) if id else None for id in holders]


async def overdue(parents: Sequence[Row]) -> list[bool]:
    return await progress.overdue("category", parents)


async def open_waiting(parents: Sequence[Row]) -> list[Row | None]:
    return await _one_each(Waiting, parents, "t.ended_at is null", "t.since")


async def latest_review(parents: Sequence[Row]) -> list[Row | None]:
    return await _one_each(Review, parents, "t.state <> 'planned'", "t.requested_at")


async def preparers(parents: Sequence[Row]) -> list[list[Row]]:
    """Who owns each job or completed a step of it, by name."""
    unit, ids = current(), [row["id"] for row in parents]
    rows = await unit.fetch(
        "select m.*, p.job_id as parent from (select j.id as job_id, j.owner_id as id from job j"
        "   where j.id = any($1) union select t.job_id, t.completed_by_id from task t"
        "   where t.job_id = any($1)) p join member m on m.id = p.id order by m.name, m.id", ids,
    )  # fmt: skip
    return grouped(ids, rows)


async def _one_each(
    model: type[FirmModel], parents: Sequence[Row], where: str, latest: str
) -> list[Row | None]:
    unit = current()
    rows = await unit.fetch(
        f"select distinct on (t.job_id) t.* from {model.table()} t where t.job_id = any($1)"
        f" and {where} and {visible(model, unit.viewer)}"
        f" order by t.job_id, {latest} desc, t.id desc",
        [row["id"] for row in parents],
    )
    found = {row["job_id"]: row for row in rows}
    return [found.get(row["id"]) for row in parents]


async def comment_count(parents: Sequence[Row]) -> list[int]:
    rows = await current().fetch(
        "select id, count(*) from (select job_id as id from comment where job_id = any($1)"
        " union all select t.job_id from comment c join task t on t.firm_id = c.firm_id"
        " and t.id = c.task_id where t.job_id = any($1)) said group by id",
        [row["id"] for row in parents],
    )
    found = {row["id"]: row["count"] for row in rows}
    return [found.get(row["id"], 0) for row in parents]


async def tracked_seconds(parents: Sequence[Row]) -> list[int]:
    return await progress.tracked("job_id", parents)


async def open_job(*, steps: Sequence[Mapping[str, Any]] = (), **given: Any) -> Job:
    return await Job.open(step_list=steps, **given)


async def update(*, id: UUID, expected_version: int | None = None, **changes: Any) -> Job:
    return await (await Job.load(id)).change(changes, expected_version)


async def assign(*, id: UUID, owner_id: UUID | None) -> Job:
    return await (await Job.load(id)).assign(owner_id)


async def move(*, id: UUID, stage_id: UUID | None = None, category: WorkCategory | None = None,
               **to: Any) -> Job:  # fmt: skip
    stage = None
    if stage_id is not None:
        stage = await Stage.load(stage_id, lock=False, path=("stageId",))
        category = stage.category
    if category is WorkCategory.CANCELLED:
        await Job.load(id, lock=False)  # of what the viewer may not see nothing is held
        await Request.hold_open(id)
    job = await Job.load(id)
    if stage is None and category not in (None, job.category):
        stage = await job.stage_of(category)
    return await job.move(stage=stage, **to)


async def start_waiting(*, job_id: UUID, whom: str, what: str) -> Job:
    return await waiting.start_waiting(await _job(job_id), whom=whom, what=what)


async def end_waiting(*, job_id: UUID) -> Job:
    return await waiting.end_waiting(await _job(job_id))


async def remind_waiting(*, job_id: UUID) -> Job:
    job = await _job(job_id)
    record = await Waiting.of(job)
    if record is None:
        raise NotFound("open waiting record", path=("jobId",))
    await record.remind()
    return job


async def _job(id: UUID) -> Job:
    return await Job.load(id, path=("jobId",))
