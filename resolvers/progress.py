"""How far work is: steps done, what is left, what is next, what is late: all parents at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models.clients import firm_today
from models.reviews import Review
from models.unit_of_work import Row, current
from models.visibility import visible
from models.workflows import WorkCategory

_NOTHING: dict[str, Any] = {
    "steps_done": 0, "steps_total": 0, "remaining_seconds": 0, "next_step": None,
}  # fmt: skip


async def of_jobs(parents: Sequence[Row]) -> list[dict[str, Any]]:
    """For each job its steps in figures and its first open step. Seeing a job is seeing these."""
    unit, ids = current(), [row["id"] for row in parents]
    figures = await unit.fetch(
        "select job_id, count(*) filter (where status = 'done') as steps_done,"
        " count(*) filter (where status <> 'cancelled') as steps_total,"
        " coalesce(sum(estimate_seconds) filter (where status not in ('done', 'cancelled')), 0)"
        "::bigint as remaining_seconds from task where job_id = any($1) group by job_id", ids,
    )  # fmt: skip
    steps = await unit.fetch(
        "select distinct on (job_id) * from task where job_id = any($1)"
        " and status not in ('done', 'cancelled') order by job_id, step, id", ids,
    )  # fmt: skip
    following: dict[UUID, Row] = {row["job_id"]: row for row in steps}
    found = {
        row["job_id"]: {**dict(row), "next_step": following.get(row["job_id"])} for row in figures
    }
    return [found.get(id, _NOTHING) for id in ids]


async def next_in_turn(parents: Sequence[Row]) -> dict[UUID, UUID | None]:
    """For each job who holds its open review, else its first open step, else the job itself."""
    unit = current()
    rows = await unit.fetch(
        "select t.id, coalesce(looks.reviewer_id, step.assignee_id, t.owner_id) as holder"
        " from job t left join lateral (select r.reviewer_id from review r where r.job_id = t.id"
        f" and r.state = 'requested' and {visible(Review, unit.viewer, 'r')} limit 1) looks on true"
        " left join lateral (select s.assignee_id from task s where s.job_id = t.id"
        " and s.status not in ('done', 'cancelled') order by s.step, s.id limit 1) step on true"
        " where t.id = any($1)", [row["id"] for row in parents],
    )  # fmt: skip
    return {row["id"]: row["holder"] for row in rows}


async def overdue(stands: str, parents: Sequence[Row]) -> list[bool]:
    """Whether each is past its due date where the firm is; column `stands` says if it is over."""
    today = await firm_today()
    return [row["due_date"] is not None and row["due_date"] < today
            and not WorkCategory(row[stands]).is_over for row in parents]  # fmt: skip


async def tracked(column: str, parents: Sequence[Row]) -> list[int]:
    """All seconds booked on each parent."""
    rows = await current().fetch(
        f"select {column} as id, sum(seconds)::bigint as seconds from time_entry"
        f" where {column} = any($1) group by {column}", [row["id"] for row in parents],
    )  # fmt: skip
    found = {row["id"]: row["seconds"] for row in rows}
    return [found.get(row["id"], 0) for row in parents]
