"""Tasks, followed: on a task board, in a job, alone."""

from models.tasks import Task
from subscriptions.touched import LATELY, TO_DO, Concern

_OPEN = f"t.status {TO_DO}"
_DONE = f"t.status = 'done' and {LATELY}"

TASKS = Concern(
    model=Task,
    entities=frozenset({"task", "dependency", "comment", "timer", "time_entry"}),
    others={
        "job": frozenset({"title", "due_date", "service_id"}),
        "client": frozenset({"name"}),
        "member": frozenset({"name", "colour"}),
    },
    names=("task_id", "blocked_id", "blocker_id"),
    related={
        # What waits for a task shows whether it still has to.
        "task": "select blocker_id, blocked_id from dependency where blocker_id = any($1)",
        # Of one that is changed only what is otherwise is told.
        "dependency":
            "select id, unnest(array[blocked_id, blocker_id]) from dependency where id = any($1)",
        "comment": "select id, task_id from comment where id = any($1) and task_id is not null",
        "timer": "select id, task_id from timer where id = any($1) and task_id is not null",
        "time_entry":
            "select id, task_id from time_entry where id = any($1) and task_id is not null",
        "job": f"""
            select t.job_id, t.id from task t where t.job_id = any($1) and ({_OPEN} or {_DONE})
        """,
        "client": f"""
            select t.client_id, t.id from task t
              where t.client_id = any($1) and ({_OPEN} or {_DONE})
        """,
        "member": f"""
            select t.assignee_id, t.id from task t where t.assignee_id = any($1) and {_OPEN}
            union all
            select t.assignee_id, t.id from task t where t.assignee_id = any($1) and {_DONE}
        """,
    },
)  # fmt: skip
