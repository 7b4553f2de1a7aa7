"""Boards: one card is one job, and much that happens concerns its card."""

from models.jobs import Job
from subscriptions.touched import Concern

JOBS = Concern(
    model=Job,
    entities=frozenset({
        "job", "task", "waiting", "review", "dependency", "comment", "timer", "time_entry",
        "request", "request_item", "document", "message",
    }),
    names=("job_id",),
    through=("task_id", "blocked_id", "blocker_id"),  # tasks, whose jobs are meant
    # What waits for a task shows it too, also on another job's card.
    related="""
        select id as row_id, job_id as id from task where id = any($1) and job_id is not null
        union all
        select d.blocker_id, t.job_id from dependency d
          join task t on t.firm_id = d.firm_id and t.id = d.blocked_id
          where d.blocker_id = any($1) and t.job_id is not null
        union all select id, job_id from waiting where id = any($1)
        union all select id, job_id from review where id = any($1)
        union all
        select c.id, coalesce(c.job_id, t.job_id) from comment c
          left join task t on t.firm_id = c.firm_id and t.id = c.task_id
          where c.id = any($1) and (c.job_id is not null or t.job_id is not null)
        union all select id, job_id from request where id = any($1)
        union all
        select i.id, r.job_id from request_item i
          join request r on r.firm_id = i.firm_id and r.id = i.request_id
          where i.id = any($1)
        union all select id, job_id from document where id = any($1) and job_id is not null
        union all select id, job_id from message where id = any($1) and job_id is not null
        union all select id, job_id from timer where id = any($1) and job_id is not null
        union all select id, job_id from time_entry where id = any($1) and job_id is not null
    """,
)  # fmt: skip
