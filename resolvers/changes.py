"""What happened to a job and to all that belongs to it."""

from collections.abc import Collection, Sequence

from models.permissions import Permission
from models.unit_of_work import Row, current
from models.visibility import client_visible
from resolvers.reading import grouped


async def of_jobs(parents: Sequence[Row], told: Collection[str]) -> list[list[Row]]:
    """The last 50 events of each job, of entities in `told`, latest first."""
    unit, ids = current(), [row["id"] for row in parents]
    rows = await unit.fetch(
        f"""select p.id as parent, e.* from unnest($1::uuid[]) p (id) cross join lateral (
              select t.* from event t where t.seq is not null and t.entity_id in (
                select p.id
                union all select k.id from task k where k.job_id = p.id
                union all select w.id from waiting w where w.job_id = p.id
                union all select r.id from review r where r.job_id = p.id
                union all select v.id from review_point v where v.job_id = p.id
                union all select c.id from comment c where c.job_id = p.id
                union all select q.id from request q where q.job_id = p.id
                union all select i.id from request q join request_item i
                  on i.firm_id = q.firm_id and i.request_id = q.id where q.job_id = p.id
                union all select f.id from document f where f.job_id = p.id
                union all select m.id from message m where m.job_id = p.id
              ) and t.entity = any($2) and {client_visible(unit.viewer, "t.client_id")}
              order by t.seq desc limit 50) e order by e.seq desc""",
        ids, told,
    )  # fmt: skip
    return grouped(ids, rows)


async def viewer_can(parents: Sequence[Row]) -> list[list[Permission]]:
    granted = sorted(current().viewer.permissions)
    return [granted for _ in parents]
