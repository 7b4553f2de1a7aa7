"""Boards: one card is one job, and much that happens concerns its card."""

from dataclasses import replace

from models.jobs import Job
from subscriptions.touched import LATELY, TO_DO, Concern

_OPEN = f"t.category {TO_DO}"
_DONE = f"t.category = 'done' and {LATELY}"

JOBS = Concern(
    model=Job,
    entities=frozenset({
        "job", "task", "waiting", "review", "review_point", "dependency", "comment", "timer",
        "time_entry", "request", "request_item", "document", "message",
    }),
    others={
        "client": frozenset({"name"}),
        "member": frozenset({"name", "colour"}),
    },
    names=("job_id",),
    through={"task_id": "task", "blocked_id": "task", "blocker_id": "task"},
    related={
        # What waits for a task shows it too, also on another job's card.
        "task": """
            select id, job_id from task where id = any($1) and job_id is not null
            union all
            select d.blocker_id, t.job_id from dependency d
              join task t on t.firm_id = d.firm_id and t.id = d.blocked_id
              where d.blocker_id = any($1) and t.job_id is not null
        """,
        # Of one that is changed only what is otherwise is told.
        "dependency": """
            select d.id, t.job_id from dependency d
              join task t on t.firm_id = d.firm_id and t.id in (d.blocked_id, d.blocker_id)
              where d.id = any($1) and t.job_id is not null
        """,
        "waiting": "select id, job_id from waiting where id = any($1)",
        "review": "select id, job_id from review where id = any($1)",
        "review_point": "select id, job_id from review_point where id = any($1)",
        "comment": """
            select c.id, coalesce(c.job_id, t.job_id) from comment c
              left join task t on t.firm_id = c.firm_id and t.id = c.task_id
              where c.id = any($1) and (c.job_id is not null or t.job_id is not null)
        """,
        "request": "select id, job_id from request where id = any($1)",
        "request_item": """
            select i.id, r.job_id from request_item i
              join request r on r.firm_id = i.firm_id and r.id = i.request_id
              where i.id = any($1)
        """,
        "document": "select id, job_id from document where id = any($1) and job_id is not null",
        "message": "select id, job_id from message where id = any($1) and job_id is not null",
        "timer": "select id, job_id from timer where id = any($1) and job_id is not null",
        "time_entry": "select id, job_id from time_entry where id = any($1) and job_id is not null",
        "client": f"""
            select t.client_id, t.id from job t
              where t.client_id = any($1) and ({_OPEN} or {_DONE})
        """,
        # Who owns it, or has to act next.
        "member": f"""
            select t.owner_id, t.id from job t where t.owner_id = any($1) and {_OPEN}
            union all
            select t.owner_id, t.id from job t where t.owner_id = any($1) and {_DONE}
            union all
            select s.assignee_id, s.job_id from task s
              where s.assignee_id = any($1) and s.job_id is not null and s.status {TO_DO}
              and not exists (select from task e where e.firm_id = s.firm_id
                and e.job_id = s.job_id and (e.step, e.id) < (s.step, s.id) and e.status {TO_DO})
            union all
            select reviewer_id, job_id from review
              where reviewer_id = any($1) and state = 'requested'
        """,
    },
)  # fmt: skip

JOB_PAGE = replace(
    JOBS,
    others={
        "client": frozenset({"name", "status", "notes"}),
        "service": frozenset({"name"}),
        "workflow": frozenset({"name"}),
        "stage": frozenset({"name", "category", "position", "retired_at"}),
        "member": frozenset({"name", "colour"}),
        "contact": frozenset({"name"}),
    },
    related={
        **JOBS.related,
        "client": "select client_id, id from job where id = $2 and client_id = any($1)",
        "service": "select service_id, id from job where id = $2 and service_id = any($1)",
        "workflow": "select workflow_id, id from job where id = $2 and workflow_id = any($1)",
        "stage": """
            select s.id, j.id from stage s
              join job j on j.firm_id = s.firm_id and j.workflow_id = s.workflow_id
              where s.id = any($1) and j.id = $2
        """,
        # Whoever has done anything about a job is named on its page.
        "member": "select id, $2::uuid from member where id = any($1)",
        "contact": "select id, $2::uuid from contact where id = any($1)",
    },
)
"""The same for one job, of which a page shows everything; it is followed alone."""
